import { blobFiles } from "../../src/sources/history-blobs.js";
import { historyChanges, historyCommits } from "../../src/sources/history-commits.js";
import { historyTips } from "../../src/sources/history-tips.js";
import type { Repository } from "../../src/sources/repository.js";
import type { SourceItem } from "../../src/sources/source.js";

/** Every content of the whole history under every path that a commit gave it, the newest commits first. */
export async function* historyFiles(repository: Repository): AsyncGenerator<SourceItem> {
  const { commits } = await historyTips(repository);
  const paths = new Map<string, Set<string>>();
  const found = await historyCommits(repository, commits, []);
  for await (const changes of historyChanges(repository, found)) {
    for (const { id, path } of changes) paths.set(id, (paths.get(id) ?? new Set()).add(path));
  }
  const blobs = [...paths];
  yield* blobFiles(repository, {
    length: blobs.length,
    idAt: (index) => blobs[index]?.[0] ?? "",
    pathsAt: (index) => [...(blobs[index]?.[1] ?? [])],
  });
}
