import type { CacheFolder } from "../../cache/cache-folder.js";
import type { HistoryCache } from "../../cache/history-cache.js";
import type { HistoryPlan, Window } from "./plan.js";

/** A run over a history: what is looked at, what was known before, and where what is learnt is kept. */
export type Given = {
  readonly window: Window;
  readonly cache: HistoryCache;
  readonly plan: HistoryPlan;
  readonly keep: { readonly folder: CacheFolder; readonly digest: string } | null;
};

/** What was found and skipped in one version that was read in this run. */
export type Read = {
  readonly blob: string;
  readonly path: string;
  /** The path as reports show it: without a secret that stands in it. */
  readonly shown: string;
  readonly fingerprints: readonly string[];
  readonly skips: readonly string[];
};

/** What this run read, by pair; null: there was nothing to tell of it. */
export type Reads = ReadonlyMap<number, Read | null>;
