import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { inflatedWhole } from "../text/zlib.js";
import type { Repository } from "./repository.js";

/** In a file of its own, at most so many bytes are read, and at most so many come out: more is for a stream. */
const MOST_STORED = 1 << 20;
const MOST_BYTES = 1 << 20;

/** What names other stores of objects than the repository's own. */
const OTHER_STORES = ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH"];

/** The folder in which a repository keeps objects that were added lately, each in a file; null where git has to say. */
export function looseFolder({
  gitDir,
  environment,
}: Pick<Repository, "gitDir" | "environment">): string | null {
  if (OTHER_STORES.some((name) => environment[name] !== undefined)) return null;
  const folder = join(gitDir, "objects");
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : null;
}

// https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage, compressed as a whole:
//   blob SP <bytes> NUL <content>
/**
 * The content of the blob that `folder` keeps in a file of its own; null for whatever else there is or is wrong, which git
 * knows to read or to tell of. Like git it trusts the name, and the checksum of what was compressed.
 */
export function looseBlob(folder: string, id: string): Buffer | null {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return null;
  const stored = bytesIn(join(folder, id.slice(0, 2), id.slice(2)));
  const object = stored === null ? null : inflatedWhole(stored, MOST_BYTES);
  const headEnd = object?.indexOf(0) ?? -1;
  if (object === null || headEnd < 0) return null;
  const [, size] = /^blob (0|[1-9][0-9]*)$/.exec(object.toString("latin1", 0, headEnd)) ?? [];
  const content = object.subarray(headEnd + 1);
  return size !== undefined && Number(size) === content.length ? content : null;
}

function bytesIn(file: string): Buffer | null {
  let opened: number;
  try {
    opened = openSync(file, "r");
  } catch {
    return null;
  }
  try {
    const stats = fstatSync(opened);
    if (!stats.isFile() || stats.size > MOST_STORED) return null;
    const bytes = Buffer.allocUnsafe(stats.size);
    return readSync(opened, bytes, 0, bytes.length, 0) === bytes.length ? bytes : null;
  } catch {
    return null;
  } finally {
    closeSync(opened);
  }
}
