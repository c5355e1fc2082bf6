import type { Push } from "../../ledger/pushes.js";
import type { StateEntry } from "../../ledger/record.js";
import { INVALID_PARAMS, RpcFault } from "../json-rpc.js";

/** What becomes of pushes, each told once. */
export type Deliveries = {
  /** A push that may leave, and to which Mothership it is meant to go. */
  readonly cleared: (recordId: string, mothership: string | null) => void;
  /**
   * Writes down that a push was sent, or was not. False where that was known: a daemon that is not sure tells again.
   * Rejects with an `RpcFault` where no such push was cleared, and with a `LedgerError`.
   */
  readonly tell: (
    entry: Omit<StateEntry, "kind" | "mothership">,
    mothership: string | null,
  ) => Promise<boolean>;
};

/** So many pushes are remembered; others are looked up in the ledger. */
const MOST_REMEMBERED = 100_000;

/** What is remembered of a push: what was told of it, each with when it is on disk. */
type Remembered = { readonly mothership: string | null; readonly told: Map<string, Promise<unknown>> };

/** The deliveries that `append` writes down; `find` looks up a push that is not remembered. */
export function deliveries(
  append: (entry: StateEntry) => Promise<unknown>,
  find: (recordId: string) => Push | null,
): Deliveries {
  const remembered = new Map<string, Remembered>();
  const remember = (recordId: string, push: Remembered): Remembered => {
    remembered.set(recordId, push);
    const [oldest] = remembered.size > MOST_REMEMBERED ? remembered.keys() : [];
    if (oldest !== undefined) remembered.delete(oldest);
    return push;
  };
  return {
    cleared: (recordId, mothership) => void remember(recordId, { mothership, told: new Map() }),
    async tell({ record_id: recordId, ...what }, given) {
      const push = remembered.get(recordId) ?? remember(recordId, found(find(recordId)));
      const mothership = given ?? push.mothership;
      const key = keyOf(what.state, mothership);
      const before = push.told.get(key);
      if (before !== undefined) {
        await before;
        return false;
      }
      const written = append({ kind: "state", record_id: recordId, mothership, ...what });
      push.told.set(key, written);
      try {
        await written;
      } catch (fault) {
        push.told.delete(key);
        throw fault;
      }
      return true;
    },
  };
}

function found(push: Push | null): Remembered {
  if (push === null)
    throw new RpcFault(INVALID_PARAMS, "params.record_id is the id of no push in the ledger");
  if (push.record.state !== "cleared")
    throw new RpcFault(INVALID_PARAMS, "params.record_id is the id of a push that was not allowed to leave");
  const told = push.deliveries.map(({ state, mothership }) => keyOf(state, mothership));
  return {
    mothership: push.record.mothership,
    told: new Map(told.map((key) => [key, Promise.resolve()] as const)),
  };
}

function keyOf(state: string, mothership: string | null): string {
  return JSON.stringify([state, mothership]);
}
