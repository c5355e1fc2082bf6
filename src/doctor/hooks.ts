import { join, relative, sep } from "node:path";
import { HOOK_NAMES, type HookName } from "../install/hook-text.js";
import { visible } from "../report/visible.js";
import { isInside } from "../sources/repository.js";
import { type Check, fault, good, note, unknown } from "./check.js";
import { type FoundHook, foundHook } from "./found-hook.js";

/** What stands where git looks for hooks, in the working tree at `top`. */
export type HooksThere = { readonly folder: string; readonly hooks: readonly FoundHook[] };

export function hooksThere(folder: string, top: string): HooksThere {
  return { folder, hooks: HOOK_NAMES.map((name) => foundHook(folder, name, top)) };
}

/** A hook that can be tried: ours, or one whose manager is told to run ours. */
export function canBeTried({ words }: FoundHook): boolean {
  return words.is === "ours" || (words.is === "managed" && words.names);
}

/** What is said of one hook before it is tried. */
export function hookCheck(hook: FoundHook, top: string): Check {
  const { name, words } = hook;
  const shown = (file: string) => shownIn(top, file);
  switch (words.is) {
    case "ours": {
      if (words.share === "all") return good(name, `${shown(words.path)} runs aura-scan`);
      if (words.before > 0)
        return note(
          name,
          `${shown(words.path)} runs aura-scan behind other commands: if one of them ends the hook, nothing is looked at. Only aura-scan's part of it is tried here`,
        );
      return good(
        name,
        `${shown(words.path)} runs aura-scan first, and other tools behind it, which are not tried here`,
      );
    }
    case "managed":
      return managedCheck(name, words, shown(hook.path));
    case "missing":
      return fault(
        name,
        `git finds no ${name} hook (${shown(words.path)}), so nothing looks at a ${whatOf(name)}`,
        hook.husky ? "Run npx husky, then aura-scan init." : "Run aura-scan init.",
      );
    case "not-executable":
      return fault(
        name,
        `${shown(words.path)} is not executable, so git does not run it`,
        `Make it executable: chmod +x, then aura-scan init.`,
      );
    case "unreadable":
      return fault(
        name,
        `${shown(words.path)} cannot be read`,
        "Give yourself the right to read and run it.",
      );
    case "mixed":
      return unknown(
        name,
        `${shown(words.path)} calls aura-scan in one line with other commands, which are not run here, so it was not tried`,
        "Give aura-scan a line of its own, or run aura-scan init.",
      );
    case "foreign":
      return fault(
        name,
        `${shown(words.path)} does not run aura-scan, so nothing looks at a ${whatOf(name)}`,
        "Run aura-scan init: it puts its lines in front and keeps the rest.",
      );
  }
}

function managedCheck(
  name: HookName,
  { manager, config, names }: Extract<FoundHook["words"], { readonly is: "managed" }>,
  path: string,
): Check {
  if (names)
    return good(
      name,
      `${path} runs ${manager}, and ${config} names aura-scan; aura-scan is tried here as ${manager} runs it, and ${manager} itself is not`,
    );
  return fault(
    name,
    `${path} runs ${manager}, and ${config} does not name aura-scan, so nothing looks at a ${whatOf(name)}`,
    "Run aura-scan init.",
  );
}

/** Where git looks, and why there. */
export function folderCheck(
  folder: string,
  top: string,
  setting: { readonly value: string; readonly origin: string } | null,
): Check {
  const id = "hooks-path";
  if (setting === null) return good(id, `git looks for hooks in ${shownIn(top, folder)}`);
  const from = `core.hooksPath = ${visible(setting.value)} (${visible(setting.origin)})`;
  if (setting.value === "")
    return fault(
      id,
      `core.hooksPath is empty (${visible(setting.origin)}): git runs no hook`,
      "Unset it: git config --unset core.hooksPath, then aura-scan init.",
    );
  const message = `git looks for hooks in ${shownIn(top, folder)}, by ${from}`;
  return isInside(top, folder) || setting.origin.includes(join(".git", "config"))
    ? good(id, message)
    : note(id, `${message}; other repositories may use the same hooks`);
}

export const whatOf = (name: HookName): string => (name === "pre-commit" ? "commit" : "push");

/** A path as people know it: relative to the working tree where it lies there. */
export function shownIn(top: string, file: string): string {
  return visible(isInside(top, file) ? relative(top, file).replaceAll(sep, "/") || "." : file);
}
