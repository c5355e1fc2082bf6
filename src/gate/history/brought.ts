import type { Moment } from "../../cache/history-cache.js";
import { earlier, later } from "./moments.js";

/** When a commit brought a pair of blob and path first and last; null: no commit did, but a tag. */
export type Brought = { readonly first: Moment | null; readonly last: Moment | null };

/** Which pairs, by their numbers, were brought, and when; a few bytes for each. */
export type BroughtPairs = {
  readonly has: (pair: number) => boolean;
  readonly get: (pair: number) => Brought | undefined;
  /** Notes that it was brought at this moment too; `before` is what was known of a pair that is not here yet. */
  readonly add: (pair: number, moment: Moment | null, before: Brought | undefined) => void;
  readonly pairs: () => Iterable<number>;
};

/** No pair yet. */
export function broughtPairs(): BroughtPairs {
  // Number 0 is no pair, and 1 is no moment.
  const moments: (Moment | null)[] = [null, null];
  const numbers = new Map<Moment | null, number>([[null, 1]]);
  let firsts = new Int32Array(1 << 10);
  let lasts = new Int32Array(1 << 10);
  const has = (pair: number): boolean => (firsts[pair] ?? 0) > 0;
  const get = (pair: number): Brought | undefined =>
    has(pair)
      ? { first: moments[firsts[pair] ?? 0] ?? null, last: moments[lasts[pair] ?? 0] ?? null }
      : undefined;
  function numberOf(moment: Moment | null): number {
    const number = numbers.get(moment) ?? moments.push(moment) - 1;
    numbers.set(moment, number);
    return number;
  }
  return {
    has,
    get,
    add(pair, moment, before) {
      if (pair >= firsts.length) {
        firsts = grown(firsts, pair);
        lasts = grown(lasts, pair);
      }
      const known = get(pair) ?? before;
      firsts[pair] = numberOf(known === undefined ? moment : earlier(known.first, moment));
      lasts[pair] = numberOf(known === undefined ? moment : later(known.last, moment));
    },
    *pairs() {
      for (let pair = 0; pair < firsts.length; pair++) if (has(pair)) yield pair;
    },
  };
}

function grown(column: Int32Array<ArrayBuffer>, pair: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * Math.max(column.length, pair));
  larger.set(column);
  return larger;
}
