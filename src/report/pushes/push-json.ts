import type { Push } from "../../ledger/pushes.js";
import type { RecordOf } from "../../ledger/record.js";

/** A push as JSON has it: field by field, so that nothing is written that nobody thought about. No body is among it. */
export function pushJson(push: Push) {
  const { record } = push;
  return {
    record_id: record.record_id,
    at: record.at,
    aura_id: record.aura_id,
    name: record.name,
    path: record.path,
    language: record.language,
    state: push.state,
    hash: record.hash,
    bytes: record.bytes,
    masked: record.redactions.reduce((sum, { count }) => sum + count, 0),
    redactions: record.redactions.map(({ detector, count }) => ({ detector, count })),
    mothership: push.mothership,
    peer_id: record.peer_id,
    sent_at: push.sent_at,
    error: push.error,
    deliveries: push.deliveries.map(({ at, state, mothership, error }) => ({ at, state, mothership, error })),
    reasons: record.reasons,
    rules: record.rules,
    settings_digest: record.settings_digest,
    scrubbed: push.scrubbed === null ? null : { at: push.scrubbed.at, reason: push.scrubbed.reason },
  };
}

/** A pull as JSON has it. */
export function pullJson({ at, aura_id, peer_id, bytes, hash }: RecordOf<"pull">) {
  return { at, aura_id, peer_id, bytes, hash };
}
