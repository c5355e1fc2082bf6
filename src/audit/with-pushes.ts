import type { Collector } from "../gate/run-scan.js";
import { LEDGER_FOLDER } from "../gate/service/repository-ledger.js";
import type { Skipped } from "../report/report.js";
import type { Engine } from "../scan/engine.js";
import { damageIn, ledgerAt, verified } from "./ledger-at.js";
import { pushesWithin, type Window } from "./selection.js";
import { verifyAgain } from "./verify-again.js";
import { wireBodies } from "./wire-bodies.js";

/**
 * The collector of a history, with the pushes of the same time: each is verified again when the commits are done. The same
 * collector where no ledger was ever kept. Throws `LedgerError`.
 */
export function withPushes(
  collector: Collector,
  engine: Engine,
  place: { readonly root: string; readonly gitDir: string },
  window: Window,
): Collector {
  const ledger = ledgerAt(place.root);
  if (ledger === null) return collector;
  return {
    collect: collector.collect,
    async total() {
      const commits = await collector.total();
      const again = await verifyAgain(engine, pushesWithin(ledger.pushes, window), wireBodies(ledger.folder));
      return {
        ...commits,
        located: [...commits.located, ...again.located],
        skipped: [...commits.skipped, ...damageOf(ledger.folder, place.gitDir), ...again.skipped],
        bytes: commits.bytes + again.bytes,
        pushes: again.pushes,
      };
    },
  };
}

/** What a damaged ledger has lost may be the very push that leaked. */
function damageOf(folder: string, gitDir: string): readonly Skipped[] {
  // The bodies of the window are read anyway.
  const { ok, problems } = verified(folder, gitDir, false);
  if (ok) return [];
  return damageIn(problems).map(({ message }) => ({
    path: LEDGER_FOLDER,
    reason: `the ledger does not verify: ${message}`,
    incomplete: true,
  }));
}
