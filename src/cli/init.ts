import path from "node:path";
import type { Refusal } from "../install/hook-file.js";
import type { HookName } from "../install/hook-text.js";
import { type Installation, type InstalledHook, installHooks } from "../install/install-hooks.js";
import { lefthookLines } from "../install/lefthook-job.js";
import { shellLine } from "../install/own-files.js";
import { visible, visibleLines } from "../report/visible.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { isInside, type Repository, repositoryOf } from "../sources/repository.js";
import type { Command } from "./command.js";
import { EXIT, UsageError } from "./exit.js";
import { uninstall } from "./init-uninstall.js";
import { writeSettingsTemplate } from "./settings-file.js";

/** `aura-scan init`: asks nothing, says what it did. */
export const initCommand: Command<{ readonly uninstall: boolean }> = {
  usage: "init",
  about: "Put aura-scan in front of every commit and push of this repository",
  options: (argv) =>
    argv.option("uninstall", {
      type: "boolean",
      default: false,
      describe: "Take out exactly what init put in, and say what is left",
    }),
  async run(options, terminal) {
    const repository = await repositoryWithTree(terminal.cwd);
    const told = (file: string) => shown(file, repository);
    if (options.uninstall) return uninstall(repository, told, terminal);
    const installation = await installHooks(repository);
    const done = doneLines(installation, told);
    const left = leftLines(installation, told);
    if (writeSettingsTemplate(repository.root))
      terminal.out(`${SETTINGS_FILE}: written, with every key explained and none changed\n`);
    terminal.out(done.map((line) => `${line}\n`).join(""));
    terminal.err(left.map((line) => `${line}\n`).join(""));
    return left.length === 0 ? EXIT.allow : EXIT.incomplete;
  },
};

async function repositoryWithTree(folder: string): Promise<Repository> {
  const repository = await repositoryOf(folder);
  if (repository === null)
    throw new UsageError("init needs a git repository, and this folder is in none: run git init first");
  if (repository.isBare)
    throw new UsageError(
      "init needs a working tree, and this repository is bare: run it where people commit, in a clone",
    );
  return repository;
}

const DONE = {
  created: "written",
  added: "aura-scan's block added in front, everything else kept",
  updated: "aura-scan's block brought up to date, everything else kept",
  present: "already in place",
} as const;

/** What is in place now, a line a file, and what to do next. */
function doneLines(installation: Installation, told: (file: string) => string): readonly string[] {
  const { hooks, lefthook, note, lacksScanner } = installation;
  const lines = hooks.flatMap((hook) =>
    hook.result === "refused" ? [] : [`${told(hook.path)}: ${DONE[hook.result]}`],
  );
  if (lefthook !== null && lefthook.result in DONE)
    lines.push(`${told(lefthook.path)}: ${DONE[lefthook.result as keyof typeof DONE]}`);
  if (note.result === "written")
    lines.push(
      `${told(note.path)}: notes where this scanner and its node stand, for hooks that find no other`,
    );
  if (problems(installation) > 0) return lines;
  const nothingNew =
    [...hooks, ...(lefthook === null ? [] : [lefthook])].every(({ result }) => result === "present") &&
    note.result === "present";
  if (nothingNew) lines.push("Everything was in place already, so nothing was changed.");
  if (lacksScanner)
    lines.push(
      "Whoever shares these hooks needs the scanner too: add aura-scan to the devDependencies of package.json.",
    );
  return [
    ...lines,
    "From now on every git commit and git push here is looked at. What git commits without asking a hook\n(cherry-pick, am, merge, an amended message) is looked at when it is pushed.",
    "Next: git commit as ever, or aura-scan --staged to look at what is staged now.",
  ];
}

/** What stands in the way and what to do about it; nothing where all is done. */
function leftLines(installation: Installation, told: (file: string) => string): readonly string[] {
  const { hooks, lefthook, note, huskyMissing, nowhere } = installation;
  const lines = hooks.flatMap((hook) => refusalLines(hook, told));
  if (lefthook?.result === "unread")
    lines.push(
      `${told(lefthook.path)}: left alone, for it is not plain YAML that lines can be put into. Say this in it, before your own jobs:\n${indented(lefthookLines())}`,
    );
  if (lefthook?.result === "refused")
    lines.push(
      `${told(lefthook.path)}: left alone, for ${lefthook.reason}. Mend that, then run aura-scan init again`,
    );
  if (note.result === "refused") lines.push(`${told(note.path)}: not written. ${inOneLine(note.reason)}`);
  if (huskyMissing !== null)
    lines.push(
      `${told(huskyMissing)}: git looks for hooks here, but husky has not put them: run npx husky, then aura-scan init again`,
    );
  if (nowhere !== null) lines.push(nowhereLine(told(nowhere)));
  return lines.length === 0 ? [] : [...lines, "Not everything in this repository is guarded yet."];
}

/** git then runs no hook and says nothing. */
function nowhereLine(path: string): string {
  return `core.hooksPath leads to ${path}, where no hook can be, so git runs no hook: git config --unset core.hooksPath (with --global where it stands there), then run aura-scan init again`;
}

function problems({ hooks, lefthook, note, huskyMissing, nowhere }: Installation): number {
  const left = hooks.filter((hook) => hook.result === "refused").length;
  const isLeft = lefthook?.result === "unread" || lefthook?.result === "refused";
  const stops = [isLeft, note.result === "refused", huskyMissing !== null, nowhere !== null];
  return left + stops.filter(Boolean).length;
}

function refusalLines(hook: InstalledHook, told: (file: string) => string): readonly string[] {
  if (hook.result !== "refused") return [];
  return [`${told(hook.path)}: left alone, ${whyAndWhat(hook.refusal, hook.name, told)}`];
}

function whyAndWhat(refusal: Refusal, name: HookName, told: (file: string) => string): string {
  const line = `  ${visible(shellLine(name))}`;
  switch (refusal.kind) {
    case "outside":
      return `for core.hooksPath leads out of this repository, where others may use it too. Make this its first line:\n${line} || exit $?`;
    case "link-outside":
      return `for it is a link to ${told(refusal.target)}, outside this repository. Make this the first line there:\n${line} || exit $?`;
    case "link-shared":
      return `for it is a link to ${told(refusal.target)}, which serves other hooks too. Where that runs as ${name}, let it run this first:\n${line} || exit $?`;
    case "foreign":
      return `for it is written in ${visible(refusal.language)}. Let it run this line first, and end with its exit code unless that is 0:\n${line}`;
    case "damaged":
      return "for its aura-scan block is broken. Delete what is left from # >>> aura-scan >>> to # <<< aura-scan <<<, then run aura-scan init again";
    case "switched-off":
      return "for it is not executable and so git does not run it. Make it executable (chmod +x) or delete it, then run aura-scan init again";
    case "carriage-return":
      return "for its first line ends in a carriage return (CRLF), so git cannot run it. Save it with line breaks of Unix (LF), then run aura-scan init again";
    case "fault":
      return `for ${refusal.reason}. Mend that, then run aura-scan init again`;
  }
}

/** What git said, be it in several lines. */
function inOneLine(reason: string): string {
  return visibleLines(reason.trim()).join(" / ");
}

function indented(lines: string): string {
  return lines.replace(/^/gm, "  ");
}

/** A path as people know it: relative to the repository where it lies there. */
function shown(file: string, { root }: Repository): string {
  if (!isInside(root, file)) return visible(file);
  return visible(path.relative(root, file).replaceAll(path.sep, "/"));
}
