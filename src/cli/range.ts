import type { Argv } from "yargs";
import { branchNamed, type CommitRange, rangeNamed } from "../sources/commit-range.js";
import { contentsAt } from "../sources/contents-at.js";
import { commitsOfRanges, rangeFiles } from "../sources/range.js";
import type { Repository } from "../sources/repository.js";
import { UsageError } from "./exit.js";
import type { SourceRun } from "./source-run.js";

/** What was typed about commits. */
export type RangeOptions = {
  readonly range: readonly string[];
  readonly branch: readonly string[];
};

/** The options of a command that can look at certain commits. */
export function withRange<T>(argv: Argv<T>): Argv<T> {
  return argv
    .option("range", {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      describe: "What the commits of A..B brought, or one commit; may be given several times",
    })
    .option("branch", {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      describe: "What the commits of a branch brought, or those of a time with --since",
    });
}

/**
 * Whether commits are asked for by range or branch; with a time, the branch is the history's affair. Throws `UsageError`
 * where that does not fit together.
 */
export function isRangeAsked({ range, branch }: RangeOptions, asksElse: boolean, hasTime: boolean): boolean {
  if (range.length > 0 && branch.length > 0)
    throw new UsageError("--range and --branch both name commits: leave one out");
  if (range.length === 0 && branch.length === 0) return false;
  const option = range.length > 0 ? "--range" : "--branch";
  if (asksElse)
    throw new UsageError(`${option} looks at commits: leave paths, --staged, --all and standard input out`);
  if (range.length > 0 && hasTime)
    throw new UsageError("--range and --since both name commits: leave one out");
  return !hasTime;
}

/** Those commits as what a scan looks at. Throws `UsageError` and `SourceError`. */
export async function rangeAsked(
  { range, branch }: RangeOptions,
  repository: Repository | null,
): Promise<{
  readonly root: string;
  readonly repository: Repository;
  readonly run: () => Promise<SourceRun>;
  readonly before?: ReturnType<typeof contentsAt>;
}> {
  if (repository === null)
    throw new UsageError("--range and --branch need a git repository, and this folder is in none");
  const named = await Promise.all([
    ...range.map((words) => rangeNamed(repository, words)),
    ...branch.map((name) => branchNamed(repository, name)),
  ]);
  const ranges = named.filter((one) => one !== null);
  return {
    root: repository.root,
    repository,
    run: () => rangeSource(repository, ranges),
    // A branch begins at nothing, and HEAD is what tells then.
    ...(range.length > 0 ? { before: contentsBefore(repository, ranges) } : {}),
  };
}

/**
 * What the commits of these ranges brought, merges included, as what a scan looks at: each range is the commits that
 * its tips reach and its known ones do not, by their ids. Throws `SourceError` where they cannot be listed.
 */
export async function rangeSource(
  repository: Repository,
  ranges: readonly CommitRange[],
): Promise<SourceRun & { readonly commits: readonly string[] }> {
  const commits = await commitsOfRanges(repository, ranges);
  return {
    mode: "range",
    commits,
    itemsOf: () => rangeFiles(repository, ranges, commits),
    nothing: commits.length > 0 ? "those commits brought no new content" : await whyEmpty(repository, ranges),
  };
}

/** What stood at a path before these ranges, for telling which allows are new. */
export function contentsBefore(
  repository: Repository,
  ranges: readonly CommitRange[],
): ReturnType<typeof contentsAt> {
  return contentsAt(repository, [...new Set(ranges.flatMap(({ known }) => known))]);
}

/** Ends that were mixed up look like a range in which nothing happened. */
async function whyEmpty(repository: Repository, ranges: readonly CommitRange[]): Promise<string> {
  const turned = ranges.map(({ tips, known }) => ({ tips: known, known: tips }));
  const others = (await commitsOfRanges(repository, turned)).length;
  if (ranges.length === 0 || others === 0) return "there is no commit in that range";
  return `there is no commit in that range; with its ends exchanged there would be ${others}`;
}
