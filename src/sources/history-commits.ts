import { DIFF_TREE } from "./commit-changes.js";
import { gitAnswer, gitOutput } from "./git.js";
import { gitChunksFor } from "./git-with-input.js";
import { type Change, changeReader, isThere } from "./raw-changes.js";
import type { Repository } from "./repository.js";

/** A commit of a history. */
export type HistoryCommit = {
  readonly id: string;
  /** When it was committed, in seconds since 1970. */
  readonly date: number;
};

/** The commits that `tips` reach and `known` do not. Throws SourceError. */
export async function historyCommits(
  repository: Repository,
  tips: readonly string[],
  known: readonly string[],
): Promise<readonly HistoryCommit[]> {
  const reached = new Set(known);
  if (tips.every((id) => reached.has(id))) return [];
  // https://git-scm.com/docs/git-rev-list#Documentation/git-rev-list.txt---timestamp
  //   <seconds since 1970> SP <commit> LF
  const output = await gitOutput(repository, ["rev-list", "--timestamp", "--stdin"], revisions(tips, known));
  return output
    .toString("latin1")
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const space = line.indexOf(" ");
      return { id: line.slice(space + 1), date: Number(line.slice(0, space)) };
    });
}

/** Whether all that `old` reach is reached from `tips`; false where git does not know one of them any more. */
export async function isWithin(
  repository: Repository,
  old: readonly string[],
  tips: readonly string[],
): Promise<boolean> {
  const reached = new Set(tips);
  const asked = old.filter((id) => !reached.has(id));
  if (asked.length === 0) return true;
  const answer = await gitAnswer(
    repository,
    ["rev-list", "--max-count=1", "--stdin"],
    revisions(asked, tips),
  );
  return answer.exitCode === 0 && answer.output.length === 0;
}

/**
 * What these commits brought, by their changes against their parents (of a merge, what differs from all of them), in
 * parts that come as git finds them. Deletions are left out. Throws SourceError.
 */
export async function* historyChanges(
  repository: Repository,
  commits: readonly HistoryCommit[],
): AsyncGenerator<readonly Change[]> {
  if (commits.length === 0) return;
  const reader = changeReader();
  const input = function* () {
    for (const { id } of commits) yield `${id}\n`;
  };
  for await (const part of gitChunksFor(repository, DIFF_TREE, input())) {
    yield reader.read(part).filter(isThere);
  }
  reader.end();
}

function revisions(tips: readonly string[], known: readonly string[]): string {
  return [...tips, ...known.map((id) => `^${id}`)].map((revision) => `${revision}\n`).join("");
}
