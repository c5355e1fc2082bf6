import { gitOutput } from "./git.js";
import { nulSeparated, pathText } from "./path-name.js";
import { type Change, isThere, rawChanges } from "./raw-changes.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** Told of a commit on standard input, prints what it changed against its parents. */
export const DIFF_TREE: readonly string[] = [
  "diff-tree",
  "--stdin",
  "-r",
  "-c",
  "--root",
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--ignore-submodules=none",
  "--no-ext-diff",
  "--no-textconv",
];

/**
 * What each of these commits changed against its parent, in the order of the commits; of a merge, what differs from
 * all of its parents. A shallow clone's oldest commits have no parent here, and bring all that they hold. Deletions
 * are left out. Throws SourceError.
 */
export async function commitChanges(
  repository: Repository,
  commits: readonly string[],
): Promise<readonly Change[]> {
  const output = await gitOutput(repository, DIFF_TREE, commits.map((id) => `${id}\n`).join(""));
  return rawChanges(output).filter(isThere);
}

/** Everything that a tree holds, as changes of no commit. Throws SourceError. */
export async function treeEntries(repository: Repository, tree: string): Promise<readonly Change[]> {
  const output = await gitOutput(repository, ["ls-tree", "-r", "-z", "--full-tree", tree]);
  return nulSeparated(output).map(treeEntry);
}

// https://git-scm.com/docs/git-ls-tree#_output_format
//   100644 SP blob SP <id> TAB <path>
function treeEntry(field: Buffer): Change {
  const tab = field.indexOf(9);
  const match = /^(\d{6}) [a-z]+ ([0-9a-f]+)$/.exec(field.toString("latin1", 0, Math.max(tab, 0)));
  if (match === null) throw new SourceError("incomplete", `git ls-tree answered "${pathText(field)}".`);
  const [, mode = "", id = ""] = match;
  return { path: pathText(field.subarray(tab + 1)), mode, id, status: "A", commit: null, before: [] };
}
