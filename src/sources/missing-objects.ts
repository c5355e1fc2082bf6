import { gitAnswer, gitFailed } from "./git.js";
import { gitChunksFor } from "./git-with-input.js";
import type { Repository } from "./repository.js";

const PROMISOR = String.raw`^(extensions\.partialclone|remote\..*\.promisor)$`;

/**
 * The objects below the commits that `tips` reach and `known` do not, which a partial clone has not got. Asked at once,
 * for `cat-file` ends at each of them and has to be started anew. Empty for a whole clone, where nothing is asked.
 * Throws SourceError.
 */
export async function missingObjects(
  repository: Repository,
  tips: readonly string[],
  known: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const asked = ["config", "--get-regexp", PROMISOR];
  const answer = await gitAnswer(repository, asked);
  if (answer.exitCode !== 0 && answer.exitCode !== 1) throw gitFailed(repository, asked, answer);
  const missing = new Set<string>();
  if (answer.exitCode === 1) return missing;
  // https://git-scm.com/docs/git-rev-list#Documentation/git-rev-list.txt---missingltmissing-actiongt
  //   ?<id> LF for each that is missing, among the lines of those that are there
  const args = ["rev-list", "--objects", "--no-object-names", "--missing=print", "--stdin"];
  let held = "";
  for await (const part of gitChunksFor(
    repository,
    args,
    [...tips, ...known.map((id) => `^${id}`)].map((revision) => `${revision}\n`),
  )) {
    const lines = (held + part.toString("latin1")).split("\n");
    held = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("?")) missing.add(line.slice(1));
  }
  return missing;
}
