import { NOTHING_WHOLE, writeHistoryCache } from "../../cache/history-cache.js";
import type { Given, Reads } from "./given.js";

/** Writes down for later runs what this one knows. */
export function keepWhatIsKnown(
  { window, cache, plan, keep }: Given,
  reads: Reads,
  unkept: ReadonlySet<number>,
  numberOf: (fingerprint: string) => number,
): void {
  if (keep === null) return;
  const { pairs } = cache;
  const notable = new Map(plan.notable);
  for (const [pair, read] of reads) {
    if (read === null) continue;
    const { blob, path, skips } = read;
    const before = cache.notable.get(pair);
    const findings = read.fingerprints.map(numberOf);
    // A window knows only its own commits: what a whole run knew of the others stays.
    const ends = window !== null && before !== undefined ? before : (plan.brought.get(pair) ?? before);
    notable.set(pair, { blob, path, skips, findings, first: ends?.first ?? null, last: ends?.last ?? null });
  }
  for (const [pair, known] of window === null ? notable : []) {
    const ends = plan.brought.get(pair);
    if (ends !== undefined) notable.set(pair, { ...known, ...ends });
  }
  let { whole } = cache;
  if (window === null) {
    const all = [...plan.brought.pairs()];
    const isWhole = unkept.size === 0 && all.every((pair) => pairs.outcome(pair) !== null);
    if (isWhole) for (const pair of all) pairs.setWhole(pair, true);
    whole = isWhole ? plan.whole : plan.isGrown ? whole : NOTHING_WHOLE;
  }
  // What is not kept was not read whole.
  if ([...unkept].some((pair) => pairs.isWhole(pair))) whole = NOTHING_WHOLE;
  const isSame = JSON.stringify(whole) === JSON.stringify(cache.whole);
  if (isSame && [...reads.keys()].every((pair) => cache.notable.has(pair))) return;
  const isPruned = window === null && !plan.isGrown;
  writeHistoryCache(keep.folder, keep.digest, { pairs, notable, whole }, (pair) =>
    unkept.has(pair) ? false : !isPruned || plan.brought.has(pair),
  );
}
