import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { askAhead, type GitPlace, gitAnswer, gitFailed } from "./git.js";
import { type Environment, gitEnvironment, namesRepository, withoutRepository } from "./git-environment.js";
import { foreseen } from "./plain-repository.js";
import { SourceError } from "./source.js";

/** A git repository that can be read. */
export type Repository = {
  /** Absolute real path of the working tree's top folder; of the repository itself when it is bare. */
  readonly root: string;
  /** Absolute path of git's own folder; of a linked worktree's own one there. */
  readonly gitDir: string;
  readonly objectFormat: "sha1" | "sha256";
  /** Whether there is a commit yet. */
  readonly hasHead: boolean;
  readonly isBare: boolean;
  /** What git commands on this repository run under: names the index that a hook was given. */
  readonly environment: Environment;
};

/**
 * The repository that holds `folder`, or null if there is none.
 *
 * A repository or an index named by `outside` (`GIT_DIR`, `GIT_INDEX_FILE`, as git gives them to a hook that runs in
 * `workingFolder`) is honoured if it is the one that holds `folder`, and never for another repository. Throws
 * SourceError if the folder does not exist, if git is missing, or if git refuses the repository.
 */
export async function repositoryOf(
  folder: string,
  outside: NodeJS.ProcessEnv = process.env,
  workingFolder: string = process.cwd(),
): Promise<Repository | null> {
  const here = realFolder(folder);
  const from = realFolder(workingFolder);
  const environment = gitEnvironment(outside);
  const plain = () => repositoryAt({ root: here, environment: withoutRepository(environment) });
  if (!namesRepository(environment)) return repositoryAt({ root: here, environment });
  if (namesFolders(environment)) return namedRepository(here, from, environment, await foundPlainly(plain));
  const found = await repositoryAt({ root: here, environment });
  if (found === null) return null;
  const meant = { ...found, environment: absolute(found, from) };
  if (here === from || isInside(found.gitDir, meant.environment["GIT_INDEX_FILE"] ?? found.gitDir))
    return meant;
  const hook = await repositoryAt({ root: from, environment: withoutRepository(environment) });
  return hook?.gitDir === found.gitDir ? meant : plain();
}

/** Null too for a bare one that git takes only where it is named, which it is then. */
async function foundPlainly(plain: () => Promise<Repository | null>): Promise<Repository | null> {
  try {
    return await plain();
  } catch (error) {
    if (error instanceof SourceError && error.message.includes(ONLY_NAMED)) return null;
    throw error;
  }
}

/** git's setting by which a bare repository is read only where `GIT_DIR` names it. */
const ONLY_NAMED = "safe.bareRepository";

/** The repository that `GIT_DIR` names, if it holds the folder `here`; else the one that does. */
async function namedRepository(
  here: string,
  from: string,
  environment: Environment,
  plain: Repository | null,
): Promise<Repository | null> {
  const named = await repositoryAt({ root: from, environment });
  if (named === null) {
    const name = environment["GIT_DIR"] ?? environment["GIT_WORK_TREE"];
    throw new SourceError("incomplete", `The environment names the repository ${name}, which is not there.`);
  }
  const meant = { ...named, environment: absolute(named, from) };
  if (plain === null) return isInside(meant.root, here) ? meant : null;
  if (plain.gitDir !== meant.gitDir) return plain;
  return environment["GIT_WORK_TREE"] === undefined ? within(meant, plain.root) : meant;
}

/** Whether the absolute path `inner` is `outer` or lies below it. */
export function isInside(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    throw new SourceError("usage", `There is no folder ${folder}.`);
  }
}

/**
 * How the repository will be asked whose top is `folder`, if there is one and nothing in the environment names another:
 * for `startAhead`, before it is known.
 */
export function likelyPlace(folder: string, outside: NodeJS.ProcessEnv = process.env): GitPlace | null {
  const environment = gitEnvironment(outside);
  if (namesFolders(environment)) return null;
  const root = realFolder(folder);
  return { root, environment: absolutePaths(environment, root, root) };
}

/** Has git begin with what `repositoryOf` will ask for this folder first. */
export function askWhereAhead(folder: string, outside: NodeJS.ProcessEnv = process.env): void {
  const environment = gitEnvironment(outside);
  if (!namesFolders(environment)) askAhead({ root: realFolder(folder), environment }, ALL);
}

function namesFolders(environment: Environment): boolean {
  return ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"].some((name) => environment[name] !== undefined);
}

/** With `GIT_DIR` alone git takes the current folder for the top of the tree; a hook may run further down. */
function within(repository: Repository, root: string): Repository {
  return { ...repository, root, environment: { ...repository.environment, GIT_WORK_TREE: root } };
}

/** The environment with its relative paths made absolute, so that they hold in any folder. */
function absolute(repository: Repository, workingFolder: string): Environment {
  const environment = absolutePaths(repository.environment, repository.root, workingFolder);
  return environment["GIT_DIR"] === undefined ? environment : { ...environment, GIT_DIR: repository.gitDir };
}

function absolutePaths(relative: Environment, root: string, workingFolder: string): Environment {
  const { ...environment }: Record<string, string> = relative;
  const from = { GIT_INDEX_FILE: root, GIT_OBJECT_DIRECTORY: workingFolder };
  for (const [name, folder] of Object.entries(from)) {
    const path = environment[name];
    if (path !== undefined) environment[name] = resolve(folder, path);
  }
  return environment;
}

const WHERE = ["rev-parse", "--is-bare-repository", "--show-object-format", "--absolute-git-dir"];
const HEAD = ["--verify", "--quiet", "HEAD"];

const ALL = [...WHERE, "--show-toplevel", ...HEAD];

async function repositoryAt(place: GitPlace): Promise<Repository | null> {
  const { root, environment } = place;
  const known = namesFolders(environment) ? null : await foreseen(root);
  if (known === null) return askedAt(place);
  const { gitDir, isUnborn } = known;
  return { root, gitDir, objectFormat: "sha1", hasHead: !isUnborn, isBare: false, environment };
}

/** One question for all of it. git answers word by word, up to one that it has no answer to. */
async function askedAt(place: GitPlace): Promise<Repository | null> {
  const answer = await gitAnswer(place, ALL);
  const [bare, format, gitDir, ...rest] = answer.output.toString("utf8").replace(/\n$/, "").split("\n");
  const isBare = bare === "true";
  if (gitDir === undefined || (rest.length === 0 && !isBare)) {
    if (/not a git repository \(or any/.test(answer.complaint)) return null;
    throw refused(place, answer.complaint) ?? gitFailed(place, WHERE, answer);
  }
  // A bare repository has no top, and git went no further.
  const head = isBare ? await gitAnswer(place, ["rev-parse", ...HEAD]) : answer;
  if (head.exitCode !== 0 && head.exitCode !== 1) throw gitFailed(place, WHERE, head);
  const hasHead = head.exitCode === 0;
  // The top's name may hold line breaks; HEAD's id stands behind it.
  const top = hasHead ? rest.slice(0, -1) : rest;
  return {
    root: isBare ? gitDir : realFolder(top.join("\n")),
    gitDir,
    objectFormat: format === "sha256" ? "sha256" : "sha1",
    hasHead,
    isBare,
    environment: place.environment,
  };
}

function refused(place: GitPlace, complaint: string): SourceError | null {
  if (/dubious ownership/.test(complaint)) {
    const owner = /repository at '([^']*)'/.exec(complaint)?.[1] ?? place.root;
    return new SourceError(
      "incomplete",
      `git does not read ${owner}, for another user owns it. If you trust it: git config --global --add safe.directory '${owner}'`,
    );
  }
  if (complaint.includes(ONLY_NAMED)) {
    return new SourceError(
      "incomplete",
      `git does not read a bare repository by itself here (${ONLY_NAMED}). If you trust it: GIT_DIR='${place.root}' aura-scan …`,
    );
  }
  if (/must be run in a work tree/.test(complaint)) {
    return new SourceError("usage", `${place.root} is git's own folder. Run aura-scan in the working tree.`);
  }
  return null;
}
