import path from "node:path";
import { LEDGER_FOLDER, ledgerKeyFile, ledgerWitnessFile } from "../gate/service/repository-ledger.js";
import { knownAuditKey } from "../ledger/key.js";
import { isLedgerFolder } from "../ledger/ledger-folder.js";
import { type Push, pushesOf } from "../ledger/pushes.js";
import { type LedgerProblem, readLedger } from "../ledger/read-ledger.js";
import type { LedgerRecord } from "../ledger/record.js";
import { type Verification, verifyLedger } from "../ledger/verify-ledger.js";
import { readWitness } from "../ledger/witness.js";

/** A ledger that was read. */
export type LedgerRead = {
  readonly folder: string;
  readonly records: readonly LedgerRecord[];
  readonly pushes: readonly Push[];
  readonly problems: readonly LedgerProblem[];
};

/** The ledger of the repository or folder at `root`; null where none was ever kept. Throws `LedgerError`. */
export function ledgerAt(root: string): LedgerRead | null {
  const folder = path.join(root, LEDGER_FOLDER);
  if (!isLedgerFolder(folder)) return null;
  const { records, problems } = readLedger(folder);
  return { folder, records, pushes: pushesOf(records), problems };
}

/**
 * That a ledger was kept at `root` and is gone altogether, in words; null where it is there, or where nobody knows of one.
 * Throws `LedgerError`.
 */
export function goneLedger(root: string, gitDir: string | null): string | null {
  const folder = path.join(root, LEDGER_FOLDER);
  if (isLedgerFolder(folder)) return null;
  const witness = ledgerWitnessFile(folder, gitDir);
  const count = Object.keys(readWitness(witness) ?? {}).length;
  if (count === 0) return null;
  return `the ledger (${LEDGER_FOLDER}) is gone, and with it ${count === 1 ? "a segment" : `${count} segments`} that its witness knows (${witness}): what left by Live Sync cannot be told. Put the folder back; if it was removed on purpose, remove the witness, too`;
}

/** What is no more than the half line of a writer that was stopped: nothing that anybody relied on is lost with it. */
export function damageIn(problems: readonly LedgerProblem[]): readonly LedgerProblem[] {
  return problems.filter(({ what }) => what !== "torn");
}

/** Looks at the whole ledger, with `bodies` at these too. Throws `LedgerError`. */
export function verified(folder: string, gitDir: string | null, bodies: boolean): Verification {
  const key = knownAuditKey(ledgerKeyFile(folder, gitDir));
  const witness = ledgerWitnessFile(folder, gitDir);
  return verifyLedger(folder, key === null ? null : () => key, { bodies, witness });
}
