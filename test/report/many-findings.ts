import type { Report } from "../../src/report/report.js";
import type { Severity } from "../../src/rules/rule.js";
import type { Finding } from "../../src/scan/finding.js";
import { sampleFinding, sampleReport } from "./sample-report.js";

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

const RULES = [
  ["stripe-live-key", "Stripe live secret or restricted key"],
  ["aws-access-key-id", "AWS access key ID"],
  ["github-token", "GitHub personal access token"],
  ["private-key", "Private key"],
  ["generic-secret", "Something drawn at random, given to a telling name"],
] as const;

const FOLDERS = [
  "services/billing/src",
  "services/auth/src",
  "packages/web/app",
  "tools",
  "infra/terraform/live",
];

/** A report of so many findings, all unlike each other; `dated`: a history's, over two years. */
export function manyFindings(count: number, dated: boolean): Report {
  const findings = Array.from({ length: count }, (_, at): Finding => {
    const [rule, title] = RULES[at % RULES.length] ?? RULES[0];
    const severity = SEVERITIES[(at * 7) % 4] ?? "low";
    return sampleFinding({
      fingerprint: at.toString(16).padStart(32, "0"),
      rule,
      title,
      severity,
      confidence: at % 11 === 0 ? "low" : "high",
      path: `${FOLDERS[(at * 3) % FOLDERS.length]}/module-${at % 97}/file-${at}.ts`,
      start: { line: 1 + (at % 400), column: 5 },
      end: { line: 1 + (at % 400), column: 25 },
      wire: at % 3 === 0 ? "leak" : at % 3 === 1 ? "masked" : "withheld",
      detector: at % 3 === 1 ? "generic-api-key" : null,
      rotate: "Revoke it in the dashboard under Developers, API keys, and make a new one.",
      secret: 1 + Math.floor(at / 2),
      allowed: at % 13 === 0 ? "a test's own key" : null,
      allowed_by: at % 13 === 0 ? "baseline" : null,
      ...(dated
        ? {
            commit: (at + 1).toString(16).padStart(40, "0"),
            commit_date: new Date(Date.UTC(2024, 0, 1 + ((at * 5) % 730))).toISOString(),
            at_head: at % 2 === 0,
          }
        : {}),
    });
  });
  return sampleReport({ findings, mode: dated ? "since" : "tree", verdict: count > 0 ? "block" : "allow" });
}
