import { findPush } from "../audit/find-record.js";
import { goneLedger, type LedgerRead, ledgerAt, verified } from "../audit/ledger-at.js";
import { LEDGER_FOLDER } from "../gate/service/repository-ledger.js";
import type { Push } from "../ledger/pushes.js";
import type { LedgerProblem } from "../ledger/read-ledger.js";
import type { Verification } from "../ledger/verify-ledger.js";
import { visible } from "../report/visible.js";
import { counted } from "../report/words.js";
import { type Repository, repositoryOf } from "../sources/repository.js";
import { SourceError } from "../sources/source.js";
import { UsageError } from "./exit.js";
import type { Terminal } from "./terminal.js";

/** The ledger of the repository or folder that a command is called in. */
export type LedgerHere = LedgerRead & { readonly root: string; readonly repository: Repository | null };

/** That ledger. Throws `SourceError` where there is none: what nobody wrote down is no reason to say that all is fine. */
export async function ledgerHere(cwd: string): Promise<LedgerHere> {
  const repository = await repositoryOf(cwd);
  const root = repository?.root ?? cwd;
  const ledger = ledgerAt(root);
  if (ledger !== null) return { ...ledger, root, repository };
  const gone = goneLedger(root, repository?.gitDir ?? null);
  if (gone !== null) throw new SourceError("incomplete", gone);
  const words = `no ledger is kept here (${LEDGER_FOLDER}): nothing is known of what left by Live Sync, which is not to say that nothing did`;
  throw new SourceError("incomplete", words);
}

/** Looks at the whole ledger, with `bodies` at these too. Throws `LedgerError`. */
export function verifiedHere({ folder, repository }: LedgerHere, bodies: boolean): Verification {
  return verified(folder, repository?.gitDir ?? null, bodies);
}

/** Tells what is wrong with the ledger, if anything is, on the terminal's error stream. */
export function tellProblems(problems: readonly LedgerProblem[], terminal: Terminal): void {
  for (const { what, message } of problems)
    terminal.err(`aura-scan: the ledger (${what}): ${visible(message)}\n`);
}

/** So many candidates fit a screen. */
const MOST_CANDIDATES = 20;

/** The push that a record's id, or its beginning, names. Throws `UsageError` that lists the candidates of several. */
export function pushNamed(pushes: readonly Push[], id: string, terminal: Terminal): Push {
  const found = findPush(pushes, id);
  switch (found.what) {
    case "push":
      return found.push;
    case "none":
      throw new UsageError("no push in the ledger has this id; aura-scan audit lists them all");
    case "several": {
      for (const { record } of found.candidates.slice(0, MOST_CANDIDATES))
        terminal.err(`${record.record_id} ${record.at} ${visible(record.aura_id)}\n`);
      const more = found.candidates.length - MOST_CANDIDATES;
      if (more > 0) terminal.err(`and ${more} more\n`);
      throw new UsageError(
        `${counted(found.candidates.length, "push", "pushes")} begin with this id: give more of it`,
      );
    }
  }
}
