import { createHash } from "../text/crypto.js";
import { isEntry, isKnownKind } from "./record-shape.js";

/** What was masked in a body: how often each detector struck. */
export type Redactions = readonly { readonly detector: string; readonly count: number }[];

/** Where a push stands: the gate's verdict, and then what the daemon tells of it. */
export type PushState = "cleared" | "sent" | "failed" | "blocked" | "withheld";

/**
 * What every record has. `at` is ISO time with milliseconds, never earlier than the one before in its segment: by how
 * much the clock went back is told. `prev` is the `chain` of the line before ("" for the first of a segment); `chain`
 * is the SHA-256, in hex, of `prev`, a line feed, and the record's JSON text without `chain`.
 */
export type Stamp = {
  readonly v: 1;
  readonly at: string;
  readonly writer: string;
  readonly seq: number;
  readonly prev: string;
  readonly chain: string;
  readonly clock_back_ms?: number;
};

/**
 * The first record of each segment. `heads` names the last record of other segments, as `seq:chain`: of those that no
 * other segment names already, so that all are named, by it or by one that it names.
 */
export type OpenEntry = {
  readonly kind: "open";
  readonly segment: string;
  readonly tool: string;
  readonly rules: number;
  readonly rules_digest: string | null;
  readonly settings_digest: string;
  readonly policy_digest: string | null;
  readonly heads: { readonly [segment: string]: string };
};

/** What the gate said of one push, on disk before it is answered. `hash` is of the wire body, never of the original. */
export type PushEntry = {
  readonly kind: "push";
  readonly record_id: string;
  readonly aura_id: string;
  readonly name: string;
  readonly path: string;
  readonly hash: string | null;
  readonly bytes: number | null;
  readonly redactions: Redactions;
  readonly mothership: string | null;
  readonly peer_id: string | null;
  readonly state: "cleared" | "blocked" | "withheld";
  readonly reasons: readonly string[];
  readonly rules: readonly string[];
  readonly settings_digest: string;
  readonly language: string | null;
  readonly signature_bytes: number | null;
};

/** What became of a cleared push. */
export type StateEntry = {
  readonly kind: "state";
  readonly record_id: string;
  readonly state: "sent" | "failed";
  readonly mothership: string | null;
  readonly error: string | null;
  /** When it happened, as the daemon tells it: it may tell late. */
  readonly happened_at?: string | null;
};

/** What came from a peer, as the daemon tells it. */
export type PullEntry = {
  readonly kind: "pull";
  readonly aura_id: string;
  readonly peer_id: string;
  readonly bytes: number;
  readonly hash: string | null;
};

/** The settings and the policy in force from here on; mask patterns are named, not printed. */
export type SettingsEntry = {
  readonly kind: "settings";
  readonly settings_digest: string;
  readonly policy_digest: string | null;
  readonly settings: { readonly [key: string]: unknown };
  readonly policy: { readonly [key: string]: unknown } | null;
  readonly fault: string | null;
};

/** A body's text is gone, and why; its hash and its records stay. */
export type ScrubEntry = {
  readonly kind: "scrub";
  readonly record_id: string;
  readonly hash: string;
  readonly reason: string;
};

/**
 * A commit or a push that somebody let through unseen (`AURA_SCAN_SKIP=1`). `head` is the commit that HEAD stood at, null
 * before the first; `commits` are the ids that a push brought, as git named them.
 */
export type SkipEntry = {
  readonly kind: "skip";
  readonly hook: "pre-commit" | "pre-push";
  readonly head: string | null;
  readonly commits: readonly string[];
};

/** A segment that compaction dropped: `head` is its last record's `chain`, `from` and `to` its first and last time. */
export type DroppedSegment = {
  readonly segment: string;
  readonly head: string;
  readonly records: number;
  readonly from: string;
  readonly to: string;
};

/** Signs off what compaction dropped. */
export type AnchorEntry = {
  readonly kind: "anchor";
  readonly segments: readonly DroppedSegment[];
  readonly mac: string;
};

/** What can be written down. Ids and names in it are blotted already: the ledger never sees an original. */
export type Entry =
  | OpenEntry
  | PushEntry
  | StateEntry
  | PullEntry
  | SettingsEntry
  | ScrubEntry
  | SkipEntry
  | AnchorEntry;

/** One line of a segment. */
export type LedgerRecord = Stamp & Entry;

/** Records of one kind. */
export type RecordOf<Kind extends Entry["kind"]> = Extract<LedgerRecord, { kind: Kind }>;

const SEAL = /^,"chain":"([0-9a-f]{64})"\}$/;
const SEAL_BYTES = 76;

/** The entry as a record, and its line, which ends in a line feed. */
export function sealed(stamp: Omit<Stamp, "chain">, entry: Entry): { record: LedgerRecord; line: string } {
  const text = JSON.stringify({ ...stamp, ...entry, ...stamp });
  const chain = createHash("sha256").update(`${stamp.prev}\n`).update(text).digest("hex");
  return {
    record: { ...stamp, ...entry, ...stamp, chain },
    line: `${text.slice(0, -1)},"chain":"${chain}"}\n`,
  };
}

/** A line as it was read: a record, one of a later version that is whole all the same, or nothing that the ledger wrote. */
export type ReadLine =
  | { readonly what: "record"; readonly record: LedgerRecord }
  | { readonly what: "later"; readonly stamp: Omit<Stamp, "v"> }
  | { readonly what: "broken" };

const BROKEN: ReadLine = { what: "broken" };

/**
 * Reads a line without its line feed. Its bytes are hashed as they stand, so that nothing that decoding makes equal
 * passes. Later versions keep `seq`, `prev` and the seal at the end: a chain holds through what this one cannot read.
 */
export function readLine(line: Buffer): ReadLine {
  const chain = SEAL.exec(line.toString("latin1", Math.max(0, line.length - SEAL_BYTES)))?.[1];
  if (chain === undefined) return BROKEN;
  const value = parsed(line);
  if (value === null) return BROKEN;
  const { prev, seq, writer, at, v } = value;
  if (typeof prev !== "string" || typeof seq !== "number" || !Number.isSafeInteger(seq)) return BROKEN;
  if (typeof writer !== "string" || typeof at !== "string" || Number.isNaN(Date.parse(at))) return BROKEN;
  const text = line.subarray(0, -SEAL_BYTES);
  const hash = createHash("sha256").update(`${prev}\n`).update(text).update("}");
  if (hash.digest("hex") !== chain) return BROKEN;
  if (v !== 1 || !isKnownKind(value["kind"]))
    return { what: "later", stamp: { at, writer, seq, prev, chain } };
  // The stamp was looked at above, and the rest by its kind.
  return isEntry(value) ? { what: "record", record: value as unknown as LedgerRecord } : BROKEN;
}

function parsed(line: Buffer): { readonly [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(line.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
