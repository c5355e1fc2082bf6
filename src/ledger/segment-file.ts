import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmSync,
  write,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { codeOf } from "./ledger-error.js";
import { syncFolder } from "./ledger-folder.js";

// Its size goes to disk with it, which is all of what is known of a file that somebody must know to read it.
const putOnDisk = promisify(fdatasync);
const writePart = promisify(write);

/** The file of one segment, which grows at its end and nowhere else. */
export type SegmentFile = {
  /** Bytes that are on disk. */
  readonly size: () => number;
  /** Puts the bytes on disk, whole; where that fails, nothing of them stands in the file unless it is spoiled. */
  readonly append: (bytes: Buffer) => Promise<void>;
  /** What is written behind a fault can no longer be relied on: the file ends here. */
  readonly isSpoiled: () => boolean;
  /** Whether somebody removed the file meanwhile: what is written to it is lost. */
  readonly isGone: () => boolean;
  readonly close: () => void;
};

/** Makes the file, which must not be there yet. */
export function newSegmentFile(path: string): SegmentFile {
  const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL } = constants;
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, 0o600);
  let size = 0;
  let spoiled = false;
  return {
    size: () => size,
    append: async (bytes) => {
      try {
        for (let done = 0; done < bytes.length; ) done += (await writePart(file, bytes, done)).bytesWritten;
      } catch (error) {
        spoiled = !cutBack(file, size);
        throw error;
      }
      try {
        await putOnDisk(file);
        if (size === 0) syncFolder(dirname(path));
      } catch (error) {
        // After this the kernel may take for written what is not.
        spoiled = true;
        cutBack(file, size);
        throw error;
      }
      size += bytes.length;
    },
    isSpoiled: () => spoiled,
    isGone: () => fstatSync(file).nlink === 0,
    close: () => {
      closeSync(file);
      if (size === 0) remove(path);
    },
  };
}

/** Nothing of it counts; where it cannot be removed, it is an empty segment, which is none. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (codeOf(error) === null) throw error;
  }
}

/** Takes back what was written of a line; whether that is on disk. */
function cutBack(file: number, size: number): boolean {
  try {
    ftruncateSync(file, size);
    fsyncSync(file);
    return true;
  } catch {
    return false;
  }
}
