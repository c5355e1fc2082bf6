import path from "node:path";
import { compactLedger } from "../../ledger/compact.js";
import { auditKey } from "../../ledger/key.js";
import { type Ledger, type LedgerOptions, openLedger } from "../../ledger/ledger.js";
import { type Push, pushesOf } from "../../ledger/pushes.js";
import { readLedger } from "../../ledger/read-ledger.js";
import { RECORD_ID } from "../../ledger/record-id.js";
import type { AuditKeeping } from "../../settings/settings.js";

/** What of a ledger the service uses. */
export type LedgerPort = Pick<Ledger, "append" | "keepBody" | "newRecordId" | "close">;

/** A ledger that is opened when it is first needed, and what others wrote into it. */
export type LedgerDoor = {
  /** Rejects with a `LedgerError`. */
  readonly open: (opening: LedgerOptions["open"], keeping: AuditKeeping) => Promise<LedgerPort>;
  /** The push of this record, whoever wrote it; null where there is none. Throws `LedgerError`. */
  readonly find: (recordId: string) => Push | null;
};

/** Where a repository's ledger lies, relative to its root. */
export const LEDGER_FOLDER = ".aura/live/audit";

/** An id's time and its record's differ by less than this, in milliseconds. */
const NEAR = 60_000;

/** Where the key lies that signs what compaction drops: in git's own folder, which no clone brings along, where there is one. */
export function ledgerKeyFile(folder: string, gitDir: string | null): string {
  return gitDir === null ? path.join(folder, "key") : path.join(gitDir, "aura-scan-audit-key");
}

/** Where the witness of its segments lies: beside the key, so that it outlives the ledger's folder where there is a repository. */
export function ledgerWitnessFile(folder: string, gitDir: string | null): string {
  return gitDir === null ? path.join(folder, "witness") : path.join(gitDir, "aura-scan-audit-witness");
}

/**
 * The ledger of the repository at `root`. Its key lies in git's own folder, which no clone brings along, where there is
 * one. `drops`: what is older or more than the settings keep goes when it is opened; that reads all of it.
 */
export function repositoryLedger(
  root: string,
  gitDir: string | null,
  { drops }: { readonly drops: boolean } = { drops: false },
): LedgerDoor {
  const folder = path.join(root, LEDGER_FOLDER);
  const keyFile = ledgerKeyFile(folder, gitDir);
  const witness = ledgerWitnessFile(folder, gitDir);
  return {
    async open(open, keeping) {
      const key = () => auditKey(keyFile);
      const ledger = await openLedger({ folder, open, key, witness });
      if (!drops) return ledger;
      try {
        const { keep_days: days, keep_bytes: bytes } = keeping;
        await compactLedger(folder, ledger, key, { days: days || null, bytes: bytes || null });
        return ledger;
      } catch (error) {
        await ledger.close();
        throw error;
      }
    },
    find(recordId) {
      if (!RECORD_ID.test(recordId)) return null;
      const at = timeOf(recordId);
      const since = at - NEAR;
      // Most that are not known are not there at all: only for one that is, all that followed is read.
      const isIn = (push: Push): boolean => push.record.record_id === recordId;
      if (!pushesOf(readLedger(folder, { since, until: at + NEAR }).records).some(isIn)) return null;
      return pushesOf(readLedger(folder, { since }).records).find(isIn) ?? null;
    },
  };
}

/** The time that a record's id begins with, in milliseconds. */
function timeOf(recordId: string): number {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return [...recordId.slice(0, 10)].reduce((time, digit) => time * 32 + digits.indexOf(digit), 0);
}
