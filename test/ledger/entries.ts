import type { LedgerOptions } from "../../src/ledger/ledger.js";
import type { PushEntry } from "../../src/ledger/record.js";

/** What a test's segments begin with. */
export const OPENING: LedgerOptions["open"] = {
  tool: "0.1.0",
  rules: 3,
  rules_digest: null,
  settings_digest: "s",
  policy_digest: null,
};

/** A push that was cleared. */
export function push(recordId: string, more: Partial<PushEntry> = {}): PushEntry {
  return {
    ...{
      kind: "push",
      record_id: recordId,
      aura_id: "billing::compute_tax",
      name: "compute_tax",
      path: "src/tax.rs",
    },
    ...{
      hash: null,
      bytes: null,
      redactions: [{ detector: "jwt", count: 1 }],
      mothership: null,
      peer_id: null,
    },
    ...{
      state: "cleared",
      reasons: [],
      rules: [],
      settings_digest: "s",
      language: "rust",
      signature_bytes: null,
    },
    ...more,
  };
}
