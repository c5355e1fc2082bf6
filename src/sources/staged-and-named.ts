import { pathFiles } from "./paths.js";
import type { Repository } from "./repository.js";
import type { SourceItem } from "./source.js";
import { stagedFiles } from "./staged.js";

/**
 * For a hook manager that names files: all that is staged, as `stagedFiles` gives it, and of the files that it names those
 * of which nothing is staged, whole, as they lie in the working tree (`pre-commit run --all-files` names every tracked
 * file, and stages none). What is staged is looked at whether or not it is named. Throws SourceError.
 */
export async function* stagedAndNamed(
  repository: Repository,
  paths: readonly string[],
  from: string,
): AsyncGenerator<SourceItem> {
  const staged = new Set<string>();
  for await (const item of stagedFiles(repository)) {
    staged.add(pathOf(item));
    yield item;
  }
  if (paths.length === 0) return;
  for await (const item of pathFiles(paths, from, repository)) if (!staged.has(pathOf(item))) yield item;
}

function pathOf(item: SourceItem): string {
  return item.kind === "file" ? item.file.path : item.path;
}
