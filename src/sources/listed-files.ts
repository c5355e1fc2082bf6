import { gitOutput } from "./git.js";
import { nulSeparated, pathText } from "./path-name.js";
import type { Repository } from "./repository.js";

/**
 * The tracked files whose path ends like this, by the index alone: no tree is looked at. In git's order. Throws
 * SourceError.
 */
export async function trackedEndingIn(repository: Repository, ending: string): Promise<readonly string[]> {
  const listed = await gitOutput(repository, ["ls-files", "-z", "--cached", "--full-name"]);
  const end = Buffer.from(ending);
  const found = nulSeparated(listed).filter((path) => path.subarray(-end.length).equals(end));
  return [...new Set(found.map(pathText))];
}
