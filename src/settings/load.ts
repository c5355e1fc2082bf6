import { closeSync, lstatSync, openSync, readSync, realpathSync, type Stats } from "node:fs";
import { join } from "node:path";
import { isInside } from "../pattern/repository-path.js";
import { lineIndex, positionAt } from "../text/lines.js";
import { ConfigError } from "../toml/config-error.js";
import { DEFAULTS } from "./defaults.js";
import { parseSettings } from "./parse.js";
import type { Settings } from "./settings.js";

/** Where the settings stand, relative to the repository's root. */
export const SETTINGS_FILE = ".aura/live.toml";

/** Settings are written by hand: more than this is not settings. In bytes. */
const MOST_BYTES = 1024 * 1024;

/**
 * The settings of the repository at `root`: those of `.aura/live.toml`, or the defaults where there is no such file.
 * Throws `ConfigError` where there is one that cannot be used, whatever the cause: it never falls back to defaults.
 */
export async function loadSettings(root: string): Promise<Settings> {
  const bytes = settingsBytes(root);
  return bytes === null ? DEFAULTS : parseSettings(decoded(bytes), SETTINGS_FILE);
}

/** The file's bytes, or null where there is none. Without promises, which Node is slow to load for a file this small. */
function settingsBytes(root: string): Buffer | null {
  const home = told(() => realpathSync.native(root));
  for (const path of [join(root, ".aura"), join(root, SETTINGS_FILE)]) {
    // Asked of the link itself: a link to nothing is a fault, and not the same as no file.
    if (told(() => statsIfThere(path)) === null) return null;
    if (
      !isInside(
        home,
        told(() => realpathSync.native(path)),
      )
    )
      throw unusable("a symlink leads out of the repository");
  }
  return told(() => readBounded(realpathSync.native(join(root, SETTINGS_FILE))));
}

function statsIfThere(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function readBounded(path: string): Buffer {
  // Looked at before it is opened: to open a named pipe would wait for a writer.
  const stats = lstatSync(path);
  if (stats.isDirectory()) throw unusable("this is a folder, not a file");
  if (!stats.isFile()) throw unusable("this is not a regular file");
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(file, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) return buffer.subarray(0, length);
      length += bytesRead;
    }
    throw unusable(`the file is larger than ${MOST_BYTES} bytes`);
  } finally {
    closeSync(file);
  }
}

function decoded(bytes: Buffer): string {
  // `ignoreBOM` keeps a byte order mark, so that the comparison below is exact.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const again = Buffer.from(text);
  if (again.equals(bytes)) return text;
  const wrong = again.findIndex((byte, at) => byte !== bytes[at]);
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, Math.max(0, wrong)));
  const { line, column } = positionAt(lineIndex(before), before.length);
  throw new ConfigError([
    { file: SETTINGS_FILE, line, column, message: "not UTF-8: save the file in this encoding" },
  ]);
}

/** Hands on what a step gave, its failure told as a fault of the file. */
function told<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw unusable(`cannot be read (${codeOf(error) ?? String(error)})`);
  }
}

function unusable(message: string): ConfigError {
  return new ConfigError([{ file: SETTINGS_FILE, line: 1, column: 1, message }]);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
