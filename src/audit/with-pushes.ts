import { inOrder } from "../gate/history/sum.js";
import type { Collector } from "../gate/run-scan.js";
import { LEDGER_FOLDER } from "../gate/service/repository-ledger.js";
import type { Skipped } from "../report/report.js";
import type { Engine } from "../scan/engine.js";
import { damageIn, goneLedger, ledgerAt, verified } from "./ledger-at.js";
import { pushesWithin, type Window } from "./selection.js";
import { verifyAgain } from "./verify-again.js";
import { wireBodies } from "./wire-bodies.js";

/** What of a run over a history the pushes have a part in. */
export type HistoryPart = { readonly collector: Collector; readonly nothing: string };

/**
 * The run over a history, with the pushes of the same time: each is verified again when the commits are done. The same run
 * where no ledger was ever kept; one that is gone is told, and makes it incomplete. Throws `LedgerError`.
 */
export function withPushes<Run extends HistoryPart>(
  run: Run,
  engine: Engine,
  place: { readonly root: string; readonly gitDir: string },
  window: Window,
): Run {
  const ledger = ledgerAt(place.root);
  const gone = goneLedger(place.root, place.gitDir);
  if (gone !== null) return withSkipped(run, { path: LEDGER_FOLDER, reason: gone, incomplete: true });
  if (ledger === null) return run;
  const { collector } = run;
  const both: Collector = {
    ...collector,
    async total(outOfTime) {
      const commits = await collector.total(outOfTime);
      const pushes = pushesWithin(ledger.pushes, window);
      const again = await verifyAgain(engine, pushes, wireBodies(ledger.folder), outOfTime);
      return {
        ...commits,
        located: [...commits.located, ...again.located],
        skipped: inOrder([...commits.skipped, ...damageOf(ledger.folder, place.gitDir), ...again.skipped]),
        bytes: commits.bytes + again.bytes,
        pushes: again.pushes,
      };
    },
  };
  const when = window.since === null && window.until === null ? "" : " of that time";
  return { ...run, collector: both, nothing: `${run.nothing}, and no push${when} is in the ledger` };
}

function withSkipped<Run extends HistoryPart>(run: Run, skipped: Skipped): Run {
  const collector: Collector = {
    ...run.collector,
    async total(outOfTime) {
      const commits = await run.collector.total(outOfTime);
      return { ...commits, skipped: [...commits.skipped, skipped] };
    },
  };
  return { ...run, collector };
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
