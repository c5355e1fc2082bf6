import type { Push } from "../../ledger/pushes.js";
import type { RecordOf } from "../../ledger/record.js";
import { shown, shownOrNull } from "./shown.js";

/** A push as JSON has it: field by field, so that nothing is written that nobody thought about. No body is among it. */
export function pushJson(push: Push) {
  const { record } = push;
  return {
    record_id: record.record_id,
    at: record.at,
    aura_id: shown(record.aura_id),
    name: shown(record.name),
    path: shown(record.path),
    language: record.language,
    state: push.state,
    hash: record.hash,
    bytes: record.bytes,
    masked: record.hash === null ? null : record.redactions.reduce((sum, { count }) => sum + count, 0),
    redactions: record.redactions.map(({ detector, count }) => ({ detector, count })),
    mothership: shownOrNull(push.mothership),
    peer_id: shownOrNull(record.peer_id),
    sent_at: push.sent_at,
    error: shownOrNull(push.error),
    deliveries: push.deliveries.map(({ at, state, mothership, error }) => ({
      at,
      state,
      mothership: shownOrNull(mothership),
      error: shownOrNull(error),
    })),
    reasons: record.reasons.map(shown),
    rules: record.rules,
    settings_digest: record.settings_digest,
    scrubbed: push.scrubbed === null ? null : { at: push.scrubbed.at, reason: shown(push.scrubbed.reason) },
  };
}

/** A pull as JSON has it. */
export function pullJson({ at, aura_id, peer_id, bytes, hash }: RecordOf<"pull">) {
  return { at, aura_id: shown(aura_id), peer_id: shown(peer_id), bytes, hash };
}

/** A commit or a push that went unseen, as JSON has it. */
export function skipJson({ at, hook, head, commits }: RecordOf<"skip">) {
  return { at, hook, head: shownOrNull(head), commits: commits.map(shown) };
}
