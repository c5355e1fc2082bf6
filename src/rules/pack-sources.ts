import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createHash } from "../text/crypto.js";

/** Two floors up from `src/rules/`, `dist/rules/` and `dist/cli/` alike. */
export const DEFAULT_FOLDER = new URL("../../rules/", import.meta.url);

/** What a pack was made of: the rule files as they lay on the disk then, and a digest of all that they held. */
export type PackSources = {
  readonly files: readonly (readonly [name: string, bytes: number, changed: number])[];
  readonly digest: string;
};

/** The part of a pack that tells its sources. */
export const SOURCES = "sources";

/** The sources as they are now. */
export function sourcesNow(folder: string = fileURLToPath(DEFAULT_FOLDER)): PackSources {
  const files = filesIn(folder);
  return { files, digest: digestOf(folder, files) };
}

/**
 * Whether the rule files still are what the pack was made of: by their sizes and times, and where these differ, as after
 * a checkout or an installation, by what they hold.
 */
export function isFresh(made: PackSources, folder: string = fileURLToPath(DEFAULT_FOLDER)): boolean {
  const files = filesIn(folder);
  if (JSON.stringify(files) === JSON.stringify(made.files)) return true;
  return digestOf(folder, files) === made.digest;
}

function filesIn(folder: string): PackSources["files"] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".toml"))
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(folder + name);
      return [name, size, mtimeMs] as const;
    });
}

function digestOf(folder: string, files: PackSources["files"]): string {
  const hash = createHash("sha256");
  for (const [name] of files) {
    const bytes = readFileSync(folder + name);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}
