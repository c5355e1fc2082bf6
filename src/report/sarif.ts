import { SEVERITIES } from "../rules/rule.js";
import type { Finding } from "../scan/finding.js";
import { plainJson } from "./plain-json.js";
import type { Report } from "./report.js";
import { type LeftOut, sarifNotifications } from "./sarif-notifications.js";
import { BASE_ID, type SarifObject, sarifResult } from "./sarif-results.js";
import { saidOr, sarifRules } from "./sarif-rules.js";

export type SarifOptions = {
  /** Write allowed findings too, as suppressed. GitHub opens an alert for them all the same, so not by default. */
  readonly includeAllowed: boolean;
};

/** GitHub code scanning keeps this many results of a run, and refuses a file with more than 25,000. */
const MOST_RESULTS = 5000;

/**
 * The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) with what GitHub code
 * scanning asks for on top: one run, the most severe results first. It holds no snippet and no path of this machine.
 */
export function renderSarif(report: Report, options: SarifOptions): string {
  const wanted = report.findings.filter((finding) => options.includeAllowed || finding.allowed === null);
  const results = mostSevereFirst(wanted).slice(0, MOST_RESULTS);
  const leftOut = {
    beyondLimit: wanted.length - results.length,
    allowed: report.findings.length - wanted.length,
  };
  const rules = sarifRules(results);
  const ruleIds = new Map([...new Set(results.map((result) => result.rule))].map((id, index) => [id, index]));
  const log: SarifObject = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: report.tool.name, ...versions(report.tool.version), rules } },
        automationDetails: { id: `${report.tool.name}/${report.mode}/` },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [BASE_ID]: { description: { text: "The root of the repository." } } },
        invocations: [invocation(report, leftOut)],
        results: results.map((finding) => sarifResult(finding, report, ruleIds, options.includeAllowed)),
        properties: coverage(report, leftOut),
      },
    ],
  };
  return `${plainJson(log, 2)}\n`;
}

function mostSevereFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity));
}

/** `semanticVersion` may only hold a version by semver.org. */
function versions(version: string): SarifObject {
  const semantic = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/.test(version);
  return { version: saidOr(version, "unknown"), ...(semantic ? { semanticVersion: version } : {}) };
}

/**
 * Findings are no failure. An incomplete run is one: something asked for was not read, the exit code says so, and a
 * green analysis would be a false all-clear.
 */
function invocation(report: Report, leftOut: LeftOut): SarifObject {
  const started = Date.parse(report.started_at);
  const ended = new Date(started + report.duration_ms);
  const times = Number.isNaN(ended.getTime())
    ? {}
    : { startTimeUtc: new Date(started).toISOString(), endTimeUtc: ended.toISOString() };
  return {
    executionSuccessful: report.verdict !== "incomplete",
    ...times,
    toolExecutionNotifications: sarifNotifications(report, leftOut),
  };
}

/** What was looked at, so that a file without results cannot be taken for more than it is. */
function coverage(report: Report, leftOut: LeftOut): SarifObject {
  const { files, cached, units, bytes, commits, pushes, skipped } = report.scanned;
  return {
    mode: report.mode,
    verdict: report.verdict,
    fail_on: report.fail_on,
    git_blocks_on: report.git_blocks_on,
    rules: report.tool.rules,
    files,
    cached,
    units,
    bytes,
    commits,
    pushes,
    skipped: skipped.length,
    allowed: leftOut.allowed,
  };
}
