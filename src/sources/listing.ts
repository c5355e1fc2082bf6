import { lstatSync } from "node:fs";
import { gitOutput } from "./git.js";
import { byPath, nulSeparated, pathText } from "./path-name.js";
import { isProblem, orProblem } from "./problem.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** A path that git names in the working tree. */
export type Listed = {
  /** Relative to the repository's root, as git's bytes. */
  readonly bytes: Buffer;
  readonly path: string;
  readonly state: "tracked" | "untracked" | "submodule" | "nested repository" | "sparse";
};

/**
 * Tracked files and untracked ones that are not ignored, under the given paths relative to the root (all, if there
 * are none), sorted. Throws SourceError.
 */
export async function listedFiles(repository: Repository, under: readonly string[]): Promise<Listed[]> {
  if (repository.isBare) {
    throw new SourceError("usage", `${repository.root} is a bare repository: it has no working tree.`);
  }
  const [tracked, untracked] = await Promise.all([
    gitOutput(repository, ["ls-files", "-z", "-t", "--stage", "--full-name", "--", ...under]),
    gitOutput(repository, [
      "ls-files",
      "-z",
      "--others",
      "--exclude-standard",
      "--full-name",
      "--",
      ...under,
    ]),
  ]);
  // An unmerged path is listed once for each side.
  const listed = new Map<string, Listed>();
  for (const field of nulSeparated(tracked)) {
    const file = trackedFile(field);
    listed.set(file.path, file);
  }
  for (const field of nulSeparated(untracked)) {
    const file = untrackedFile(field);
    listed.set(file.path, file);
  }
  return [...listed.values()].sort(byPath);
}

// https://git-scm.com/docs/git-ls-files#_output
//   H SP 100644 SP <id> SP 0 TAB <path>      `S` instead of `H`: left out of the checkout (skip-worktree)
function trackedFile(field: Buffer): Listed {
  const tab = field.indexOf(9);
  const match = /^([A-Za-z]) (\d{6}) [0-9a-f]+ \d$/.exec(field.toString("latin1", 0, Math.max(tab, 0)));
  if (match === null) throw new SourceError("incomplete", `git ls-files answered "${pathText(field)}".`);
  const bytes = field.subarray(tab + 1);
  const state = match[2] === "160000" ? "submodule" : match[1]?.toUpperCase() === "S" ? "sparse" : "tracked";
  return { bytes, path: pathText(bytes), state };
}

/** A folder with a repository of its own comes as its name and a slash. */
function untrackedFile(field: Buffer): Listed {
  if (field.at(-1) !== 47) return { bytes: field, path: pathText(field), state: "untracked" };
  const bytes = field.subarray(0, -1);
  return { bytes, path: pathText(bytes), state: "nested repository" };
}

/**
 * Tells whether a path relative to `root` lies in real folders only. git follows no link on the way to a file, for
 * it would lead out of the repository; a tracked file behind one counts as deleted.
 */
export function realFolders(root: string): (bytes: Buffer) => boolean {
  const known = new Map<string, boolean>();
  const isReal = (folder: Buffer): boolean => {
    if (folder.length === 0) return true;
    const key = folder.toString("latin1");
    const before = known.get(key);
    if (before !== undefined) return before;
    const real = isReal(parent(folder)) && isFolder(absoluteBytes(root, folder));
    known.set(key, real);
    return real;
  };
  return (bytes) => isReal(parent(bytes));
}

/** The absolute path of git's relative one. */
export function absoluteBytes(root: string, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(root.endsWith("/") ? root : `${root}/`), bytes]);
}

function parent(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.max(bytes.lastIndexOf(47), 0));
}

function isFolder(path: Buffer): boolean {
  const stat = orProblem(() => lstatSync(path, { throwIfNoEntry: false }));
  // A folder that may not be looked into shows so when its files are opened.
  return isProblem(stat) || (stat?.isDirectory() ?? false);
}
