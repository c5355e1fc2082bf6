import { createHash } from "node:crypto";
import type { LedgerDoor } from "../../../src/gate/service/repository-ledger.js";
import { LedgerError } from "../../../src/ledger/ledger-error.js";
import { pushesOf } from "../../../src/ledger/pushes.js";
import type { Entry, LedgerRecord } from "../../../src/ledger/record.js";
import { recordIds } from "../../../src/ledger/record-id.js";

/** A ledger in memory, and what may go wrong with it. */
export type MemoryLedger = LedgerDoor & {
  readonly entries: Entry[];
  readonly bodies: Map<string, string>;
  /** In the order in which they came to be: bodies by their hash, records by their kind. */
  readonly order: string[];
  /** What fails from now on. */
  fails: "open" | "append" | "body" | null;
  closed: boolean;
};

export function memoryLedger(): MemoryLedger {
  const entries: Entry[] = [];
  const bodies = new Map<string, string>();
  const order: string[] = [];
  const newRecordId = recordIds(Date.now);
  const failing = (what: MemoryLedger["fails"]): void => {
    if (ledger.fails === what)
      throw new LedgerError("full", "The ledger cannot be written: the disk is full.");
  };
  const ledger: MemoryLedger = {
    entries,
    bodies,
    order,
    fails: null,
    closed: false,
    async open(opening) {
      failing("open");
      entries.push({ kind: "open", segment: "s", heads: {}, ...opening });
      return {
        newRecordId,
        async append(added) {
          await new Promise((resolve) => setImmediate(resolve));
          failing("append");
          entries.push(...added);
          order.push(...added.map(({ kind }) => kind));
          return [];
        },
        async keepBody(body) {
          failing("body");
          const hash = createHash("sha256").update(body).digest("hex");
          bodies.set(hash, body);
          order.push(hash);
          return hash;
        },
        async close() {
          ledger.closed = true;
        },
      };
    },
    find: (id) =>
      pushesOf(entries as unknown as readonly LedgerRecord[]).find(({ record }) => record.record_id === id) ??
      null,
  };
  return ledger;
}
