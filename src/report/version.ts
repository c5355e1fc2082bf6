import { readFileSync } from "node:fs";

/** The package's version, read from its own package.json: `src/report/`, `dist/report/` and `dist/cli/` all stand two folders below it. */
export const VERSION = versionIn(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

function versionIn(packageJson: string): string {
  return String((JSON.parse(packageJson) as { version: unknown }).version);
}
