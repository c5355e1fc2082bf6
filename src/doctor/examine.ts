import { posix } from "node:path";
import { openEngine } from "../gate/open-engine.js";
import { isUnderFile } from "../install/hook-folders.js";
import { visible } from "../report/visible.js";
import { counted } from "../report/words.js";
import { type Engine, NoRulesError } from "../scan/engine.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { gitOutput } from "../sources/git.js";
import type { Repository } from "../sources/repository.js";
import { SourceError } from "../sources/source.js";
import { ConfigError } from "../toml/config-error.js";
import { type Bench, openBench } from "./bench.js";
import { type Canary, canaryFor } from "./canary.js";
import { type Check, fault, good, unknown } from "./check.js";
import { type FoundHook, hooksFolder, ownedBy } from "./found-hook.js";
import { hookEnvironment, STARTERS } from "./hook-environment.js";
import { canBeTried, folderCheck, hookCheck, hooksThere } from "./hooks.js";
import { type PlainGit, plainGit } from "./plain-git.js";
import { environmentChecks, nodeChecks, scannerChecks } from "./program.js";
import { proofs } from "./proof.js";
import { openScratch } from "./scratch.js";
import { cacheCheck, diskChecks, ledgerCheck, permissionChecks, trackedCheck } from "./stores.js";
import { worktreeChecks } from "./worktrees.js";

/** All that was looked at, in the order in which it is told. */
export type Examination = { readonly root: string; readonly checks: readonly Check[] };

/**
 * Does the gate work in this repository, for commits and pushes, in this shell and in a client without one? Nothing in the
 * repository is changed. Throws `SourceError` if git cannot be asked at all. When `asked` to end, its temporary files go at once.
 */
export async function examine(
  repository: Repository,
  outside: NodeJS.ProcessEnv = process.env,
  asked?: AbortSignal,
): Promise<Examination> {
  const { root } = repository;
  const environment = hookEnvironment("shell", repository, outside);
  const git = plainGit(root, environment);
  const { engine, check: settings } = await settingsCheck(root);
  const folder = await hooksFolder(git, root);
  const setting = await hooksSetting(git);
  // Where no folder can be, there is no hook to tell of.
  const { hooks } =
    setting !== null && (setting.value === "" || isUnderFile(folder))
      ? { hooks: [] }
      : await hooksThere(folder, root);
  const owns = await ownedBy(git, root);
  const files = hooks.flatMap(({ path, words }) => ("path" in words ? [path, words.path] : [path]));
  return {
    root,
    checks: [
      settings,
      folderCheck(folder, root, setting),
      ...hooks.map((hook) => hookCheck(hook, root, owns(hook))),
      ...(await triedChecks(repository, engine, hooks.filter(canBeTried), outside, asked)),
      ...(await scannerChecks(git, root)),
      ...environmentChecks(outside),
      ...(await worktreeChecks(repository, git, environment)),
      ledgerCheck(repository),
      cacheCheck(repository),
      ...(await trackedCheck(git)),
      ...diskChecks(repository),
      ...permissionChecks(repository, [...new Set(files)]),
    ],
  };
}

/** The settings, rules and baseline as every run reads them. */
async function settingsCheck(root: string): Promise<{ engine: Engine | null; check: Check }> {
  const id = "settings";
  try {
    const engine = await openEngine(root);
    const { settings, ruleSet } = engine;
    const from = settings.file === null ? `the defaults, for there is no ${SETTINGS_FILE}` : settings.file;
    const rules = counted(ruleSet.rules.length, "active rule");
    const blocks = `${settings.gitBlocksOn} of severity ${settings.failOn} and above block`;
    return { engine, check: good(id, `${from}; ${rules}; ${blocks}`) };
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof NoRulesError)) throw error;
    const message = `the settings cannot be used, so nothing passes: ${error.message.split("\n").map(visible).join("\n")}`;
    return { engine: null, check: fault(id, message, "Mend that place; aura-scan says the same.") };
  }
}

/** `core.hooksPath` as it counts, and where it stands. The raw bytes: `file:.git/config\0.husky/_\0`. */
async function hooksSetting(git: PlainGit): Promise<{ value: string; origin: string } | null> {
  const answer = await git(["config", "-z", "--show-origin", "--get", "core.hooksPath"]);
  if (answer.code !== 0) return null;
  const [origin = "", value = ""] = answer.out.split("\0");
  return { origin, value };
}

/** The installed hooks at work, with a canary. */
async function triedChecks(
  repository: Repository,
  engine: Engine | null,
  hooks: readonly FoundHook[],
  outside: NodeJS.ProcessEnv,
  asked: AbortSignal | undefined,
): Promise<readonly Check[]> {
  const [first] = hooks;
  if (first === undefined) return [];
  const id = "canary";
  if (engine === null)
    return [
      unknown(
        id,
        "the hooks were not tried: with these settings they stop at once",
        "Mend the settings first.",
      ),
    ];
  const canary = await canaryFor(engine, await foldersOf(repository));
  if (canary === null)
    return [
      fault(
        id,
        "no made-up secret would be refused with these settings",
        `Look at scan.fail_on, scan.git_blocks_on, [[scan.allow]] and the rules that are switched off in ${SETTINGS_FILE}.`,
      ),
    ];
  return withBench(repository, outside, asked, (bench) => tried(bench, hooks, first, canary));
}

async function tried(
  bench: Bench,
  hooks: readonly FoundHook[],
  first: FoundHook,
  canary: Canary,
): Promise<readonly Check[]> {
  const attempts = hooks.flatMap((hook) => STARTERS.map((starter) => ({ hook, starter })));
  return [...(await proofs(bench, attempts, canary)), ...(await nodeChecks(bench, first))];
}

async function withBench(
  repository: Repository,
  outside: NodeJS.ProcessEnv,
  asked: AbortSignal | undefined,
  work: (bench: Bench) => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  const scratch = await openScratch(repository);
  asked?.addEventListener("abort", scratch.remove);
  if (asked?.aborted) scratch.remove();
  try {
    return await work(await openBench(repository, scratch, outside));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return [
      unknown("canary", `the hooks were not tried: ${visible(error.message)}`, "Mend that, and try again."),
    ];
  } finally {
    asked?.removeEventListener("abort", scratch.remove);
    scratch.remove();
  }
}

/** So many folders are tried for a canary that the settings block. */
const MOST_FOLDERS = 12;

/** The top, and folders in which something stands: with settings that block leaks only, scope decides. */
async function foldersOf(repository: Repository): Promise<readonly string[]> {
  if (!repository.hasHead) return ["", "src"];
  const output = await gitOutput(repository, ["ls-tree", "-r", "-d", "-z", "--name-only", "HEAD"]);
  const folders = output
    .toString("utf8")
    .split("\0")
    .filter((folder) => folder !== "" && !/[\n\r"\ufffd]/.test(folder))
    .sort((a, b) => a.split(posix.sep).length - b.split(posix.sep).length);
  return ["", "src", ...folders.slice(0, MOST_FOLDERS)];
}
