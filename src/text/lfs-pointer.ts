// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
//   version https://git-lfs.github.com/spec/v1
//   oid sha256:<64 hexadecimal digits>
//   size <bytes>
const BEGINNING = Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:");
const POINTER = /^oid sha256:[0-9a-f]{64}\nsize \d{1,18}\n?$/;

/** How a Git LFS pointer is told of. */
export const LFS_POINTER = "Git LFS pointer: the content is not in git";

/** A pointer holds nothing else, so that no text hides behind its first line. */
const LONGEST = 160;

/** Whether these bytes, all of a content, are what git keeps of a file that Git LFS keeps elsewhere. */
export function isLfsPointer(bytes: Buffer): boolean {
  if (bytes.length > LONGEST || !bytes.subarray(0, BEGINNING.length).equals(BEGINNING)) return false;
  return POINTER.test(bytes.toString("latin1", bytes.indexOf(10) + 1));
}
