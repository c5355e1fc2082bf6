import { type Ends, endsIn } from "./heads.js";
import { isLedgerFolder } from "./ledger-folder.js";
import { type LedgerProblem, readSegment } from "./read-segment.js";
import type { LedgerRecord } from "./record.js";

export { bodyOf } from "./bodies.js";
export { type Push, pushesOf } from "./pushes.js";
export type { LedgerProblem } from "./read-segment.js";
export { verifyLedger } from "./verify-ledger.js";

/** From when to when, in milliseconds, both included. */
export type LedgerWindow = { readonly since?: number; readonly until?: number };

/**
 * All records of the window, in order of time, then writer and place. A segment that lies outside it is not read, and
 * what may be wrong with it not told: `verifyLedger` looks at all.
 */
export function readLedger(
  folder: string,
  window: LedgerWindow = {},
): { readonly records: readonly LedgerRecord[]; readonly problems: readonly LedgerProblem[] } {
  if (!isLedgerFolder(folder)) return { records: [], problems: [] };
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = window;
  const records: LedgerRecord[] = [];
  const problems: LedgerProblem[] = [];
  for (const ends of endsIn(folder)) {
    if (liesOutside(ends, since, until)) continue;
    const segment = readSegment(folder, ends.file);
    for (const record of segment?.records ?? []) {
      const at = Date.parse(record.at);
      if (at >= since && at <= until) records.push(record);
    }
    problems.push(...(segment?.problems ?? []));
  }
  // Segments come in order of writer and place, and sorting leaves equal ones as they were.
  records.sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.writer < b.writer ? -1 : a.writer > b.writer ? 1 : 0,
  );
  return { records, problems };
}

function liesOutside({ first, last, isWhole }: Ends, since: number, until: number): boolean {
  if (first === null || last === null || !isWhole) return false;
  return Date.parse(last.at) < since || Date.parse(first.at) > until;
}
