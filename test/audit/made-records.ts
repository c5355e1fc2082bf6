import { type Push, pushesOf } from "../../src/ledger/pushes.js";
import type { Entry, LedgerRecord, PushEntry } from "../../src/ledger/record.js";

const BEGUN = Date.parse("2026-05-01T10:00:00.000Z");

/** What is written down, and when where that matters. */
export type MadeEntry = Entry & { readonly at?: string };

/** Records as one writer would have them, a minute apart unless they say when. */
export function madeRecords(...entries: MadeEntry[]): readonly LedgerRecord[] {
  return entries.map(({ at, ...entry }, seq) => ({
    v: 1,
    at: at ?? new Date(BEGUN + seq * 60_000).toISOString(),
    writer: "W".repeat(26),
    seq,
    prev: "",
    chain: String(seq).padStart(64, "0"),
    ...entry,
  })) as readonly LedgerRecord[];
}

/** A push that was cleared, as the gate writes it down. */
export function pushEntry(
  change: Partial<PushEntry> & { readonly at?: string } = {},
): PushEntry & { readonly at?: string } {
  return {
    kind: "push",
    record_id: "01AAAAAAAAAAAAAAAAAAAAAAAA",
    aura_id: "billing::compute_tax",
    name: "compute_tax",
    path: "src/billing.rs",
    hash: "ab".repeat(32),
    bytes: 276,
    redactions: [],
    mothership: "alpha",
    peer_id: "me",
    state: "cleared",
    reasons: [],
    rules: [],
    settings_digest: "d",
    language: "rust",
    signature_bytes: null,
    ...change,
  };
}

/** One that was blocked. */
export function blockedEntry(change: Partial<PushEntry> & { readonly at?: string } = {}) {
  return pushEntry({
    state: "blocked",
    hash: null,
    bytes: null,
    rules: ["github-token"],
    reasons: ["github-token would leak: body at src/billing.rs:2:5"],
    ...change,
  });
}

/** The pushes of such records. */
export function madePushes(...entries: MadeEntry[]): readonly Push[] {
  return pushesOf(madeRecords(...entries));
}
