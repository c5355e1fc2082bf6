import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { gitAnswer, gitFailed, gitOutput } from "../sources/git.js";
import { isInside, type Repository } from "../sources/repository.js";
import { HOOK_NAMES } from "./hook-text.js";

/** A folder in which our hooks belong. husky gives its files to `sh -e`, whatever their mode says. */
export type HookFolder = {
  /** Absolute; real as far as it exists. */
  readonly path: string;
  readonly runBy: "git" | "husky";
};

export type HookPlaces = {
  readonly folders: readonly HookFolder[];
  /** git's own folder, which all worktrees share. Absolute and real. */
  readonly commonDir: string;
  /** Whether a real path belongs to this repository: it lies in the working tree or in git's own folder. */
  readonly owns: (path: string) => boolean;
  /** The folder where git looks for husky's hooks but where husky has not put them, else null. */
  readonly huskyMissing: string | null;
  /** Where `core.hooksPath` leads if no hook can be there, for it is empty or a file is in its way: git runs none. Else null. */
  readonly nowhere: string | null;
};

/**
 * Where this repository's hooks go: the folder from which git runs them, or the one from which husky does
 * (https://typicode.github.io/husky). Where husky is used but not set up in this clone, both, so that commits are
 * guarded now and when it is.
 */
export async function hookPlaces(repository: Repository): Promise<HookPlaces> {
  const commonDir = await commonDirOf(repository);
  const owns = (path: string) => [repository.root, commonDir].some((own) => isInside(own, path));
  const configured = await configuredFolder(repository);
  const active = realAsFarAsPossible(configured ?? join(commonDir, "hooks"));
  if (configured !== null && (configured === resolve("/") || isUnderFile(active)))
    return { folders: [], commonDir, owns, huskyMissing: null, nowhere: active };
  if (isHuskysOwn(active)) {
    const missing = ["h", ...HOOK_NAMES].some((name) => !existsSync(join(active, name)));
    const folders: HookFolder[] = [{ path: dirname(active), runBy: "husky" }];
    return { folders, commonDir, owns, huskyMissing: missing ? active : null, nowhere: null };
  }
  const folders: HookFolder[] = [{ path: active, runBy: "git" }];
  const ofHusky = realAsFarAsPossible(join(repository.root, ".husky"));
  if (active !== ofHusky && usesHusky(repository.root)) folders.unshift({ path: ofHusky, runBy: "husky" });
  return { folders, commonDir, owns, huskyMissing: null, nowhere: null };
}

/** Whether a file stands where that folder, or one above it, would have to. */
export function isUnderFile(folder: string): boolean {
  if (existsSync(folder)) return !statSync(folder).isDirectory();
  const above = dirname(folder);
  return above !== folder && isUnderFile(above);
}

/** husky v9 fills a folder `_` with hooks of its own, which run those of the folder above. */
function isHuskysOwn(folder: string): boolean {
  return (
    basename(folder) === "_" && (existsSync(join(folder, "h")) || basename(dirname(folder)) === ".husky")
  );
}

function usesHusky(root: string): boolean {
  return existsSync(join(root, ".husky")) || namesHusky(join(root, "package.json"));
}

function namesHusky(manifest: string): boolean {
  try {
    const { dependencies, devDependencies, scripts } = JSON.parse(readFileSync(manifest, "utf8")) ?? {};
    return (
      dependencies?.husky !== undefined ||
      devDependencies?.husky !== undefined ||
      /\bhusky\b/.test(String(scripts?.prepare))
    );
  } catch {
    // A package.json that is absent or broken asks for nothing; git's own folder is guarded all the same.
    return false;
  }
}

async function commonDirOf(repository: Repository): Promise<string> {
  const said = await gitOutput(repository, ["rev-parse", "--git-common-dir"]);
  return realpathSync.native(resolve(repository.root, withoutLineBreak(said)));
}

/**
 * `core.hooksPath` as an absolute path, or null where it is not set. `rev-parse --git-path hooks` would not do: every
 * git command of ours is told on its command line to run no hooks. That value comes last, so the one before it counts.
 * The raw bytes: `.husky/_\0/dev/null\0`.
 */
async function configuredFolder(repository: Repository): Promise<string | null> {
  const args = ["config", "-z", "--type=path", "--get-all", "core.hooksPath"];
  const answer = await gitAnswer(repository, args);
  if (answer.exitCode !== 0) throw gitFailed(repository, args, answer);
  const values = answer.output.toString("utf8").split("\0").slice(0, -2);
  const value = values.at(-1);
  if (value === undefined) return null;
  // With an empty value git looks for `/pre-commit`.
  return value === "" ? resolve("/") : resolve(repository.root, value);
}

function withoutLineBreak(said: Buffer): string {
  return said.toString("utf8").replace(/\r?\n$/, "");
}

/** The real path of what exists of it, and the rest as it is named. */
export function realAsFarAsPossible(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realAsFarAsPossible(above), basename(path));
  }
}
