import { createHmac, timingSafeEqual } from "node:crypto";
import type { CacheFolder } from "./cache-folder.js";
import { type PairTable, pairTable } from "./pair-table.js";

/** A commit and when it was made, in seconds since 1970: the smaller of two is the earlier. */
export type Moment = readonly [date: number, commit: string];

/** A pair of which there is something to tell. */
export type Notable = {
  readonly blob: string;
  /** Holds no secret: a pair whose path does is not kept. */
  readonly path: string;
  /** Why something of it was not read. */
  readonly skips: readonly string[];
  /** The findings in it, by numbers that mean nothing outside of this file: equal for the same finding. */
  readonly findings: readonly number[];
  /** When a commit brought the pair first and last; null where no commit did. */
  readonly first: Moment | null;
  readonly last: Moment | null;
};

/** What earlier runs with the same rules and settings learnt of a repository's history. */
export type HistoryCache = {
  readonly pairs: PairTable;
  readonly notable: ReadonlyMap<number, Notable>;
  readonly whole: Whole;
};

/** What was read to its last object. */
export type Whole = {
  /** All that is reached from these commits, and the tags of files and folders with these ids. */
  readonly tips: readonly string[];
  readonly others: readonly string[];
  /** Where the clone was cut off then: a history that has grown backwards was not read whole. */
  readonly cut: readonly string[];
  readonly commits: number;
};

/** Nothing was read whole yet. */
export const NOTHING_WHOLE: Whole = { tips: [], others: [], cut: [], commits: 0 };

/** More pairs than these are not kept: 112 MB. */
const MOST_PAIRS = 4_000_000;

const HMAC = 32;

/** What is known where nothing is kept; the key is any 32 bytes. */
export function emptyHistory(key: Buffer): HistoryCache {
  return { pairs: pairTable(key), notable: new Map(), whole: NOTHING_WHOLE };
}

/** What is kept for this digest, or an empty cache: also where the file is torn, foreign or not signed by us. */
export function readHistoryCache(folder: CacheFolder, digest: string): HistoryCache {
  const content = folder.read(nameOf(digest));
  if (content === null || content.length < HMAC) return emptyHistory(folder.key);
  const body = content.subarray(0, content.length - HMAC);
  if (!timingSafeEqual(signature(folder, digest, body), content.subarray(body.length)))
    return emptyHistory(folder.key);
  // The signature is ours, so the form is what `writeHistoryCache` wrote.
  const end = body.indexOf(10);
  const head = JSON.parse(body.toString("utf8", 0, end)) as Head;
  const pairs = pairTable(folder.key, body.subarray(end + 1));
  return { pairs, notable: new Map(head.notable), whole: head.whole };
}

type Head = { readonly whole: Whole; readonly notable: readonly (readonly [number, Notable])[] };

/**
 * Keeps what is known of the pairs that `isKept` names; whether it could. What is kept: keyed hashes, numbers, ids of
 * commits and blobs, and paths that hold no secret; never a secret, nor anything that is made from one.
 */
export function writeHistoryCache(
  folder: CacheFolder,
  digest: string,
  cache: HistoryCache,
  isKept: (pair: number) => boolean,
): boolean {
  const { pairs } = cache;
  const notable: [number, Notable][] = [];
  const kept: number[] = [];
  for (let pair = 0; pair < pairs.size(); pair++) {
    if (pairs.outcome(pair) === null || !isKept(pair)) continue;
    const more = cache.notable.get(pair);
    if (more !== undefined) notable.push([kept.length, more]);
    kept.push(pair);
  }
  if (kept.length > MOST_PAIRS) return false;
  const head: Head = { whole: cache.whole, notable };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), pairs.saved(kept)]);
  return folder.write(nameOf(digest), Buffer.concat([body, signature(folder, digest, body)]));
}

function nameOf(digest: string): string {
  return `history-${digest.slice(0, 32)}`;
}

function signature({ key }: CacheFolder, digest: string, body: Buffer): Buffer {
  return createHmac("sha256", key).update(digest).update(body).digest();
}
