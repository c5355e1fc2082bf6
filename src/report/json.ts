import type { Bar, Finding, Pushed } from "../scan/finding.js";
import { plainJson } from "./plain-json.js";
import type { Report } from "./report.js";

/** A finding as it is written: without the excerpt, which is for people only. */
type JsonFinding = Omit<Finding, "excerpt">;

type JsonReport = Omit<Report, "findings"> & { readonly findings: readonly JsonFinding[] };

/** The report as `aura-scan/report/1` (schema/report-1.json): keys always in this order, two spaces, a newline at the end. */
export function renderJson(report: Report): string {
  const { tool, scanned } = report;
  const written: JsonReport = {
    schema: report.schema,
    tool: { name: tool.name, version: tool.version, rules: tool.rules },
    mode: report.mode,
    started_at: report.started_at,
    duration_ms: report.duration_ms,
    fail_on: report.fail_on,
    git_blocks_on: report.git_blocks_on,
    rule_files: report.rule_files.map(({ file, rules }) => ({ file, rules })),
    scanned: {
      files: scanned.files,
      cached: scanned.cached,
      units: scanned.units,
      bytes: scanned.bytes,
      commits: scanned.commits,
      pushes: scanned.pushes,
      skipped: scanned.skipped.map(({ path, reason, incomplete }) => ({ path, reason, incomplete })),
    },
    findings: report.findings.map(jsonFinding),
    notices: report.notices,
    category: report.category,
    verdict: report.verdict,
    reasons: report.reasons,
  };
  return `${plainJson(written, 2)}\n`;
}

function jsonBar({ fail_on, git_blocks_on }: Bar): Bar {
  return { fail_on, git_blocks_on };
}

function jsonPushed({ at, last_at, times, motherships, sent }: Pushed): Pushed {
  return { at, last_at, times, motherships, sent };
}

/** Field by field, so that a field added to `Finding` is written only after someone has thought about it. */
function jsonFinding(finding: Finding): JsonFinding {
  const { unit, start, end } = finding;
  return {
    fingerprint: finding.fingerprint,
    rule: finding.rule,
    title: finding.title,
    severity: finding.severity,
    confidence: finding.confidence,
    path: finding.path,
    start: { line: start.line, column: start.column },
    end: { line: end.line, column: end.column },
    unit: unit === null ? null : { aura_id: unit.aura_id, name: unit.name, marker: unit.marker },
    surface: finding.surface,
    wire: finding.wire,
    detector: finding.detector,
    preview: finding.preview,
    check: finding.check,
    built: finding.built,
    related: finding.related.map(({ kind, rule, title, start, end }) => ({
      kind,
      rule,
      title,
      start: { line: start.line, column: start.column },
      end: { line: end.line, column: end.column },
    })),
    line_hash: finding.line_hash,
    commit: finding.commit,
    commit_date: finding.commit_date,
    at_head: finding.at_head,
    push: finding.push,
    pushed: finding.pushed === null ? null : jsonPushed(finding.pushed),
    fix: finding.fix,
    mask_block: finding.mask_block,
    rotate: finding.rotate,
    docs: finding.docs,
    secret: finding.secret,
    also: finding.also,
    allowed: finding.allowed,
    allowed_by: finding.allowed_by,
    settings: finding.settings,
    bar: finding.bar === null ? null : jsonBar(finding.bar),
  };
}
