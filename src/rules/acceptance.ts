import { looksRandom } from "../randomness/randomness.js";
import { type Check, VALIDATORS } from "../validators/registry.js";
import { isCode } from "../values/code.js";
import { shannonEntropy } from "../values/entropy.js";
import { isOrdinary } from "../values/ordinary.js";
import { isDummy, isHole, isMasked, isPlaceholder } from "../values/placeholder.js";
import { CONFIDENCES, type Confidence, type Rule } from "./rule.js";

/** What a match is worth: how sure it is, and what its rule's validator said. */
export type Judgement = { readonly confidence: Confidence; readonly check: Check | null };

/**
 * The last word on what `rule` matched: whether `secret` (the pattern's secret group) counts, and how much. What a
 * mask left is never accepted, what the provider's documentation prints always; else the entropy bound and the
 * rule's allow patterns decide, then a look at dummies that is stricter the less the pattern itself says, and at
 * last the rule's validator: what cannot be a secret at all is dropped, a checksum that does not hold lowers the
 * confidence one step, one that holds raises it.
 */
export function judge(rule: Rule, secret: string, now: number): Judgement | null {
  if (secret === "" || isMasked(secret)) return null;
  if (!rule.documented.includes(secret)) {
    if (rule.entropy !== null && shannonEntropy(secret) < rule.entropy) return null;
    if (rule.allow.some((pattern) => pattern.test(secret))) return null;
    if (!rule.part && isStandIn(rule, secret)) return null;
  }
  const validator = rule.check === null ? undefined : VALIDATORS[rule.check];
  if (validator === undefined) return { confidence: rule.confidence, check: null };
  const check = validator(secret, now);
  if (check.outcome === "impossible") return null;
  const step = check.outcome === "passed" ? 1 : check.outcome === "failed" ? -1 : 0;
  return { confidence: stepped(rule.confidence, step), check };
}

/** Whether `judge` takes `secret` for one. */
export function accepts(rule: Rule, secret: string): boolean {
  return judge(rule, secret, Date.now()) !== null;
}

function isStandIn(rule: Rule, secret: string): boolean {
  switch (rule.kind) {
    case "provider":
      return (
        isDummy(secret) || (rule.prefixes.length === 0 && rule.confidence === "medium" && isWritten(secret))
      );
    case "structure":
      if (rule.paths.length > 0) return isHole(secret);
      return isPlaceholder(secret) || (rule.confidence !== "high" && isCode(secret) && !looksRandom(secret));
    case "generic":
      return isPlaceholder(secret) || (rule.pattern.source !== "" && isOrdinary(secret));
  }
}

/** Letters that make words: a function or a variable behind a provider's name. */
function isWritten(secret: string): boolean {
  return /^[A-Za-z_]{12,}$/.test(secret) && !looksRandom(secret);
}

function stepped(confidence: Confidence, step: number): Confidence {
  const at = CONFIDENCES.indexOf(confidence) + step;
  return CONFIDENCES[Math.max(0, Math.min(CONFIDENCES.length - 1, at))] ?? confidence;
}
