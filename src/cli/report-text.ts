import { promises as files } from "node:fs";
import { UsageError } from "./exit.js";

/** A report of a hundred thousand findings has so many bytes; a text of twice as many V8 would not hold. */
const MOST_BYTES = 256 << 20;

/** The text of a report's file; what is no file (a pipe, `/dev/stdin`) is read up to the same bound. Throws `UsageError`. */
export async function textOfReport(file: string, name: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await boundedBytes(file, name);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown fault";
    throw new UsageError(`${name} cannot be read: ${REASONS[code] ?? code}`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is no report of aura-scan: it is not UTF-8`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "a part of its path is a file",
  EISDIR: "it is a folder",
  EACCES: "not permitted",
};

async function boundedBytes(file: string, name: string): Promise<Buffer> {
  const handle = await files.open(file, "r");
  try {
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(1 << 20), 0, 1 << 20, null);
      if (bytesRead === 0) return Buffer.concat(pieces, length);
      pieces.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
      if (length > MOST_BYTES) throw new UsageError(`${name} is larger than ${MOST_BYTES >> 20} MiB`);
    }
  } finally {
    await handle.close();
  }
}
