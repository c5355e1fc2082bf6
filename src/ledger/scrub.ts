import { removeBody } from "./bodies.js";
import type { Ledger } from "./ledger.js";
import { readLedger } from "./read-ledger.js";

/** What scrubbing did: `pushes` had this body, `freed` bytes went; or why it could not. */
export type Scrubbed =
  | { readonly done: true; readonly hash: string; readonly pushes: number; readonly freed: number }
  | { readonly done: false; readonly message: string };

/**
 * Deletes the text of a push's body; its hash and its records stay, and the chain holds. The record that says so is on
 * disk first: stopped in between, the next time goes on with it. Throws a LedgerError.
 */
export async function scrubBody(
  folder: string,
  ledger: Ledger,
  recordId: string,
  reason: string,
): Promise<Scrubbed> {
  const { records } = readLedger(folder);
  const push = records.find((record) => record.kind === "push" && record.record_id === recordId);
  if (push?.kind !== "push") return { done: false, message: `No push has the id ${recordId}.` };
  const { hash } = push;
  if (hash === null) return { done: false, message: `The push ${recordId} has no body: it did not leave.` };
  const isKnown = records.some((record) => record.kind === "scrub" && record.hash === hash);
  const freed = (): number => removeBody(folder, hash);
  if (!isKnown) await ledger.append([{ kind: "scrub", record_id: recordId, hash, reason }]);
  const pushes = records.filter((record) => record.kind === "push" && record.hash === hash).length;
  return { done: true, hash, pushes, freed: freed() };
}
