import type { LedgerRecord } from "./record.js";

/**
 * What the ledger noted of clocks that went back: how often, how many records were written while one was behind, and by
 * how much at most. Their times are those of the record before, so that the order holds.
 */
export type ClockBack = { readonly times: number; readonly records: number; readonly most_ms: number };

/** Counts that over records in the order of each writer. */
export function clockBackCounter(): {
  readonly look: (record: LedgerRecord) => void;
  readonly told: () => ClockBack;
} {
  let [times, records, most] = [0, 0, 0];
  const behind = new Set<string>();
  return {
    look({ writer, clock_back_ms: back = 0 }) {
      if (back <= 0) {
        behind.delete(writer);
        return;
      }
      if (!behind.has(writer)) times++;
      behind.add(writer);
      records++;
      most = Math.max(most, back);
    },
    told: () => ({ times, records, most_ms: most }),
  };
}
