import { BLOBS_IN_ORDER } from "./blobs.js";
import { changedFiles } from "./changed-files.js";
import { askAhead, gitOutput, startAhead } from "./git.js";
import { looseFolder } from "./loose-blob.js";
import { mergeHeads } from "./merge-heads.js";
import { byPath } from "./path-name.js";
import { foresee, foreseeNothing, seenAt } from "./plain-repository.js";
import { type Change, rawChanges } from "./raw-changes.js";
import { askWhereAhead, likelyPlace, type Repository } from "./repository.js";
import { SourceError, type SourceItem } from "./source.js";

/** git knows the tree without entries by heart; before the first commit it stands for HEAD. */
const EMPTY_TREE = {
  sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
};

/**
 * The content staged for the next commit, where it differs from HEAD's, and from what is being merged into it: the index's blobs, never the working tree,
 * whatever the attributes say. Sorted by path; yields nothing if nothing is staged. Throws SourceError.
 */
export async function* stagedFiles(repository: Repository): AsyncGenerator<SourceItem> {
  yield* changedFiles(repository, await stagedChanges(repository));
}

async function stagedChanges(repository: Repository): Promise<Change[]> {
  if (repository.isBare) {
    throw new SourceError("usage", `${repository.root} is a bare repository: nothing can be staged in it.`);
  }
  const base = repository.hasHead ? "HEAD" : EMPTY_TREE[repository.objectFormat];
  const since = async (commit: string) => rawChanges(await gitOutput(repository, changesSince(commit)));
  const [own, ...merged] = await Promise.all([base, ...mergeHeads(repository)].map(since));
  const changes = merged.reduce(newToBoth, own ?? []);
  const unmerged = new Set(changes.filter(({ status }) => status === "U").map(({ path }) => path));
  return changes.filter(({ path, status }) => status === "U" || !unmerged.has(path)).sort(byPath);
}

/** A merge's own content is what differs from all that it joins; the other side's was committed there. */
function newToBoth(changes: readonly Change[], others: readonly Change[]): Change[] {
  const before = new Map(others.map((change) => [change.path, change.before]));
  return changes.flatMap((change) => {
    const there = before.get(change.path);
    if (change.status === "U") return [change];
    return there === undefined ? [] : [{ ...change, before: [...change.before, ...there] }];
  });
}

function changesSince(base: string): readonly string[] {
  return [
    "diff-index",
    "--cached",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    // Of a file that is only intended to be added, nothing is committed.
    "--ita-invisible-in-index",
    "--diff-filter=d",
    base,
    "--",
  ];
}

/**
 * Has git begin with what `stagedFiles` will ask of the repository whose top is `folder`, if it is one. Of a plain one, what
 * differs from HEAD is all that is asked: that git answers says of the rest that it is as it looks.
 */
export function askStagedAhead(folder: string): void {
  foreseeNothing();
  const place = likelyPlace(folder);
  if (place === null) return;
  const seen = seenAt(place);
  const isAllAsked = seen !== null && !seen.isLarge;
  // Where git takes its time over the index, it tells where we are meanwhile.
  if (!isAllAsked) askWhereAhead(folder);
  const answer = askAhead(place, changesSince(seen?.isUnborn === true ? EMPTY_TREE.sha1 : "HEAD"));
  if (isAllAsked) foresee(seen, answer);
  if (seen === null || looseFolder({ ...seen, environment: place.environment }) === null)
    startAhead(place, BLOBS_IN_ORDER);
}
