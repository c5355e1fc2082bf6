import type { Report } from "../../src/report/report.js";
import type { Finding } from "../../src/scan/finding.js";

/** A finding as the engine makes it: an AWS key id that the mask misses, in the body of `billing::connect`. */
export function sampleFinding(change: Partial<Finding> = {}): Finding {
  return {
    fingerprint: "0123456789abcdef0123456789abcdef",
    rule: "aws-access-key-id",
    title: "AWS access key ID",
    severity: "critical",
    confidence: "high",
    path: "src/billing.rs",
    start: { line: 12, column: 16 },
    end: { line: 12, column: 36 },
    unit: { aura_id: "billing::connect", name: "connect", marker: null },
    surface: "body",
    wire: "leak",
    detector: null,
    preview: "AKIA…(20)",
    check: null,
    built: null,
    related: [],
    line_hash: null,
    commit: null,
    commit_date: null,
    at_head: null,
    push: null,
    pushed: null,
    fix: "Take it out of the file: read it from the environment or a secret manager.",
    mask_block: null,
    rotate: null,
    docs: null,
    secret: 1,
    also: [],
    allowed: null,
    allowed_by: null,
    settings: null,
    bar: null,
    excerpt: { text: '    let key = "AKIA…(20)";', caret: { start: 15, end: 24 } },
    ...change,
  };
}

/** A staged run over 214 files with `findings`; it blocks if there are any. */
export function sampleReport(change: Partial<Report> = {}): Report {
  const findings = change.findings ?? [];
  return {
    schema: "aura-scan/report/1",
    tool: { name: "aura-scan", version: "0.1.0", rules: 240 },
    mode: "staged",
    started_at: "2026-11-23T22:00:00.000Z",
    duration_ms: 420,
    scanned: { files: 214, cached: 0, units: 31, bytes: 1_234_567, commits: 0, pushes: 0, skipped: [] },
    findings,
    fail_on: "medium",
    git_blocks_on: "secrets",
    rule_files: [{ file: "rules/default.toml", rules: 240 }],
    notices: [],
    category: null,
    verdict: findings.length > 0 ? "block" : "allow",
    reasons: [],
    ...change,
  };
}

/** The coverage of `sampleReport` with some of it changed. */
export function sampleScanned(change: Partial<Report["scanned"]>): Report["scanned"] {
  return { ...sampleReport().scanned, ...change };
}

/** A block as the engine prints it for a mask false negative. */
export const MASK_BLOCK = [
  "[[live.privacy.mask]]",
  'name = "aws-access-key-id-2"',
  "pattern = '''AKIA[A-Z0-9]{16}'''",
  'replacement = "****MASKED****"',
].join("\n");
