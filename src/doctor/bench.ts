import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ownHook } from "../install/own-files.js";
import type { Repository } from "../sources/repository.js";
import type { MadeFile } from "./canary.js";
import type { FoundHook } from "./found-hook.js";
import { hookEnvironment, STARTERS, type Starter } from "./hook-environment.js";
import { type GitEnd, type PlainGit, plainGit } from "./plain-git.js";
import type { Scratch } from "./scratch.js";

/** One hook, started by one of those who start git. */
export type Attempt = { readonly hook: FoundHook; readonly starter: Starter };

/** What hooks are tried on: git, a scratch index and store, and for each starter the environment. */
export type Bench = {
  /** Puts that file into the index, and has git run each hook as for a commit or a push of it; the ends in that order. */
  readonly run: (made: MadeFile, attempts: readonly Attempt[]) => Promise<readonly GitEnd[]>;
  /** The Node that the hook would start for that starter; null where the hook does not say. */
  readonly node: (hook: FoundHook, starter: Starter) => Promise<HookNode | null>;
};

export type HookNode = { readonly version: string; readonly path: string };

/** The branch that is never pushed. */
const BRANCH = "aura-scan-doctor";

const PROBE =
  'process.stdout.write("\\naura-scan-doctor-node " + JSON.stringify({ version: process.version, path: process.execPath }) + "\\n");\n';

/** `repository` has a working tree. */
export async function openBench(
  repository: Repository,
  scratch: Scratch,
  outside: NodeJS.ProcessEnv,
): Promise<Bench> {
  const environments = Object.fromEntries(
    STARTERS.map((starter) => [
      starter,
      { ...hookEnvironment(starter, repository, outside), ...scratch.environment },
    ]),
  ) as Record<Starter, Record<string, string>>;
  const git = plainGit(repository.root, environments.shell);
  const remote = await scratch.remote(BRANCH);
  const probe = join(scratch.folder, "probe.cjs");
  writeFileSync(probe, PROBE);
  // Written once: another run may be at work on it.
  const places = new Map<string, HookPlace>();
  const placeOf = (hook: FoundHook): HookPlace => {
    const place = places.get(hook.name) ?? placeFor(hook, scratch);
    places.set(hook.name, place);
    return place;
  };

  return {
    async run(made, attempts) {
      await scratch.stage(made);
      const commit = await scratch.commit();
      const asked = attempts.map(({ hook, starter }) => {
        const place = placeOf(hook);
        return hook.name === "pre-commit"
          ? runPreCommit(git, place, environments[starter])
          : git(pushOf(place, remote, commit), environments[starter]);
      });
      return Promise.all(asked);
    },
    async node(hook, starter) {
      const place = copyOf(hook, scratch, "probed");
      const { said } = await runPreCommit(git, place, { ...environments[starter], AURA_SCAN_BIN: probe });
      const told = /^aura-scan-doctor-node (\{.*\})$/m.exec(said)?.[1];
      return told === undefined ? null : (JSON.parse(told) as HookNode);
    },
  };
}

/** The setting that sends git to a folder of ours for its hooks; none where the installed ones are run in their place. */
type HookPlace = { readonly settings: readonly string[]; readonly file: string };

/** In its place where all of it is ours; else what is ours is run without the rest, of which nobody knows what it does. */
function placeFor(hook: FoundHook, scratch: Scratch): HookPlace {
  const { words } = hook;
  if (words.is === "ours" && words.share === "all") return { settings: [], file: hook.path };
  return copyOf(hook, scratch, "copied");
}

function copyOf(hook: FoundHook, scratch: Scratch, name: string): HookPlace {
  const above = join(scratch.folder, name);
  const folder = hook.husky ? join(above, "_") : above;
  const file = join(folder, hook.name);
  mkdirSync(folder, { recursive: true });
  if (hook.husky) {
    copyFileSync(hook.path, file);
    copyFileSync(join(dirname(hook.path), "h"), join(folder, "h"));
  }
  writeOwn(hook, hook.husky ? join(above, hook.name) : file);
  return { settings: ["-c", `core.hooksPath=${folder}`], file };
}

function writeOwn({ words, name }: FoundHook, file: string): void {
  if (words.is === "ours" && words.share === "all") copyFileSync(words.path, file);
  else {
    const text = words.is === "ours" && words.share === "part" ? words.text : ownHook(name);
    writeFileSync(file, Buffer.from(text, "latin1"), { mode: 0o755 });
  }
}

/** git has run a hook by name since 2.36; before, it is started as git starts it. */
async function runPreCommit(
  git: PlainGit,
  { settings, file }: HookPlace,
  environment: Record<string, string>,
): Promise<GitEnd> {
  const end = await git([...settings, "hook", "run", "pre-commit"], environment);
  if (!/^git: 'hook' is not a git command/m.test(end.said)) return end;
  const alias = `alias.aura-scan-doctor=!'${file.replaceAll("\\", "/").replaceAll("'", "'\\''")}'`;
  return git(["-c", alias, "aura-scan-doctor"], environment);
}

/** git itself asks the hook, and sends nothing: the other side is a folder of ours, and nothing is sent to that either. */
function pushOf({ settings }: HookPlace, remote: string, commit: string): readonly string[] {
  return [
    ...settings,
    ...["-c", "protocol.file.allow=always"],
    ...["push", "--dry-run", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"],
    ...[remote, `${commit}:refs/heads/${BRANCH}`],
  ];
}
