import { mkdirSync } from "node:fs";
import path from "node:path";
import { auditKey } from "../../src/ledger/key.js";
import { type Ledger, openLedger } from "../../src/ledger/ledger.js";
import type { PushEntry } from "../../src/ledger/record.js";

/** A ledger below `root` for tests, whose clock stands where the test puts it. */
export type MadeLedger = {
  readonly ledger: Ledger;
  readonly folder: string;
  /** Puts the clock so many milliseconds before now. */
  readonly ago: (milliseconds: number) => void;
  /** Writes down a push of this body, and that it was sent; gives back its record's id. */
  readonly push: (body: string | null, change?: Partial<PushEntry>) => Promise<string>;
  readonly sent: (recordId: string, mothership?: string | null) => Promise<void>;
};

export const DAY = 86_400_000;

/** Opens one, so many milliseconds before now; it is to be closed. */
export async function makeLedger(
  root: string,
  { keyFile = path.join(root, ".git/aura-scan-audit-key"), digest = "d1", ago = 0 } = {},
): Promise<MadeLedger> {
  const folder = path.join(root, ".aura/live/audit");
  mkdirSync(path.dirname(folder), { recursive: true });
  let back = ago;
  const ledger = await openLedger({
    folder,
    key: () => auditKey(keyFile),
    open: {
      tool: "aura-scan 0.1.0",
      rules: 240,
      rules_digest: "r1",
      settings_digest: digest,
      policy_digest: null,
    },
    now: () => Date.now() - back,
  });
  const push: MadeLedger["push"] = async (body, change = {}) => {
    const record_id = ledger.newRecordId();
    await ledger.append([
      {
        kind: "push",
        record_id,
        aura_id: "billing::connect",
        name: "connect",
        path: "src/billing.rs",
        hash: body === null ? null : await ledger.keepBody(body),
        bytes: body === null ? null : Buffer.byteLength(body),
        redactions: [],
        mothership: "alpha",
        peer_id: "me",
        state: body === null ? "blocked" : "cleared",
        reasons: body === null ? ["github-token would leak: body at src/billing.rs:2:5"] : [],
        rules: body === null ? ["github-token"] : [],
        settings_digest: digest,
        language: "rust",
        signature_bytes: null,
        ...change,
      },
    ]);
    return record_id;
  };
  return {
    ledger,
    folder,
    ago: (milliseconds) => {
      back = milliseconds;
    },
    push,
    sent: async (record_id, mothership: string | null = null) => {
      await ledger.append([{ kind: "state", record_id, state: "sent", mothership, error: null }]);
    },
  };
}
