import { withoutSecrets } from "../../scan/engine.js";
import { checkPushPath, inScope } from "../../scope/scope.js";
import { leavesRepository } from "../../scope/symlink.js";
import {
  type ConflictEnvelope,
  conflictFor,
  type Enveloped,
  type HeartbeatEnvelope,
  heartbeatFor,
  type Sender,
} from "../envelope/envelope.js";
import type { PushVerdict } from "../push.js";
import type { Terms } from "./terms.js";

/** What the gate says of a message that carries no body. */
export type OutwardAnswer<T> = {
  readonly verdict: PushVerdict;
  readonly reasons: readonly string[];
  /** All that may go to the wire; null unless the verdict is `allow`. */
  readonly envelope: T | null;
};

/** May this heartbeat leave? `path` is the file of the function, where the client tells it. */
export function checkHeartbeat(
  root: string,
  terms: Terms,
  active: string | null,
  path: string | null,
  sender: Sender,
): OutwardAnswer<HeartbeatEnvelope> {
  if (path !== null && terms.refusals.length === 0) {
    const checked = checkPushPath(path);
    if (!checked.ok) return no("block", `path: ${checked.reason}`);
    const scope = inScope(checked.path, terms.engine.settings);
    if (!scope.in) return no("withhold", `${scope.reason}: the function's name stays on this machine`);
    if (leavesRepository(root, checked.path))
      return no("block", "path: a symlink leads it out of the repository");
  }
  return outward(terms, active ?? "", heartbeatFor(active, sender));
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
  if (withoutSecrets(name, force.engine.keywords) !== name)
    reasons.push("the function's name or id holds a secret: rename it, for names are never masked");
  if (!made.ok) reasons.push(made.reason);
  if (reasons.length > 0 || !made.ok) return { verdict: "block", reasons, envelope: null };
  return { verdict: "allow", reasons: [], envelope: made.envelope };
}

function no(verdict: "block" | "withhold", reason: string): OutwardAnswer<never> {
  return { verdict, reasons: [reason], envelope: null };
}
