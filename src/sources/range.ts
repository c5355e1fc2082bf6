import type { CommitRange } from "./commit-range.js";
import { shallowCommits } from "./history-tips.js";
import { missingObjects } from "./missing-objects.js";
import { newCommits } from "./new-commits.js";
import type { Repository } from "./repository.js";
import type { SourceItem } from "./source.js";
import { changesInParts, unseenFiles } from "./unseen-files.js";

/** The ids of all commits of these ranges, each once and, within a range, after its parents. Throws SourceError. */
export async function commitsOfRanges(
  repository: Repository,
  ranges: readonly CommitRange[],
): Promise<readonly string[]> {
  const commits = new Set<string>();
  for (const { tips, known } of ranges) {
    for (const id of await newCommits(repository, tips, known)) commits.add(id);
  }
  return [...commits];
}

/**
 * What the commits of these ranges brought: every content once for each path, though a later commit may take it away
 * again; of a merge, what it added itself. A commit at which a shallow clone was cut off is told of, for what it rests
 * on is not here. Throws SourceError.
 */
export async function* rangeFiles(
  repository: Repository,
  ranges: readonly CommitRange[],
  commits: readonly string[],
): AsyncGenerator<SourceItem> {
  const cut = new Set(await shallowCommits(repository));
  if (commits.some((id) => cut.has(id))) {
    const reason = "a shallow clone: what came before its oldest commits is not here (git fetch --unshallow)";
    yield { kind: "skipped", path: ".git/shallow", reason, incomplete: true };
  }
  const absent = new Set<string>();
  for (const { tips, known } of ranges) {
    for (const id of await missingObjects(repository, tips, known)) absent.add(id);
  }
  yield* unseenFiles(repository, changesInParts(repository, commits), absent);
}
