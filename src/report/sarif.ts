import { exitCodeOf } from "./exit-code.js";
import { plainJson } from "./plain-json.js";
import type { Report, Verdict } from "./report.js";
import { fitted, MOST_RESULTS, MOST_SKIPPED } from "./sarif-limits.js";
import { BASE_ID, type SarifObject } from "./sarif-locations.js";
import { type LeftOut, NOTES, sarifNotifications } from "./sarif-notifications.js";
import { sarifResult } from "./sarif-results.js";
import { saidOr, sarifRules } from "./sarif-rules.js";
import { findingsToTell, mostSevereFirst, type Selection } from "./selection.js";

/**
 * The report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) with what GitHub code
 * scanning asks for on top: one run, the most severe results first, no more than an upload takes. It holds no snippet
 * and no path of this machine.
 */
export function renderSarif(report: Report, options: Selection): string {
  return fitted((share) => sarifLog(report, options, share));
}

/** `share`: how much of what may be told is told, from 1 to 0. */
function sarifLog(report: Report, options: Selection, share: number): string {
  const wanted = findingsToTell(report, options);
  const results = mostSevereFirst(wanted).slice(0, Math.floor(MOST_RESULTS * share));
  const leftOut = {
    beyondLimit: wanted.length - results.length,
    allowed: report.findings.length - wanted.length,
    mostSkipped: Math.floor(MOST_SKIPPED * share),
  };
  const { name, version } = report.tool;
  const rules = sarifRules(results);
  const ruleIds = new Map([...new Set(results.map((result) => result.rule))].map((id, index) => [id, index]));
  const driver = {
    name,
    fullName: fullName(name, version),
    ...versions(version),
    rules,
    notifications: NOTES,
  };
  const log: SarifObject = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver },
        automationDetails: { id: categoryOf(report) },
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

/**
 * What GitHub keeps analyses apart by: the category is what stands before the last slash. Another one of the same tool
 * and category takes its place, so a part of the repository, or another branch of a matrix, has one of its own.
 */
function categoryOf({ tool, mode, category }: Report): string {
  const said = saidOr(category ?? "", `${tool.name}/${mode}`);
  return said.endsWith("/") ? said : `${said}/`;
}

function fullName(name: string, version: string): string {
  return version.trim() === "" ? name : `${name} ${saidOr(version, "")}`;
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
    exitCode: exitCodeOf(report.verdict),
    exitCodeDescription: EXITS[report.verdict],
    ...times,
    toolExecutionNotifications: sarifNotifications(report, leftOut),
  };
}

const EXITS: { readonly [V in Verdict]: string } = {
  allow: "Everything that was asked for was read, and nothing blocks.",
  block: "Findings block.",
  incomplete: "Something that was asked for was not read.",
};

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
