import { shannonEntropy } from "./entropy.js";
import { isOrdinary } from "./ordinary.js";
import { isDummy, isMasked, isPlaceholder } from "./placeholder.js";
import type { Rule } from "./rule.js";

/**
 * The last word on what `rule` matched: whether `secret` (the pattern's secret group) counts. What a mask left is
 * never accepted, what the provider's documentation prints always; else the entropy bound and the rule's allow
 * patterns decide, and then a look at dummies that is stricter the less the pattern itself says.
 */
export function accepts(rule: Rule, secret: string): boolean {
  if (secret === "" || isMasked(secret)) return false;
  if (rule.documented.includes(secret)) return true;
  if (rule.entropy !== null && shannonEntropy(secret) < rule.entropy) return false;
  if (rule.allow.some((pattern) => pattern.test(secret))) return false;
  switch (rule.kind) {
    case "provider":
      return !isDummy(secret);
    case "structure":
      return !isPlaceholder(secret);
    case "generic":
      return !isPlaceholder(secret) && !isOrdinary(secret);
  }
}
