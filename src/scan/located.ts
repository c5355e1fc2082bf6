import { type Allowances, allowancesFor } from "../allow/allowance.js";
import type { InlineWord } from "../allow/inline.js";
import { allowedBecause, type Engine } from "./engine.js";
import type { Finding } from "./finding.js";

/** A finding whose value is known only by a key that means nothing outside this run. */
export type Located = {
  readonly finding: Omit<Finding, "secret">;
  readonly valueKey: string;
  /** All that is said about it, counting or not. */
  readonly allowances: Allowances;
};

/** The finding of `value` with what is said about it: by the settings, the baseline, and comments near it. */
export function located(
  engine: Engine,
  finding: Omit<Finding, "secret" | "allowed" | "allowed_by" | "settings" | "bar">,
  value: string,
  words: readonly InlineWord[] = [],
): Located {
  const { fingerprint, rule, path } = finding;
  const allowances = allowancesFor(engine.allows, { fingerprint, rule, path, value }, words);
  return {
    finding: { ...finding, ...allowedBecause(engine, allowances), ...engine.applied },
    valueKey: engine.valueKey(value),
    allowances,
  };
}
