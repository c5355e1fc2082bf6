import type { HistoryCache, Notable } from "../../cache/history-cache.js";
import type { Reads } from "./given.js";

const NOTHING: ReadonlySet<string> = new Set();

/**
 * The cache's numbers of findings with the fingerprints that this run learnt of them, and new ones for the others. In
 * the cache itself only numbers stand, for a fingerprint holds a little of a secret's hash.
 */
export function numberedFindings(
  cached: ReadonlyMap<number, Notable>,
  reads: Reads,
): {
  readonly names: ReadonlyMap<number, string>;
  readonly numberOf: (fingerprint: string) => number;
} {
  const names = new Map<number, string>();
  const numbers = new Map<string, number>();
  let next = 0;
  for (const { findings } of cached.values())
    for (const number of findings) next = Math.max(next, number + 1);
  for (const [pair, read] of reads) {
    for (const [index, number] of (cached.get(pair)?.findings ?? []).entries()) {
      const fingerprint = read?.fingerprints[index];
      if (fingerprint === undefined) continue;
      names.set(number, fingerprint);
      if (!numbers.has(fingerprint)) numbers.set(fingerprint, number);
    }
  }
  return {
    names,
    numberOf(fingerprint) {
      const number = numbers.get(fingerprint) ?? next++;
      numbers.set(fingerprint, number);
      return number;
    },
  };
}

/** The fingerprints of what stands in a content; null: it has to be read to tell. */
export function heldIn(
  { pairs, notable }: HistoryCache,
  reads: Reads,
  names: ReadonlyMap<number, string>,
  blob: string,
  path: string,
): ReadonlySet<string> | null {
  const pair = pairs.find(blob, path);
  if (pair < 0 || pairs.outcome(pair) === null) return null;
  const read = reads.get(pair);
  if (read !== undefined) return new Set(read?.fingerprints ?? []);
  const known = notable.get(pair)?.findings ?? [];
  if (known.length === 0) return NOTHING;
  const fingerprints = known.flatMap((number) => names.get(number) ?? []);
  return fingerprints.length < known.length ? null : new Set(fingerprints);
}
