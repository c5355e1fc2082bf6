import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An open file that has no name any more, so that nobody else opens it and nothing of it stays; null where there is none. */
export function namelessFile(): number | null {
  // There an open file keeps its name.
  if (process.platform === "win32") return null;
  const place = join(tmpdir(), `aura-scan-${process.pid}-${process.hrtime.bigint()}`);
  try {
    const file = openSync(place, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      unlinkSync(place);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    return file;
  } catch {
    return null;
  }
}

/** All that an open file holds. Throws the file system's error. */
export function allIn(file: number): Buffer {
  const bytes = Buffer.allocUnsafe(fstatSync(file).size);
  let filled = 0;
  for (let read = -1; read !== 0 && filled < bytes.length; filled += read)
    read = readSync(file, bytes, filled, bytes.length - filled, filled);
  return bytes.subarray(0, filled);
}
