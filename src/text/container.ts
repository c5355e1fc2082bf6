import { isCleanText } from "./clean.js";

/** A format's mark: its bytes at an offset, `null` for any byte, and what else must hold. */
type Mark = {
  readonly what: string;
  readonly at?: number;
  readonly bytes: readonly (number | null)[];
  readonly also?: (head: Buffer) => boolean;
};

const ascii = (text: string): readonly number[] => [...Buffer.from(text, "latin1")];

/** The four letters in the middle of a RIFF or AIFF file's first twelve bytes. */
const riff = (form: string) => [...ascii("RIFF"), null, null, null, null, ...ascii(form)];

/** The DIB header sizes that exist, after a file size and two empty words. */
function isBitmap(head: Buffer): boolean {
  if (head.length < 26 || head.readUInt32LE(6) !== 0) return false;
  return [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14));
}

/** The first of `count` entries of 16 bytes says where its picture begins: behind the entries. */
function isIcon(head: Buffer): boolean {
  if (head.length < 22) return false;
  const entriesEnd = 6 + 16 * head.readUInt16LE(4);
  const begins = head.readUInt32LE(18);
  return entriesEnd > 6 && begins >= entriesEnd && begins < 1 << 20;
}

// Formats whose bytes are packed. Programs, databases and tar are not among them: their strings can be read as they
// lie. Source of the marks: each format's own specification, and https://en.wikipedia.org/wiki/List_of_file_signatures
const MARKS: readonly Mark[] = [
  { what: "zip archive", bytes: [0x50, 0x4b, 3, 4] },
  { what: "empty zip archive", bytes: [0x50, 0x4b, 5, 6] },
  { what: "split zip archive", bytes: [0x50, 0x4b, 7, 8] },
  { what: "gzip file", bytes: [0x1f, 0x8b, 8] },
  { what: "bzip2 file", bytes: [...ascii("BZh"), null, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59] },
  { what: "empty bzip2 file", bytes: [...ascii("BZh"), null, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90] },
  { what: "xz file", bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0] },
  { what: "zstd file", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: "lz4 file", bytes: [0x04, 0x22, 0x4d, 0x18] },
  { what: "lzip file", bytes: [...ascii("LZIP"), 1] },
  { what: "compress file", bytes: [0x1f, 0x9d] },
  { what: "7z archive", bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { what: "rar archive", bytes: [...ascii("Rar!"), 0x1a, 7] },
  { what: "cabinet archive", bytes: [...ascii("MSCF"), 0, 0, 0, 0] },
  { what: "rpm package", bytes: [0xed, 0xab, 0xee, 0xdb] },
  { what: "git-crypt file", bytes: [0, ...ascii("GITCRYPT"), 0] },
  { what: "PDF document", bytes: ascii("%PDF-1.") },
  { what: "PDF document", bytes: ascii("%PDF-2.") },
  { what: "png image", bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { what: "jpeg image", bytes: [0xff, 0xd8, 0xff] },
  { what: "gif image", bytes: ascii("GIF87a") },
  { what: "gif image", bytes: ascii("GIF89a") },
  { what: "bmp image", bytes: ascii("BM"), also: isBitmap },
  { what: "tiff image", bytes: [0x49, 0x49, 0x2a, 0] },
  { what: "tiff image", bytes: [0x4d, 0x4d, 0, 0x2a] },
  { what: "webp image", bytes: riff("WEBP") },
  { what: "icon", bytes: [0, 0, 1, 0, null, 0, null, null, null, 0], also: isIcon },
  { what: "cursor", bytes: [0, 0, 2, 0, null, 0, null, null, null, 0], also: isIcon },
  { what: "icon", bytes: ascii("icns") },
  { what: "photoshop image", bytes: [...ascii("8BPS"), 0, 1] },
  { what: "jpeg 2000 image", bytes: [0, 0, 0, 0x0c, ...ascii("jP  "), 0x0d, 0x0a, 0x87, 0x0a] },
  { what: "jpeg xl image", bytes: [0, 0, 0, 0x0c, ...ascii("JXL "), 0x0d, 0x0a, 0x87, 0x0a] },
  { what: "mp4 or heif media", at: 4, bytes: ascii("ftyp"), also: (head) => head[0] === 0 && head[1] === 0 },
  { what: "truetype font", bytes: [0, 1, 0, 0, 0, null, null, null, 0] },
  { what: "opentype font", bytes: [...ascii("OTTO"), 0] },
  { what: "font collection", bytes: [...ascii("ttcf"), 0] },
  { what: "woff font", bytes: ascii("wOFF") },
  { what: "woff2 font", bytes: ascii("wOF2") },
  { what: "wav audio", bytes: riff("WAVE") },
  { what: "avi video", bytes: riff("AVI ") },
  { what: "mp3 audio", bytes: ascii("ID3"), also: (head) => (head[3] ?? 0) >= 2 && (head[3] ?? 0) <= 4 },
  ...[0xfb, 0xfa, 0xf3, 0xf2].map((second) => ({ what: "mp3 audio", bytes: [0xff, second] })),
  { what: "flac audio", bytes: [...ascii("fLaC"), 0] },
  { what: "ogg media", bytes: [...ascii("OggS"), 0] },
  { what: "midi music", bytes: [...ascii("MThd"), 0, 0, 0, 6] },
  { what: "aiff audio", bytes: [...ascii("FORM"), null, null, null, null, ...ascii("AIF")] },
  { what: "matroska or webm video", bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { what: "flash video", bytes: [...ascii("FLV"), 1] },
  { what: "windows media", bytes: [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11] },
];

/** Where a format's mark is followed by text alone, somebody wrote the mark in front of a text. */
const LONGEST_MARK = 12;

/**
 * The name of the packed format that begins with `head`, or null. A text that begins with a format's letters is none:
 * what follows the mark must not be clean text.
 */
export function containerName(head: Buffer): string | null {
  const mark = MARKS.find(({ at = 0, bytes, also }) => {
    return bytes.every((byte, index) => byte === null || head[at + index] === byte) && (also?.(head) ?? true);
  });
  if (mark === undefined) return null;
  const afterMark = (mark.at ?? 0) + mark.bytes.length;
  const rest = head.subarray(head.length > 4 * LONGEST_MARK ? Math.max(afterMark, LONGEST_MARK) : afterMark);
  return isCleanText(rest) ? null : mark.what;
}
