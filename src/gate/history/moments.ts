import type { Moment } from "../../cache/history-cache.js";

/** Below zero if `a` comes before `b`: by date, and in the same second by the commits' ids, so that all runs agree. */
function compare(a: Moment, b: Moment): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}

/** The earlier of two; what no commit brought has no time, and gives way. Of two that are equal, `a`. */
export function earlier(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) <= 0 ? a : b;
}

/** The later of two; what no commit brought has no time, and gives way. Of two that are equal, `a`. */
export function later(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) >= 0 ? a : b;
}
