import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { HookName } from "./hook-text.js";

/** This very scanner's program, absolute. */
export const OWN_PROGRAM = fileURLToPath(new URL("../../bin/aura-scan.js", import.meta.url));

/** The folder of the hooks that this package brings. */
export const OWN_HOOKS = fileURLToPath(new URL("../../hooks", import.meta.url));

/** The absolute path of the hook that this package brings. */
export function ownHookPath(name: HookName): string {
  return fileURLToPath(new URL(`../../hooks/${name}`, import.meta.url));
}

/** Its text, one byte a character. */
export function ownHook(name: HookName): string {
  return readFileSync(ownHookPath(name), "latin1");
}

/** The line that runs it from inside any other hook. */
export function shellLine(name: HookName): string {
  const file = ownHookPath(name).replaceAll("\\", "/").replaceAll("'", "'\\''");
  return `sh '${file}' "$@"`;
}
