import type { Severity } from "../rules/rule.js";
import type { Finding } from "../scan/finding.js";
import { adviceOf } from "./advice.js";
import { plainText } from "./markdown-text.js";
import { settingsWords } from "./own-settings.js";
import { plainJson } from "./plain-json.js";
import type { Report } from "./report.js";
import { findingsToTell, mostSevereFirst, type Selection } from "./selection.js";
import { verdictWords } from "./text-summary.js";
import { visible } from "./visible.js";
import { counted, surfaceWords, wireWords } from "./words.js";

/** The report format's version, which GitLab validates by. */
const VERSION = "15.1.4";
const SCHEMA = `https://gitlab.com/gitlab-org/security-products/security-report-schemas/-/raw/v${VERSION}/dist/secret-detection-report-format.json`;

const SEVERITIES: { readonly [S in Severity]: string } = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
};

const LONGEST_NAME = 255;
const LONGEST_SOLUTION = 7000;

/** Of each kind; what was skipped can be legion. */
const MOST_MESSAGES = 100;

/** What GitLab's own analyzers say where there is no commit. */
const NO_COMMIT = "0000000";

/** The report as GitLab's `gl-secret-detection-report.json` (`artifacts:reports:secret_detection`), without any source. */
export function renderGitLab(report: Report, options: Selection): string {
  const tool = {
    id: report.tool.name,
    name: report.tool.name,
    version: said(report.tool.version, "unknown"),
    vendor: { name: report.tool.name },
  };
  const started = Date.parse(report.started_at);
  const log = {
    version: VERSION,
    schema: SCHEMA,
    scan: {
      analyzer: tool,
      scanner: tool,
      type: "secret_detection",
      status: report.verdict === "incomplete" ? "failure" : "success",
      start_time: time(started),
      end_time: time(started + report.duration_ms),
      messages: messages(report),
    },
    vulnerabilities: vulnerabilities(report, options),
  };
  return `${plainJson(log, 2)}\n`;
}

/** `2026-11-23T22:00:00`: UTC, and the format wants no zone. */
function time(milliseconds: number): string {
  const date = new Date(milliseconds);
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString().slice(0, 19);
}

function messages(report: Report): readonly object[] {
  const { skipped } = report.scanned;
  const unread = skipped.filter(({ incomplete }) => incomplete);
  const passedOver = skipped.length - unread.length;
  const told = (level: string, value: string): object => ({
    level,
    value: said(visible(value), "No details were given."),
  });
  return [
    told(report.verdict === "incomplete" ? "fatal" : "info", verdictWords(report)),
    ...unread.slice(0, MOST_MESSAGES).map(({ path, reason }) => told("warn", `Not read: ${path}: ${reason}`)),
    ...(unread.length > MOST_MESSAGES
      ? [told("warn", `${counted(unread.length - MOST_MESSAGES, "more file")} not read.`)]
      : []),
    ...(passedOver > 0 ? [told("info", `${counted(passedOver, "file")} of a kind that is skipped.`)] : []),
    ...report.notices.slice(0, MOST_MESSAGES).map((notice) => told("info", notice)),
  ];
}

function vulnerabilities(report: Report, options: Selection): readonly object[] {
  const seen = new Map<string, number>();
  return mostSevereFirst(findingsToTell(report, options)).map((finding) => {
    const count = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, count);
    const id = uuidOf(said(finding.fingerprint, "none"));
    return vulnerability(finding, count === 1 ? id : `${id}-${count}`);
  });
}

/** A fingerprint has as many digits as a UUID. */
function uuidOf(fingerprint: string): string {
  return fingerprint.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function vulnerability(finding: Finding, id: string): object {
  const { rule, title, severity, path, start, end, commit, commit_date, fingerprint, allowed } = finding;
  const startLine = Math.max(1, start.line);
  const place = { file: path, start_line: startLine, end_line: Math.max(startLine, end.line) };
  return {
    id,
    name: said(title, "A secret").slice(0, LONGEST_NAME),
    description: plainText(described(finding)),
    severity: SEVERITIES[severity],
    solution: solution(finding).slice(0, LONGEST_SOLUTION),
    identifiers: [
      {
        type: "aura_scan_rule_id",
        name: `aura-scan rule ${said(rule, "unnamed-rule")}`,
        value: said(rule, "unnamed-rule"),
      },
      {
        type: "cwe",
        name: "CWE-798",
        value: "798",
        url: "https://cwe.mitre.org/data/definitions/798.html",
      },
    ],
    links: /^https?:\/\/[!-~]+$/.test(finding.docs ?? "") ? [{ url: finding.docs }] : [],
    location: {
      ...place,
      commit: {
        sha: said(commit ?? "", NO_COMMIT),
        ...(commit_date === null ? {} : { date: commit_date }),
      },
    },
    // By this GitLab knows it again when its line has moved.
    tracking: {
      type: "source",
      items: [{ ...place, signatures: [{ algorithm: "hash", value: fingerprint }] }],
    },
    flags:
      allowed === null
        ? []
        : [
            {
              type: "flagged-as-likely-false-positive",
              origin: "aura-scan",
              description: said(allowed, "allowed"),
            },
          ],
    details: details(finding),
  };
}

function described(finding: Finding): string {
  const surface = surfaceWords(finding.surface);
  const unit = finding.unit === null ? "" : ` in ${finding.unit.aura_id}`;
  const where = `${unit}${surface === "" ? "" : ` (${surface})`}`;
  return visible(`${finding.title} ${finding.preview}${where}. Live Sync: ${wireWords(finding)}.`);
}

function solution(finding: Finding): string {
  const { words, block } = adviceOf(finding);
  const parts = [finding.rotate ?? "", words, block ?? ""].map((part) =>
    part.split("\n").map(visible).join("\n"),
  );
  return said(parts.filter((part) => part !== "").join("\n"), "Revoke it, and take it out of the source.");
}

function details(finding: Finding): object {
  const settings = settingsWords(finding);
  return {
    ...relatedDetails(finding),
    ...(settings === null
      ? {}
      : { settings: { name: "Settings", type: "text", value: visible(said(settings, ".")) } }),
  };
}

function relatedDetails({ related, path }: Finding): object {
  if (related.length === 0) return {};
  const items = related.slice(0, MOST_MESSAGES).map(({ start, end }) => ({
    type: "file-location",
    file_name: said(path, "."),
    line_start: start.line,
    line_end: Math.max(start.line, end.line),
  }));
  return { related: { name: "Belongs to it", type: "list", items } };
}

/** The format wants no empty texts. */
function said(text: string, instead: string): string {
  return text.trim() === "" ? instead : text;
}
