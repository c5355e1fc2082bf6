import { createHash } from "node:crypto";
import type { Rule } from "../rules/rule.js";
import { settingsDigest } from "../settings/digest.js";
import type { Settings } from "../settings/settings.js";
import { VERSION } from "../version.js";

/** Changes with whatever the cache keeps, so that a file of another form is never read. */
const FORM = 1;

/**
 * SHA-256, in hex, of all that decides what is found in a content: every active rule, the settings and this version.
 * What is decided afterwards is left out: allows, the baseline and what blocks are asked anew in every run.
 */
export function scanDigest(settings: Settings, rules: readonly Rule[]): string {
  const lasting: Settings = {
    ...settings,
    failOn: "medium",
    allow: [],
    newAllows: "accept",
    baseline: null,
    ruleFiles: [],
    limits: { ...settings.limits, seconds: 0 },
  };
  const hash = createHash("sha256").update(JSON.stringify([FORM, VERSION, settingsDigest(lasting)]));
  for (const rule of rules) hash.update(JSON.stringify(contentOf(rule)));
  return hash.digest("hex");
}

/** What a rule looks for; what it says of itself is told anew with each finding. */
function contentOf(whole: Rule): unknown {
  const {
    origin: _origin,
    title: _title,
    docs: _docs,
    rotate: _rotate,
    examples: _examples,
    counterexamples: _counterexamples,
    ...rule
  } = whole;
  return {
    ...rule,
    pattern: rule.pattern.source,
    allow: rule.allow.map(({ source }) => source),
    paths: rule.paths.map(({ source }) => source),
  };
}
