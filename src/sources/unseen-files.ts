import { changedFiles, isSubmodule } from "./changed-files.js";
import { commitChanges } from "./commit-changes.js";
import type { Change } from "./raw-changes.js";
import type { Repository } from "./repository.js";
import { SourceError, type SourceItem } from "./source.js";

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

/**
 * The contents that these changes bring, each once for every path that it stands at; those that a partial clone has not
 * got (`absent`) are named. Throws SourceError.
 */
export async function* unseenFiles(
  repository: Repository,
  parts: AsyncIterable<readonly Change[]>,
  absent: ReadonlySet<string>,
): AsyncGenerator<SourceItem> {
  const seen = new Set<string>();
  for await (const part of absent.size > 0 ? upToMissing(parts) : parts) {
    if (part === null) {
      yield { kind: "skipped", path: ".git", reason: FOLDERS_MISSING, incomplete: true };
      return;
    }
    const unseen = part.filter((change) => {
      // A submodule is told of once, however often it moves.
      const key = `${change.path}\0${isSubmodule(change) ? "submodule" : change.id}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
    if (unseen.length > 0) yield* changedFiles(repository, unseen, absent);
  }
}

const FOLDERS_MISSING =
  "folders are missing from this partial clone, so it cannot be told what changed (git fetch --refetch --no-filter brings them)";

/** The parts, and null in place of a failure: of a clone without trees git does not tell what a commit changed. */
async function* upToMissing(
  parts: AsyncIterable<readonly Change[]>,
): AsyncGenerator<readonly Change[] | null> {
  try {
    yield* parts;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    yield null;
  }
}
