import type { LedgerRecord, PushState, RecordOf } from "./record.js";

/** One push: what the gate said of it, and what became of it. */
export type Push = {
  readonly record: RecordOf<"push">;
  /** The last that is known of it. */
  readonly state: PushState;
  /** When it was last sent, as the daemon told; where it told no time, when it told. */
  readonly sent_at: string | null;
  /** Where it went, or was to go. */
  readonly mothership: string | null;
  /** Why it failed, where that is the last that is known. */
  readonly error: string | null;
  /** Every time that it was told as sent or failed, in order. */
  readonly deliveries: readonly RecordOf<"state">[];
  /** When and why the text of its body was scrubbed. */
  readonly scrubbed: { readonly at: string; readonly reason: string } | null;
};

/** The pushes among records that are in order of time, one for each record id, in the order of their verdicts. */
export function pushesOf(records: readonly LedgerRecord[]): readonly Push[] {
  const pushes = new Map<string, RecordOf<"push">>();
  const deliveries = new Map<string, RecordOf<"state">[]>();
  const scrubs = new Map<string, RecordOf<"scrub">>();
  for (const record of records) {
    if (record.kind === "push" && !pushes.has(record.record_id)) pushes.set(record.record_id, record);
    if (record.kind === "state") {
      const known = deliveries.get(record.record_id);
      if (known === undefined) deliveries.set(record.record_id, [record]);
      else known.push(record);
    }
    if (record.kind === "scrub" && !scrubs.has(record.hash)) scrubs.set(record.hash, record);
  }
  return [...pushes.values()].map((record) => pushOf(record, deliveries.get(record.record_id) ?? [], scrubs));
}

function pushOf(
  record: RecordOf<"push">,
  deliveries: readonly RecordOf<"state">[],
  scrubs: ReadonlyMap<string, RecordOf<"scrub">>,
): Push {
  const last = deliveries.at(-1);
  const sent = deliveries.findLast(({ state }) => state === "sent");
  // Pushes of the same text share one body: it is gone for all of them.
  const scrub = record.hash === null ? undefined : scrubs.get(record.hash);
  return {
    record,
    state: last?.state ?? record.state,
    sent_at: sent?.happened_at ?? sent?.at ?? null,
    mothership: sent?.mothership ?? last?.mothership ?? record.mothership,
    error: last?.state === "failed" ? last.error : null,
    deliveries,
    scrubbed: scrub === undefined ? null : { at: scrub.at, reason: scrub.reason },
  };
}
