import type { HistoryCache, Moment, Notable, Whole } from "../../cache/history-cache.js";
import { isSubmodule } from "../../sources/changed-files.js";
import { treeEntries } from "../../sources/commit-changes.js";
import {
  type HistoryCommit,
  historyChanges,
  historyCommits,
  isWithin,
} from "../../sources/history-commits.js";
import type { Tips } from "../../sources/history-tips.js";
import { missingObjects } from "../../sources/missing-objects.js";
import type { Change } from "../../sources/raw-changes.js";
import type { Repository } from "../../sources/repository.js";
import { type BroughtPairs, broughtPairs } from "./brought.js";
import { earlier, later } from "./moments.js";
import { type BlobQueue, blobQueue } from "./queue.js";

/** The commits looked at: those committed in this time, both ends included, in seconds since 1970; null: all. */
export type Window = { readonly since: number; readonly until: number } | null;

/** One commit that brought a pair, and the blobs that its parents hold at the path. */
export type Bringing = { readonly commit: Moment; readonly before: readonly string[] };

/** What of a history is to be told, and what has to be read for it. */
export type HistoryPlan = {
  /** Every pair of blob and path in the commits looked at. */
  readonly brought: BroughtPairs;
  /** Pairs that earlier runs read, which are to be told though none of the commits looked at now brings them. */
  readonly isTold: (pair: number) => boolean;
  /** For a window: each commit in it that brought a pair. */
  readonly bringings: ReadonlyMap<number, readonly Bringing[]>;
  readonly queue: BlobQueue;
  /** Paths of submodules that are not known yet; their content is in another repository. */
  readonly submodules: readonly string[];
  /** What a partial clone has not got. */
  readonly missing: readonly { readonly blob: string; readonly path: string }[];
  readonly notable: Map<number, Notable>;
  readonly commits: number;
  /** What will have been read whole once everything in the queue was. */
  readonly whole: Whole;
  /** Whether only what is new since the cache was written was asked of git. */
  readonly isGrown: boolean;
};

/** Stands for the blob of every submodule, however often it moves. */
export const SUBMODULE = "submodule";

/** What has to be read, given what the cache knows; paths that are not taken are not told of. Throws SourceError. */
export async function historyPlan(
  repository: Repository,
  tips: Tips,
  window: Window,
  cache: HistoryCache,
  takes: (path: string) => boolean = () => true,
): Promise<HistoryPlan> {
  const { pairs } = cache;
  const isGrown = window === null && (await hasOnlyGrown(repository, tips, cache.whole));
  const known = isGrown ? cache.whole.tips : [];
  const [reached, absent] = await Promise.all([
    historyCommits(repository, tips.commits, known),
    missingObjects(repository, tips.commits),
  ]);
  const commits = reached.filter(
    ({ date }) => window === null || (date >= window.since && date <= window.until),
  );
  if (window === null && !isGrown) forget(cache);

  const brought = broughtPairs();
  const bringings = new Map<number, Bringing[]>();
  const notable = new Map(cache.notable);
  const queue = blobQueue();
  const submodules: string[] = [];
  const missing: { blob: string; path: string }[] = [];
  const asked = new Set<number>();
  const ask = (pair: number, blob: string, path: string): void => {
    if (asked.has(pair)) return;
    asked.add(pair);
    if (absent.has(blob)) missing.push({ blob, path });
    else queue.add(blob, path);
  };
  const note = (change: Change, commit: Moment | null): void => {
    const { path } = change;
    if (!takes(path)) return;
    const blob = isSubmodule(change) ? SUBMODULE : change.id;
    const pair = pairs.add(blob, path);
    brought.add(pair, commit, isGrown && pairs.isWhole(pair) ? notable.get(pair) : undefined);
    if (window !== null && commit !== null) {
      const bringing = {
        commit,
        before: change.before.filter((entry) => !isSubmodule(entry)).map(({ id }) => id),
      };
      bringings.set(pair, [...(bringings.get(pair) ?? []), bringing]);
    }
    if (pairs.outcome(pair) !== null) return;
    if (blob !== SUBMODULE) {
      ask(pair, blob, path);
      return;
    }
    if (!asked.has(pair)) submodules.push(path);
    asked.add(pair);
  };

  const moments = new Map(commits.map((commit) => [commit.id, momentOf(commit)]));
  for await (const part of historyChanges(repository, commits)) {
    for (const change of part) note(change, moments.get(change.commit ?? "") ?? null);
  }
  if (window === null) {
    const had = new Set(known.length === 0 ? [] : cache.whole.others);
    for (const { ref, object } of tips.others) {
      if (had.has(object.id)) continue;
      const entries: readonly Change[] =
        object.type === "tree"
          ? await treeEntries(repository, object.id)
          : [{ path: ref, mode: "100644", id: object.id, status: "A", commit: null, before: [] }];
      for (const entry of entries) note(entry, null);
    }
  }

  const isTold = (pair: number): boolean => brought.has(pair) || (isGrown && pairs.isWhole(pair));
  const told = [...notable].filter(([pair]) => isTold(pair));
  const again =
    window === null ? ends(told, brought) : told.filter(([, { findings }]) => findings.length > 0);
  for (const [pair, { blob, path }] of again) ask(pair, blob, path);
  return {
    brought,
    isTold,
    bringings,
    queue,
    submodules,
    missing,
    notable,
    commits: commits.length + (isGrown ? cache.whole.commits : 0),
    whole:
      window !== null
        ? cache.whole
        : {
            tips: tips.commits,
            others: tips.others.map(({ object }) => object.id),
            cut: tips.cut,
            commits: commits.length + (isGrown ? cache.whole.commits : 0),
          },
    isGrown,
  };
}

/** A ref that is gone or was moved elsewhere may have taken contents with it: then all is asked of git again. */
async function hasOnlyGrown(repository: Repository, tips: Tips, whole: Whole): Promise<boolean> {
  if (whole.tips.length === 0 || whole.cut.join() !== tips.cut.join()) return false;
  const others = new Set(tips.others.map(({ object }) => object.id));
  if (!whole.others.every((id) => others.has(id))) return false;
  return isWithin(repository, whole.tips, tips.commits);
}

function forget({ pairs }: HistoryCache): void {
  for (let pair = 0; pair < pairs.size(); pair++) pairs.setWhole(pair, false);
}

function momentOf({ id, date }: HistoryCommit): Moment {
  return [date, id];
}

/**
 * Of the versions of a file that hold a finding, the first says where it came from and the last whether it is
 * allowed; what lies between is not read again.
 */
function ends(
  told: readonly (readonly [number, Notable])[],
  brought: BroughtPairs,
): readonly (readonly [number, Notable])[] {
  type End = { readonly entry: readonly [number, Notable]; readonly at: Moment | null };
  const firsts = new Map<number, End>();
  const lasts = new Map<number, End>();
  for (const entry of told) {
    const { first, last } = brought.get(entry[0]) ?? entry[1];
    for (const finding of entry[1].findings) {
      const known = firsts.get(finding);
      if (known === undefined || earlier(known.at, first) !== known.at)
        firsts.set(finding, { entry, at: first });
      const latest = lasts.get(finding);
      if (latest === undefined || later(latest.at, last) !== latest.at)
        lasts.set(finding, { entry, at: last });
    }
  }
  return [...firsts.values(), ...lasts.values()].map(({ entry }) => entry);
}
