import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createHash } from "../text/crypto.js";

/** Two floors up from `src/rules/`, `dist/rules/` and `dist/cli/` alike. */
export const DEFAULT_FOLDER = new URL("../../rules/", import.meta.url);

/** What a pack was made of: the rule files, and a digest of all that they held. */
export type PackSources = {
  readonly files: readonly (readonly [name: string, bytes: number])[];
  readonly digest: string;
};

type FileNow = { readonly name: string; readonly bytes: number; readonly changed: number };

/** The part of a pack that tells its sources. */
export const SOURCES = "sources";

/** The sources as they are now. */
export function sourcesNow(folder: string = fileURLToPath(DEFAULT_FOLDER)): PackSources {
  const files = filesIn(folder);
  return { files: files.map(({ name, bytes }) => [name, bytes]), digest: digestOf(folder, files) };
}

/** When the last of the rule files was changed, in milliseconds since 1970: the time that a pack made of them bears. */
export function changedLast(folder: string = fileURLToPath(DEFAULT_FOLDER)): number {
  return Math.max(...filesIn(folder).map(({ changed }) => changed));
}

/**
 * Whether the rule files still are what a pack was made of that bears the time `time`: by their sizes, if none was changed
 * since, and else by what they hold. A package that is installed gives one time to all of its files.
 */
export function isFresh(
  made: PackSources,
  time: number,
  folder: string = fileURLToPath(DEFAULT_FOLDER),
): boolean {
  const files = filesIn(folder);
  const isSame =
    files.length === made.files.length &&
    files.every(({ name, bytes, changed }, index) => {
      const [before, size] = made.files[index] ?? [];
      return name === before && bytes === size && changed <= time;
    });
  return isSame || digestOf(folder, files) === made.digest;
}

function filesIn(folder: string): readonly FileNow[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".toml"))
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(folder + name);
      return { name, bytes: size, changed: mtimeMs };
    });
}

function digestOf(folder: string, files: readonly FileNow[]): string {
  const hash = createHash("sha256");
  for (const { name } of files) {
    const bytes = readFileSync(folder + name);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}
