import type { Argv } from "yargs";
import type { ShardedRun } from "../gate/shards/sharded-run.js";
import type { RunOnCores } from "../parallel/run-on-cores.js";
import type { Engine } from "../scan/engine.js";
import { momentOf } from "../sources/moment.js";
import type { Repository } from "../sources/repository.js";
import { UsageError } from "./exit.js";

/** What was typed about history. */
export type HistoryOptions = {
  readonly all: boolean;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly cache: boolean;
};

/** The history that is meant: all of it, or what was committed in a time. */
export type HistoryAsked = {
  readonly window: { readonly since: string; readonly until: string | undefined } | null;
  readonly useCache: boolean;
  /** A time narrowed to these branches; none: every ref. */
  readonly branches: readonly string[];
};

/** The options of a command that can look at history. */
export function withHistory<T>(argv: Argv<T>): Argv<T> {
  return argv
    .option("all", {
      type: "boolean",
      default: false,
      describe: "The whole history: every commit of every ref, stashes too",
    })
    .option("since", {
      type: "string",
      requiresArg: true,
      describe: "What commits brought and pushes sent since then: 7d, 36h, 2w, 2024-05-01, yesterday",
    })
    .option("until", { type: "string", requiresArg: true, describe: "With --since: up to then" })
    .option("cache", {
      type: "boolean",
      default: true,
      describe: "Remember what was read of a history (in .aura/cache); --no-cache reads all again",
    });
}

/** What of the history was asked for; null: nothing. Throws `UsageError` where that does not fit together. */
export function historyAsked(
  options: HistoryOptions & { readonly branch: readonly string[] },
  asksElse: boolean,
): HistoryAsked | null {
  const { all, since, until } = options;
  if (until !== undefined && since === undefined)
    throw new UsageError("--until is the end of a time: add its beginning, --since");
  if (!all && since === undefined) return null;
  if (all && since !== undefined)
    throw new UsageError("--all is the whole history, and --since a part of it: leave one out");
  if (asksElse)
    throw new UsageError(
      `${all ? "--all" : "--since"} looks at commits: leave paths, --staged and standard input out`,
    );
  const window = since === undefined ? null : { since, until };
  return { window, useCache: options.cache, branches: options.branch };
}

type HistorySource = {
  readonly root: string;
  readonly repository: Repository;
  /** `shard`: what of it falls to this machine. */
  readonly run: (
    engine: Engine,
    shard?: Pick<ShardedRun, "shard" | "takes">,
  ) => Promise<Pick<RunOnCores, "mode" | "nothing" | "itemsOf" | "collector">>;
};

/** That history as what a scan looks at. Throws `UsageError` and `SourceError`. */
export async function historySource(
  { window, useCache, branches }: HistoryAsked,
  repository: Repository | null,
  now: number = Date.now(),
): Promise<HistorySource> {
  if (repository === null)
    throw new UsageError("--all and --since need a git repository, and this folder is in none");
  const moments =
    window === null
      ? null
      : {
          since: await momentOf(repository, "--since", window.since, "begin", now),
          until:
            window.until === undefined
              ? Number.POSITIVE_INFINITY
              : await momentOf(repository, "--until", window.until, "end", now),
        };
  if (moments !== null && moments.until < moments.since)
    throw new UsageError("--until lies before --since: no commit can be in between");
  return {
    root: repository.root,
    repository,
    async run(engine, shard) {
      // Loaded by whoever asks for a history: a hook waits for less.
      const { historyRun } = await import("../gate/history/run.js");
      const tips = branches.length === 0 ? null : await branchTips(repository, branches);
      const fromCache = useCache && shard === undefined;
      const commits = await historyRun(engine, repository, moments, fromCache, shard?.takes, tips);
      // A push is on no branch, and the ledger is on one machine.
      if (tips !== null || (shard !== undefined && shard.shard.index > 1))
        return { ...commits, itemsOf: () => commits.items };
      const { withPushes } = await import("../audit/with-pushes.js");
      const { items, ...run } = withPushes(commits, engine, repository, millisecondsOf(moments));
      const nothing = moments === null ? run.nothing : `${run.nothing} (${windowWords(moments)})`;
      return { ...run, nothing, itemsOf: () => items };
    },
  };
}

async function branchTips(repository: Repository, names: readonly string[]): Promise<readonly string[]> {
  const { branchNamed } = await import("../sources/commit-range.js");
  const named = await Promise.all(names.map((name) => branchNamed(repository, name)));
  return [...new Set(named.flatMap((one) => one?.tips ?? []))];
}

/** Which moments were meant: `since 2026-11-24T00:00:00Z`. */
function windowWords({ since, until }: { readonly since: number; readonly until: number }): string {
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
  return `since ${iso(since)}${Number.isFinite(until) ? `, until ${iso(until)}` : ""}`;
}

/** Commits have seconds, and pushes milliseconds: a second lasts to its end. */
function millisecondsOf(moments: { readonly since: number; readonly until: number } | null): {
  readonly since: number | null;
  readonly until: number | null;
} {
  if (moments === null) return { since: null, until: null };
  const { since, until } = moments;
  return { since: since * 1000, until: Number.isFinite(until) ? until * 1000 + 999 : null };
}
