import { isAbsolute, posix, relative, sep } from "node:path";

/** A path that was found fit, in its one spelling, or why it was not. */
export type PathAnswer =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/**
 * The one spelling of a repository-relative path (`./a//b` becomes `a/b`), or why it names no file of the
 * repository. It is about the words only: symlinks are another matter.
 */
export function repositoryPath(text: string): PathAnswer {
  const path = posix.normalize(text);
  // Looked at in both spellings: `./C:/a` names a drive only when its `./` is gone.
  const reason = pathFault(text) ?? nameFault(text) ?? pathFault(path) ?? nameFault(path);
  return reason === null ? { ok: true, path } : { ok: false, reason };
}

/** Why `path` does not stay below the folder it is relative to, on any system, or null where it does. */
export function pathFault(path: string): string | null {
  if (path.startsWith("/") || path.startsWith("\\")) return "leave the first slash out";
  if (/^[A-Za-z]:/.test(path)) return "leave the drive out";
  // Windows drops dots and spaces at the end of a name: `.. ` is `..` there.
  if (path.split(/[\\/]/).some((part) => /^\.[. ]*\.[. ]*$/.test(part)))
    return 'a ".." part leaves the repository';
  return null;
}

function nameFault(path: string): string | null {
  if (path === "") return "the path is empty";
  if (path.includes("\0")) return "the path holds a NUL";
  if (path.includes("\\")) return "use forward slashes";
  if (path.startsWith("~")) return 'a path that begins with "~" may mean a home folder';
  if (path.endsWith("/") || posix.basename(path) === "." || posix.normalize(path) === ".")
    return "the path names a folder, not a file";
  if (path.split("/").some(isGitFolder)) return "git's own folder is not part of what it keeps";
  return null;
}

/** The spellings of `.git` that a file system may take for it: case, NTFS streams and short names, HFS+ ignorables. */
function isGitFolder(part: string): boolean {
  const name = part
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu, "")
    .replace(/:.*$/s, "")
    .replace(/[. ]+$/, "")
    .toLowerCase();
  return name === ".git" || name === "git~1";
}

/** Whether `path` is `folder` or lies below it; both absolute and free of symlinks. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
