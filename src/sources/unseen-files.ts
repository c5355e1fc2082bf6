import { changedFiles, isSubmodule } from "./changed-files.js";
import { commitChanges } from "./commit-changes.js";
import type { Change } from "./raw-changes.js";
import type { Repository } from "./repository.js";
import type { SourceItem } from "./source.js";

/** So many commits' changes are held in memory at a time. */
const COMMITS_AT_ONCE = 1000;

/** What these commits bring, in their order, in parts that fit in memory. Throws SourceError. */
export async function* changesInParts(
  repository: Repository,
  commits: readonly string[],
): AsyncGenerator<readonly Change[]> {
  for (let at = 0; at < commits.length; at += COMMITS_AT_ONCE) {
    yield commitChanges(repository, commits.slice(at, at + COMMITS_AT_ONCE));
  }
}

/** The contents that these changes bring, each once for every path that it stands at. Throws SourceError. */
export async function* unseenFiles(
  repository: Repository,
  parts: AsyncIterable<readonly Change[]>,
): AsyncGenerator<SourceItem> {
  const seen = new Set<string>();
  for await (const part of parts) {
    const unseen = part.filter((change) => {
      // A submodule is told of once, however often it moves.
      const key = `${change.path}\0${isSubmodule(change) ? "submodule" : change.id}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
    if (unseen.length > 0) yield* changedFiles(repository, unseen);
  }
}
