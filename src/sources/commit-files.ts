import { treeEntries } from "./commit-changes.js";
import { missingObjects } from "./missing-objects.js";
import type { Repository } from "./repository.js";
import type { SourceItem } from "./source.js";
import { unseenFiles } from "./unseen-files.js";

/** Every file that a commit holds, whatever lies in the working tree. Throws SourceError. */
export async function* commitFiles(repository: Repository, commit: string): AsyncGenerator<SourceItem> {
  const entries = await treeEntries(repository, commit);
  yield* unseenFiles(repository, inOnePart(entries), await missingObjects(repository, [commit]));
}

async function* inOnePart<T>(part: T): AsyncGenerator<T> {
  yield part;
}
