import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
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
  const told = new Set<string>();
  for await (const item of stagedFiles(repository)) {
    told.add(pathOf(item));
    yield item;
  }
  const submodules = paths
    .map((path) => resolve(from, path))
    .filter((path) => existsSync(join(path, ".git")));
  for (const path of submodules) {
    const name = relative(repository.root, realpathSync.native(path)).split(sep).join("/");
    if (name !== "" && !told.has(name))
      yield { kind: "skipped", path: name, reason: "submodule", incomplete: false };
  }
  const files = paths.filter((path) => !submodules.includes(resolve(from, path)));
  if (files.length === 0) return;
  for await (const item of pathFiles(files, from, repository)) if (!told.has(pathOf(item))) yield item;
}

function pathOf(item: SourceItem): string {
  return item.kind === "file" ? item.file.path : item.path;
}
