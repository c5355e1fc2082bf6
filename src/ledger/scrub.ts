import { removeBody } from "./bodies.js";
import type { Ledger } from "./ledger.js";
import { readLedger } from "./read-ledger.js";
import { layTombstone } from "./tombstones.js";

/** What scrubbing did: `pushes` had this body, `freed` bytes went; when it was scrubbed before; or why it could not. */
export type Scrubbed =
  | {
      readonly done: true;
      readonly hash: string;
      readonly pushes: number;
      readonly freed: number;
      readonly before: { readonly at: string; readonly reason: string } | null;
    }
  | { readonly done: false; readonly message: string };

/**
 * Deletes the text of a push's body for good; its hash and its records stay, and the chain holds. A tombstone is laid
 * first, so that the text is not kept again, then the record that says so, and then the text goes: stopped in between, the
 * next time, or the next compaction, goes on with it. Throws a LedgerError.
 */
export async function scrubBody(
  folder: string,
  ledger: Ledger,
  recordId: string,
  reason: string,
  now: () => number = Date.now,
): Promise<Scrubbed> {
  const { records } = readLedger(folder);
  const push = records.find((record) => record.kind === "push" && record.record_id === recordId);
  if (push?.kind !== "push") return { done: false, message: `No push has the id ${recordId}.` };
  const { hash } = push;
  if (hash === null) return { done: false, message: `The push ${recordId} has no body: it did not leave.` };
  const known = records.find((record) => record.kind === "scrub" && record.hash === hash);
  layTombstone(folder, hash, known?.at ?? new Date(now()).toISOString());
  if (known === undefined) await ledger.append([{ kind: "scrub", record_id: recordId, hash, reason }]);
  const freed = removeBody(folder, hash);
  const pushes = records.filter((record) => record.kind === "push" && record.hash === hash).length;
  const before = known?.kind === "scrub" ? { at: known.at, reason: known.reason } : null;
  return { done: true, hash, pushes, freed, before };
}
