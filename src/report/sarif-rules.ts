import type { Confidence, Severity } from "../rules/rule.js";
import type { Finding } from "../scan/finding.js";
import { linkedText } from "./markdown-text.js";
import { visible, wellFormed } from "./visible.js";

export type SarifLevel = "error" | "warning" | "note";

/** A `reportingDescriptor` (SARIF 2.1.0, section 3.49) with what GitHub code scanning reads. */
export type SarifRule = {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly helpUri?: string;
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: {
    readonly "security-severity": string;
    readonly precision: Confidence;
    readonly tags: readonly string[];
  };
};

export const LEVELS: { readonly [S in Severity]: SarifLevel } = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** GitHub reads above 9.0 as critical, from 7.0 as high, from 4.0 as medium; a number instead of a string fails the upload. */
const SECURITY_SEVERITY: { readonly [S in Severity]: string } = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/** GitHub takes at most 1,024 characters. */
const LONGEST_DESCRIPTION = 1024;

/** The rules of `findings`, each once, in order of first appearance; the first finding stands for its rule's severity. */
export function sarifRules(findings: readonly Finding[]): readonly SarifRule[] {
  const rules = new Map<string, SarifRule>();
  for (const finding of findings) if (!rules.has(finding.rule)) rules.set(finding.rule, sarifRule(finding));
  return [...rules.values()];
}

/** `text` if it says anything, else `instead`: SARIF and GitHub refuse empty strings. */
export function saidOr(text: string, instead: string): string {
  const shown = visible(text).trim();
  return shown === "" ? instead : shown;
}

function sarifRule(finding: Finding): SarifRule {
  const name = pascalCase(finding.rule);
  const title = saidOr(finding.title, "A secret");
  const what = `${title}: a secret in the source. Until it is revoked, it can be used by whoever reads the file, its history or a synced function.`;
  return {
    id: saidOr(finding.rule, "unnamed-rule"),
    // Azure DevOps wants a name, and SARIF one that says more than the id.
    name: name === "" || name.toLowerCase() === finding.rule.toLowerCase() ? `${name}Rule` : name,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: wellFormed(what.slice(0, LONGEST_DESCRIPTION)) },
    ...helpUri(finding.docs),
    help: { text: helpText(what, finding.rotate), markdown: helpMarkdown(what, finding.rotate) },
    defaultConfiguration: { level: LEVELS[finding.severity] },
    properties: {
      "security-severity": SECURITY_SEVERITY[finding.severity],
      precision: finding.confidence,
      tags: ["security", "secret", "external/cwe/cwe-798"],
    },
  };
}

/** The provider's page, where it is one. */
function helpUri(docs: string | null): { readonly helpUri?: string } {
  return docs !== null && /^https?:\/\/[!-~]+$/.test(docs) && URL.canParse(docs)
    ? { helpUri: new URL(docs).href }
    : {};
}

const REVOKE = "Revoke it and make a new one: assume that it is known.";
const MOVE =
  "Take it out of the source: read it from the environment or from a secret manager when the program runs.";
const ALLOW =
  "If it is fine where it is, run aura-scan on it: the report prints a [[scan.allow]] block for .aura/live.toml that allows this one place and says why.";

function helpText(what: string, rotate: string | null): string {
  const how = saidOr(rotate ?? "", "");
  return [what, `1. ${REVOKE}${how === "" ? "" : ` ${how}`}`, `2. ${MOVE}`, `3. ${ALLOW}`].join("\n");
}

function helpMarkdown(what: string, rotate: string | null): string {
  const how = saidOr(rotate ?? "", "");
  return [
    "## What it is",
    "",
    linkedText(what),
    "",
    "## What to do",
    "",
    `1. **Revoke it.** ${linkedText(REVOKE)}${how === "" ? "" : ` ${linkedText(how)}`}`,
    `2. **Move it.** ${linkedText(MOVE)}`,
    `3. **Or allow it.** ${linkedText(ALLOW)}`,
  ].join("\n");
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** `github-personal-access-token` as `GithubPersonalAccessToken`, the form that SARIF recommends for names. */
function pascalCase(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}
