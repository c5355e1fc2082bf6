import { randomBytes } from "node:crypto";
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** How the name of a file ends that somebody who was killed left half-written. */
export const HALF_WRITTEN = ".aura-scan";

/**
 * Puts `content` in the place of the file `path`, whole or not at all: it is written beside it and renamed, so that
 * whoever is killed half-way leaves the old file. `mode` holds whatever the umask says.
 */
export function replaceFile(path: string, content: Uint8Array, mode: number): void {
  const beside = `${path}.${randomBytes(4).toString("hex")}${HALF_WRITTEN}`;
  try {
    const file = openSync(beside, "wx", 0o600);
    try {
      writeFileSync(file, content);
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission to write it",
  EPERM: "no permission to write it",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a file stands where its folder should be",
  EEXIST: "a file stands where its folder should be",
  EISDIR: "a folder stands in its place",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
};

/** Why the operating system refused, in words; throws any other error on. */
export function refusalReason(error: unknown): string {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) throw error;
  return REASONS[error.code] ?? error.code;
}
