import { closeSync, lstatSync, openSync, readSync, realpathSync } from "node:fs";
import { lineIndex, positionAt } from "../text/lines.js";
import { ConfigError } from "../toml/config-error.js";

/** What people write by hand is small: more than this is something else. In bytes. */
const MOST_BYTES = 1024 * 1024;

/** The text of the file at `path`, called `name` in messages. Throws `ConfigError` where it cannot be read, or is no text. */
export function textOfFile(path: string, name: string): string {
  return decoded(
    told(name, () => readBounded(realpathSync.native(path), name)),
    name,
  );
}

/** Hands on what a step gave, its failure told as a fault of the file. */
export function told<T>(name: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw unusable(name, `cannot be read (${codeOf(error) ?? String(error)})`);
  }
}

/** The fault of a file as a whole. */
export function unusable(file: string, message: string): ConfigError {
  return new ConfigError([{ file, line: 1, column: 1, message }]);
}

/** The operating system's word for why it refused. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

function readBounded(path: string, name: string): Buffer {
  // Looked at before it is opened: to open a named pipe would wait for a writer.
  const stats = lstatSync(path);
  if (stats.isDirectory()) throw unusable(name, "this is a folder, not a file");
  if (!stats.isFile()) throw unusable(name, "this is not a regular file");
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(file, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) return buffer.subarray(0, length);
      length += bytesRead;
    }
    throw unusable(name, `the file is larger than ${MOST_BYTES} bytes`);
  } finally {
    closeSync(file);
  }
}

function decoded(bytes: Buffer, file: string): string {
  // `ignoreBOM` keeps a byte order mark, so that the comparison below is exact.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const again = Buffer.from(text);
  if (again.equals(bytes)) return text;
  const wrong = again.findIndex((byte, at) => byte !== bytes[at]);
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, Math.max(0, wrong)));
  const { line, column } = positionAt(lineIndex(before), before.length);
  throw new ConfigError([{ file, line, column, message: "not UTF-8: save the file in this encoding" }]);
}
