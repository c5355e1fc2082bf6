import type { PushAnswer } from "../push.js";
import { outwardNameFault } from "./outward-name.js";

/** Whoever sends: known to the Mothership by the peer id, and by nothing else. */
export type Sender = { readonly peer_id: string /** ISO time. */; readonly at: string };

/** All that goes to the wire of one push, and nothing else (the specification, "What does sync"). */
export type PushEnvelope = Sender & {
  readonly aura_id: string;
  /** `sha256:` and hex digits, of `wire_body`. */
  readonly hash: string;
  readonly wire_body: string;
};

/** All that goes to the wire of a heartbeat. */
export type HeartbeatEnvelope = Sender & { readonly active_function: string | null };

/** How a conflict was resolved. */
export const RESOLUTIONS = ["ours", "theirs", "merged", "manual"] as const;

/** All that goes to the wire of a conflict: its metadata, no text. */
export type ConflictEnvelope = Sender & {
  readonly aura_id: string;
  /** Hashes of wire bodies. */
  readonly ours: string;
  readonly theirs: string;
  readonly resolution: (typeof RESOLUTIONS)[number];
};

/** An envelope, or why there is none; the reason repeats nothing of what was given. */
export type Enveloped<T> =
  | { readonly ok: true; readonly envelope: T }
  | { readonly ok: false; readonly reason: string };

/**
 * The envelope of a push that is allowed: a new object of named fields, so that whatever else an answer holds stays here.
 * An answer that is not `allow` has none.
 */
export function envelopeFor(answer: PushAnswer, { peer_id, at }: Sender): Enveloped<PushEnvelope> {
  const { verdict, aura_id, hash, wire_body } = answer;
  if (verdict !== "allow" || hash === null || wire_body === null)
    return { ok: false, reason: "only what is allowed is sent" };
  const fault = senderFault({ peer_id, at }) ?? nameFault("aura_id", aura_id) ?? hashFault("hash", hash);
  return fault === null
    ? { ok: true, envelope: { aura_id, hash, peer_id, at, wire_body } }
    : { ok: false, reason: fault };
}

/** The envelope of a heartbeat. Whether a secret stands in the name is for the gate to say. */
export function heartbeatFor(active: string | null, { peer_id, at }: Sender): Enveloped<HeartbeatEnvelope> {
  const fault =
    senderFault({ peer_id, at }) ?? (active === null ? null : nameFault("active_function", active));
  return fault === null
    ? { ok: true, envelope: { peer_id, at, active_function: active } }
    : { ok: false, reason: fault };
}

/** The envelope of a conflict's resolution. */
export function conflictFor(
  given: Omit<ConflictEnvelope, keyof Sender>,
  { peer_id, at }: Sender,
): Enveloped<ConflictEnvelope> {
  const { aura_id, ours, theirs, resolution } = given;
  const fault =
    senderFault({ peer_id, at }) ??
    nameFault("aura_id", aura_id) ??
    hashFault("ours", ours) ??
    hashFault("theirs", theirs);
  return fault === null
    ? { ok: true, envelope: { aura_id, ours, theirs, resolution, peer_id, at } }
    : { ok: false, reason: fault };
}

/** A peer's id as certificates carry it: one word without an `@`, so that no author's address passes for it. */
export function isPeerId(text: string): boolean {
  return /^[\w.:-]{1,128}$/.test(text);
}

/** `2026-01-31T12:00:00.000Z` */
export function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

function senderFault({ peer_id, at }: Sender): string | null {
  if (!isPeerId(peer_id))
    return "peer_id: it is no peer's id (letters, digits and . : _ -, at most 128 characters)";
  return isTime(at) ? null : "at: it is no ISO time in UTC";
}

function nameFault(field: string, name: string): string | null {
  const fault = outwardNameFault(name);
  return fault === null ? null : `${field}: ${fault}`;
}

function hashFault(field: string, hash: string): string | null {
  return /^sha256:[0-9a-f]{64}$/.test(hash) ? null : `${field}: it is no SHA-256 of a wire body (sha256:…)`;
}
