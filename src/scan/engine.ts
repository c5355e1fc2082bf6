import { createHmac, randomBytes } from "node:crypto";
import type { RuleSet } from "../rules/rule.js";
import type { Settings } from "../settings/settings.js";
import { blotted } from "./blot.js";
import type { Finding } from "./finding.js";
import { type Keywords, keywordsOf } from "./keywords.js";
import { secretsIn } from "./match.js";

/** Settings and rules made ready: one engine serves every file, unit and push of a run. */
export type Engine = {
  readonly settings: Settings;
  readonly ruleSet: RuleSet;
  readonly keywords: Keywords;
  /** Values that a provider's documentation prints, of any rule. */
  readonly documented: ReadonlySet<string>;
  /** The same for equal secrets, for this run only: keyed, so that it says nothing about the secret. */
  readonly valueKey: (secret: string) => string;
  /** The reasons a team gave for findings that are fine, by fingerprint (`scan.baseline`). */
  readonly baseline: ReadonlyMap<string, string>;
};

/** No rule is active: a scan would look for nothing. */
export class NoRulesError extends Error {
  override readonly name = "NoRulesError";
}

/** An engine. Throws `NoRulesError` if every rule is switched off. */
export function createEngine(
  settings: Settings,
  ruleSet: RuleSet,
  baseline: ReadonlyMap<string, string> = new Map(),
): Engine {
  if (ruleSet.rules.length === 0) throw new NoRulesError("no rule is active: a scan would look for nothing");
  const key = randomBytes(32);
  return {
    settings,
    ruleSet,
    keywords: keywordsOf(ruleSet.rules),
    documented: new Set(ruleSet.rules.flatMap((rule) => rule.documented)),
    valueKey: (secret) => createHmac("sha256", key).update(secret, "utf8").digest("base64"),
    baseline,
  };
}

/** Why a finding is fine (`[[scan.allow]]`, the baseline), or null. */
export function allowedBecause(
  engine: Engine,
  finding: Pick<Finding, "fingerprint" | "rule" | "path">,
): string | null {
  const allow = engine.settings.allow.find(
    (entry) =>
      (entry.fingerprint === null || entry.fingerprint === finding.fingerprint) &&
      (entry.rule === null || entry.rule === finding.rule) &&
      (entry.path === null || entry.path.matches(finding.path)),
  );
  const reason = allow?.reason ?? engine.baseline.get(finding.fingerprint) ?? null;
  return reason === null ? null : withoutSecrets(reason, engine.keywords);
}

/** A short text without the secrets in it: a reason that somebody wrote, a name. */
export function withoutSecrets(text: string, keywords: Keywords): string {
  const secrets = secretsIn(text, keywords).map((match) => text.slice(match.secret.start, match.secret.end));
  return secrets.length === 0 ? text : blotted(text, secrets);
}
