import { secretsInName } from "../../scan/name-secrets.js";
import {
  type ConflictEnvelope,
  conflictFor,
  type Enveloped,
  type HeartbeatEnvelope,
  heartbeatFor,
  type Sender,
} from "../envelope/envelope.js";
import type { PushVerdict } from "../push.js";
import { type ActiveFunction, whyKept } from "./active-function.js";
import type { Terms } from "./terms.js";

/** What the gate says of a message that carries no body. */
export type OutwardAnswer<T> = {
  readonly verdict: PushVerdict;
  readonly reasons: readonly string[];
  /** All that may go to the wire; null unless the verdict is `allow`. */
  readonly envelope: T | null;
};

/** May this heartbeat leave? `active` is null where nobody is at any function. */
export function checkHeartbeat(
  root: string,
  terms: Terms,
  active: ActiveFunction | null,
  sender: Sender,
): OutwardAnswer<HeartbeatEnvelope> {
  const answer = outward(terms, active?.name ?? "", heartbeatFor(active?.name ?? null, sender));
  if (active === null || answer.verdict !== "allow") return answer;
  const kept = whyKept(root, terms.engine, active);
  return kept === null ? answer : { verdict: kept.verdict, reasons: [kept.reason], envelope: null };
}

/** May a conflict's metadata leave? */
export function checkConflict(
  terms: Terms,
  conflict: Omit<ConflictEnvelope, keyof Sender>,
  sender: Sender,
): OutwardAnswer<ConflictEnvelope> {
  return outward(terms, conflict.aura_id, conflictFor(conflict, sender));
}

function outward<T>({ refusals, force }: Terms, name: string, made: Enveloped<T>): OutwardAnswer<T> {
  const reasons = [...refusals];
  if (secretsInName(name, force.engine.keywords).length > 0)
    reasons.push("the function's name or id holds a secret: rename it, for names are never masked");
  if (!made.ok) reasons.push(made.reason);
  if (reasons.length > 0 || !made.ok) return { verdict: "block", reasons, envelope: null };
  return { verdict: "allow", reasons: [], envelope: made.envelope };
}
