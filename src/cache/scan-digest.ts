import { createHash } from "node:crypto";
import type { Rule, RuleSet } from "../rules/rule.js";
import { settingsDigest, withNestedDigests } from "../settings/digest.js";
import type { Settings } from "../settings/settings.js";

/** Changes with whatever the cache keeps, so that a file of another form is never read. */
const FORM = 1;

/**
 * SHA-256, in hex, of all that decides what is found in a content: every active rule, the settings and the tool's version.
 * `nested` has the digests of the settings files in folders below the root. What is decided afterwards is left out: allows, the baseline and what blocks are asked anew in every run.
 */
export function scanDigest(
  settings: Settings,
  { rules, digest }: Pick<RuleSet, "rules" | "digest">,
  version: string,
  nested: ReadonlyMap<string, string> = new Map(),
): string {
  const lasting: Settings = {
    ...settings,
    failOn: "medium",
    allow: [],
    newAllows: "accept",
    baseline: null,
    ruleFiles: [],
    limits: { ...settings.limits, seconds: 0 },
    audit: { keep_days: 0, keep_bytes: 0 },
  };
  const hash = createHash("sha256").update(
    JSON.stringify([FORM, version, withNestedDigests(settingsDigest(lasting), nested)]),
  );
  if (digest === undefined) for (const rule of rules) hash.update(JSON.stringify(contentOf(rule)));
  else hash.update(digest());
  return hash.digest("hex");
}

/** What a rule looks for, named one by one; what it says of itself is told anew with each finding. */
function contentOf(rule: Rule): unknown {
  const { id, kind, severity, confidence, keywords, prefixes, entropy, check, part, partners } = rule;
  const { partnerLines, withPartner, alone, documented } = rule;
  return [
    ...[id, kind, severity, confidence, keywords, prefixes, entropy, check, part, partners],
    ...[partnerLines, withPartner, alone, documented, rule.pattern.source],
    rule.allow.map(({ source }) => source),
    rule.paths.map(({ source }) => source),
  ];
}
