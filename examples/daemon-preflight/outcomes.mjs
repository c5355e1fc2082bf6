// What became of each push, for the ledger: told to the gate until it has it, again after a crash on either side.
import { GateGone } from "./gate.mjs";

/** JSON-RPC's code for a question that will never be right. */
const INVALID_PARAMS = -32602;

export function openOutcomes({ gate, queue, peer }) {
  const asking = new Set();
  const failed = new Set();
  const complained = new Set();

  /** Tells what the ledger does not know yet. Telling something twice changes nothing there. */
  function tell() {
    for (const [id, outcome] of queue.untold) {
      if (asking.has(id)) continue;
      asking.add(id);
      report(id, outcome).then(
        () => asking.delete(id),
        (error) => {
          asking.delete(id);
          if (!(error instanceof GateGone)) throw error;
        },
      );
    }
  }

  async function report(id, outcome) {
    try {
      if (outcome.sent === undefined)
        await gate.ask("preflight.failed", { record_id: id, error: outcome.why });
      else await gate.ask("preflight.sent", { record_id: id, mothership: peer.mothership, at: outcome.at });
    } catch (error) {
      if (error instanceof GateGone) throw error;
      if (!complained.has(id)) console.log(`the ledger did not take what became of ${id}: ${error.message}`);
      complained.add(id);
      // A record that the ledger does not have stays unknown. Whatever else it is (a full disk, a fault) passes.
      if (error.code !== INVALID_PARAMS) return;
    }
    // It may have become something else meanwhile: withdrawn while it was on its way, and received.
    if (queue.untold.get(id) === outcome) queue.told(id);
  }

  /** An attempt that failed and will be made again; told once for each push, however long the Mothership is away. */
  function attemptFailed(ids, why) {
    for (const id of ids.filter((id) => !failed.has(id))) {
      failed.add(id);
      gate.ask("preflight.failed", { record_id: id, error: why }).catch(() => failed.delete(id));
    }
  }

  return { tell, attemptFailed };
}
