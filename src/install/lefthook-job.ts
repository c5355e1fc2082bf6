import { HOOK_NAMES, type HookName } from "./hook-text.js";

/** A table of lefthook's settings. */
export type Table = { readonly [key: string]: unknown };

/** The lines to paste into a file that we do not edit. */
export function lefthookLines(hooks: readonly HookName[] = HOOK_NAMES): string {
  return hooks.flatMap((hook) => [`${hook}:`, ...asJobs(hook).map((line) => `  ${line}`)]).join("\n");
}

/**
 * A file that is always there: lefthook's own settings, under any of their names. lefthook skips a job of pre-commit whose
 * list of files is empty, and leaves links, deletions and changes of type out of the list of what is staged.
 */
const NEVER_EMPTY = "ls lefthook.* .lefthook.* .config/lefthook.* 2>/dev/null || true";

/**
 * What runs our hook under lefthook: the one that the repository brings, else the one that init noted. It looks at what is
 * staged whatever is named; with lefthook's --all-files, at all that is named too.
 */
export function jobOf(hook: HookName): Table {
  const find = `d=node_modules/aura-scan/hooks; [ -f "$d/${hook}" ] || d=$(git config aura-scan.hooks)`;
  const words = hook === "pre-push" ? "'{1}'" : "{files}";
  const run = `${find}; sh "\${d:?run aura-scan init}/${hook}" ${words}`;
  return hook === "pre-push" ? { run, use_stdin: true } : { run, files: NEVER_EMPTY };
}

const linesOf = (table: Table): readonly string[] =>
  Object.entries(table).map(([key, value]) => `${key}: ${value}`);
export const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

export const NAME = "aura-scan";
export const asItem = (hook: HookName) => [`- name: ${NAME}`, ...indented(linesOf(jobOf(hook)))];
export const asJobs = (hook: HookName) => ["jobs:", ...indented(asItem(hook))];
// A command with a priority runs before those without.
export const commandOf = (hook: HookName): Table => ({ priority: 1, ...jobOf(hook) });
export const asCommand = (hook: HookName) => [`${NAME}:`, ...indented(linesOf(commandOf(hook)))];
