import { join, relative, sep } from "node:path";
import { isUnderFile } from "../install/hook-folders.js";
import { HOOK_NAMES, type HookName } from "../install/hook-text.js";
import { lefthookLines } from "../install/lefthook-job.js";
import { shellLine } from "../install/own-files.js";
import { visible } from "../report/visible.js";
import { isInside } from "../sources/repository.js";
import { type Check, fault, good, note, unknown } from "./check.js";
import { type FoundHook, foundHook } from "./found-hook.js";

/** What stands where git looks for hooks, in the working tree at `top`. */
export type HooksThere = { readonly folder: string; readonly hooks: readonly FoundHook[] };

export async function hooksThere(folder: string, top: string): Promise<HooksThere> {
  return { folder, hooks: await Promise.all(HOOK_NAMES.map((name) => foundHook(folder, name, top))) };
}

/** A hook that can be tried: ours, with nothing before it that could end the hook, or one whose manager is told to run ours. */
export function canBeTried({ words }: FoundHook): boolean {
  if (words.is === "ours") return words.share === "all" || words.before === 0;
  return words.is === "lefthook" && words.gate.is === "run";
}

const IN_FRONT = "Run aura-scan init: it puts its lines in front and keeps the rest.";

/** What is said of one hook before it is tried. `owned`: whether it is the repository's own, so that init may edit it. */
export function hookCheck(hook: FoundHook, top: string, owned: boolean): Check {
  const { name, words } = hook;
  const shown = (file: string) => shownIn(top, file);
  const inFront = owned ? IN_FRONT : byHand(name);
  switch (words.is) {
    case "ours": {
      if (words.share === "all") return good(name, `${shown(words.path)} runs aura-scan`);
      if (words.before > 0)
        return unknown(
          name,
          `${shown(words.path)} runs aura-scan behind other commands, which are not run here: if one of them ends the hook, nothing is looked at`,
          inFront,
        );
      return good(
        name,
        `${shown(words.path)} runs aura-scan first, and other tools behind it, which are not tried here`,
      );
    }
    case "lefthook":
      return lefthookCheck(name, words, shown(hook.path));
    case "pre-commit":
      return preCommitCheck(name, words, shown(hook.path));
    case "missing":
      return fault(
        name,
        `git finds no ${name} hook (${shown(words.path)}), so nothing looks at a ${whatOf(name)}`,
        missingFix(hook, owned),
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
        owned ? "Give aura-scan a line of its own, or run aura-scan init." : byHand(name),
      );
    case "unheard":
      return unknown(
        name,
        `${shown(words.path)} calls aura-scan and goes on with other commands, whatever aura-scan found: what they end with may be what counts`,
        owned ? `Put || exit $? behind that line, or run aura-scan init.` : byHand(name),
      );
    case "foreign":
      return fault(
        name,
        `${shown(words.path)} does not run aura-scan, so nothing looks at a ${whatOf(name)}`,
        inFront,
      );
    case "language":
      return languageCheck(name, words, shown(words.path));
  }
}

/** Where init edits nothing. */
function byHand(name: HookName): string {
  return `Make this its first line (aura-scan init does not edit what other repositories may use):\n  ${visible(shellLine(name))} || exit $?`;
}

function missingFix(hook: FoundHook, owned: boolean): string {
  if (hook.husky) return "Run npx husky, then aura-scan init.";
  if (owned) return "Run aura-scan init.";
  return `Write it there, executable, with these lines (aura-scan init writes nothing outside of the repository):\n  #!/bin/sh\n  ${visible(shellLine(hook.name))} || exit $?`;
}

function languageCheck(
  name: HookName,
  { language, calls }: Extract<FoundHook["words"], { readonly is: "language" }>,
  path: string,
): Check {
  const written = `${path} is written in ${visible(language)}`;
  if (calls)
    return unknown(
      name,
      `${written} and calls aura-scan. What else it does nobody knows, so it was not run here`,
      `See for yourself that a ${whatOf(name)} with a made-up secret is refused.`,
    );
  return fault(
    name,
    `${written} and does not run aura-scan, so nothing looks at a ${whatOf(name)}`,
    `Let it run this line first, and end with its exit code unless that is 0:\n  ${visible(shellLine(name))}`,
  );
}

function lefthookCheck(
  name: HookName,
  { config, gate }: Extract<FoundHook["words"], { readonly is: "lefthook" }>,
  path: string,
): Check {
  const runs = `${path} runs lefthook, and`;
  switch (gate.is) {
    case "run":
      return good(
        name,
        `${runs} ${config} names aura-scan; aura-scan is tried here as lefthook runs it, and lefthook itself is not`,
      );
    case "skipped":
      return fault(
        name,
        `${runs} lefthook skips aura-scan, always or at times: ${visible(gate.why)}`,
        gate.ours ? "Run aura-scan init, which brings the job up to date." : "Take that out.",
      );
    case "unread":
      return unknown(
        name,
        `${runs} its settings do not tell whether aura-scan is heard: ${visible(gate.why)}`,
        "Mend that, or take that job out and run aura-scan init.",
      );
    case "absent":
      break;
  }
  const fix = /\.ya?ml$/.test(config)
    ? "Run aura-scan init."
    : `Say this in ${config}, in its own way of writing:\n${lefthookLines([name]).replace(/^/gm, "  ")}`;
  return gate.elsewhere
    ? unknown(
        name,
        `${runs} ${config} does not name aura-scan; what it takes in from elsewhere is not read here`,
        fix,
      )
    : fault(
        name,
        `${runs} ${config} does not name aura-scan for it, so nothing looks at a ${whatOf(name)}`,
        fix,
      );
}

function preCommitCheck(
  name: HookName,
  { config, names }: Extract<FoundHook["words"], { readonly is: "pre-commit" }>,
  path: string,
): Check {
  const runs = `${path} runs pre-commit, and ${config}`;
  if (!names)
    return fault(
      name,
      `${runs} does not name aura-scan, so nothing looks at a ${whatOf(name)}`,
      "Run aura-scan init.",
    );
  const refs = name === "pre-push" ? ", and tells it of the first ref of a push alone" : "";
  return unknown(
    name,
    `${runs} names aura-scan. pre-commit runs that in an environment of its own, which is not tried here${refs}`,
    `Run aura-scan init: its lines then run before pre-commit's and are tried${name === "pre-push" ? ", and look at every ref that is pushed" : ""}.`,
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
  if (isUnderFile(folder))
    return fault(
      id,
      `${from} leads to no folder: git runs no hook`,
      "Unset it: git config --unset core.hooksPath (with --global where it stands there), then aura-scan init.",
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
