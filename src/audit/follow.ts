import { statSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { segmentPath, segmentsIn } from "../ledger/ledger-folder.js";
import { readLedger } from "../ledger/read-ledger.js";
import type { LedgerRecord } from "../ledger/record.js";

/** Fast for whoever watches, and next to nothing for the machine: a list of files and their sizes. In milliseconds. */
const EVERY = 400;

/** A writer's clock may be behind another's: so far back is looked for what is new. In milliseconds. */
const BACK = 300_000;

/**
 * What is written to the ledger in `folder` from now on, as it comes; ends when the signal says so. `known` is what was
 * told already. Throws `LedgerError`.
 */
export async function* followed(
  folder: string,
  known: readonly LedgerRecord[],
  signal: AbortSignal,
): AsyncGenerator<readonly LedgerRecord[]> {
  let latest = latestOf(known, 0);
  let told = new Set(known.filter(({ at }) => Date.parse(at) >= latest - BACK).map(({ chain }) => chain));
  // What was known before anybody looked at the sizes may have grown already.
  let sizes = "";
  while (!signal.aborted) {
    const now = sizesIn(folder);
    if (now !== sizes) {
      sizes = now;
      const { records } = readLedger(folder, { since: latest - BACK });
      const fresh = records.filter(({ chain }) => !told.has(chain));
      latest = latestOf(records, latest);
      told = new Set(records.map(({ chain }) => chain));
      if (fresh.length > 0) yield fresh;
    }
    await pause(EVERY, undefined, { signal }).catch(() => undefined);
  }
}

function latestOf(records: readonly LedgerRecord[], otherwise: number): number {
  return records.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), otherwise);
}

function sizesIn(folder: string): string {
  return segmentsIn(folder)
    .map(({ name }) => `${name} ${statSync(segmentPath(folder, name), { throwIfNoEntry: false })?.size ?? 0}`)
    .join("\n");
}
