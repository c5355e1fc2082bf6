import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { compactLedger } from "../../src/ledger/compact.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import type { Entry } from "../../src/ledger/record.js";
import type { Keep } from "../../src/ledger/retention.js";
import { KEY, ledgerIn } from "./ledgers.js";

export const DAY = 86_400_000;

/** When compaction runs in a test. */
export const NOW = Date.UTC(2025, 5, 1);

/** Writes as somebody who was at work so many days ago; the name of the segment, which is closed. */
export async function writtenBefore(
  folder: string,
  days: number,
  entries: readonly Entry[],
): Promise<string> {
  const ledger = await ledgerIn(folder, { now: () => NOW - days * DAY });
  await ledger.append(entries);
  await ledger.close();
  return `${ledger.writer}-000001`;
}

/** Writes as somebody who was at work just now: from there age is counted back. */
export async function writtenNow(folder: string): Promise<void> {
  await writtenBefore(folder, 0, []);
}

/** Makes the bodies so old that nobody is about to name them any more. */
export function ageBodies(folder: string): void {
  const long = new Date(Date.now() - DAY);
  for (const shelf of readdirSync(join(folder, "bodies")))
    for (const file of readdirSync(join(folder, "bodies", shelf)))
      utimesSync(join(folder, "bodies", shelf, file), long, long);
}

export const compactNow = (folder: string, ledger: Ledger, keep: Keep, key = KEY) =>
  compactLedger(
    folder,
    ledger,
    () => key,
    keep,
    () => NOW,
  );
