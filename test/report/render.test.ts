import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REPORT_FORMATS } from "../../src/report/formats.js";
import { renderReport } from "../../src/report/render.js";
import type { Report } from "../../src/report/report.js";
import { CONFIDENCES, SEVERITIES } from "../../src/rules/rule.js";
import type { Finding } from "../../src/scan/finding.js";
import { sampleFinding, sampleReport } from "./sample-report.js";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom("", "a\u001b[31mb\nc", "](x)", "\ud800", "'''", "__proto__"),
);
const perhaps = fc.option(text);
const place = fc.record({ line: fc.integer({ min: 0, max: 1e7 }), column: fc.integer({ min: 0, max: 1e7 }) });
const caret = fc.record({ start: fc.nat(80), end: fc.nat(80) });

const finding: fc.Arbitrary<Finding> = fc.record({
  fingerprint: text,
  rule: text,
  title: text,
  severity: fc.constantFrom(...SEVERITIES),
  confidence: fc.constantFrom(...CONFIDENCES),
  path: text,
  start: place,
  end: place,
  unit: fc.option(
    fc.record({ aura_id: text, name: text, marker: fc.constantFrom("@aura-local", "@aura-public", null) }),
  ),
  surface: fc.constantFrom("body", "signature", "identifier", "comment", "text"),
  wire: fc.constantFrom("leak", "masked", "withheld"),
  detector: perhaps,
  preview: text,
  check: perhaps,
  built: perhaps,
  related: fc.array(
    fc.record({
      kind: fc.constantFrom("partner", "piece"),
      rule: perhaps,
      title: perhaps,
      start: place,
      end: place,
    }),
    { maxLength: 3 },
  ),
  line_hash: perhaps,
  commit: perhaps,
  commit_date: perhaps,
  at_head: fc.option(fc.boolean()),
  push: perhaps,
  pushed: fc.option(
    fc.record({
      at: text,
      last_at: text,
      times: fc.nat(),
      motherships: fc.array(text, { maxLength: 2 }),
      sent: fc.boolean(),
    }),
  ),
  fix: text,
  mask_block: perhaps,
  rotate: perhaps,
  docs: perhaps,
  secret: fc.integer({ min: 1, max: 3 }),
  also: fc.array(text, { maxLength: 3 }),
  allowed: perhaps,
  allowed_by: fc.constantFrom("inline", "settings", "baseline", null),
  settings: perhaps,
  bar: fc.option(
    fc.record({
      fail_on: fc.constantFrom(...SEVERITIES),
      git_blocks_on: fc.constantFrom("secrets", "leaks"),
    }),
  ),
  excerpt: fc.record({ text, caret }),
});

const report: fc.Arbitrary<Report> = fc.record({
  schema: fc.constant("aura-scan/report/1"),
  tool: fc.record({ name: fc.constant("aura-scan"), version: text, rules: fc.nat() }),
  mode: fc.constantFrom("staged", "tree", "range", "since", "pre-push", "preflight", "stdin"),
  started_at: fc.oneof(text, fc.constant("2026-11-23T22:00:00Z")),
  duration_ms: fc.oneof(fc.nat(), fc.double()),
  scanned: fc.record({
    files: fc.nat(),
    cached: fc.nat(),
    units: fc.nat(),
    bytes: fc.nat(),
    commits: fc.nat(),
    pushes: fc.nat(),
    skipped: fc.array(fc.record({ path: text, reason: text, incomplete: fc.boolean() }), { maxLength: 4 }),
  }),
  findings: fc.array(finding, { maxLength: 5 }),
  fail_on: fc.constantFrom(...SEVERITIES),
  git_blocks_on: fc.constantFrom("secrets", "leaks"),
  rule_files: fc.array(fc.record({ file: text, rules: fc.nat() }), { maxLength: 2 }),
  notices: fc.array(text, { maxLength: 2 }),
  category: perhaps,
  verdict: fc.constantFrom("allow", "block", "incomplete"),
  reasons: fc.array(text, { maxLength: 2 }),
});

const options = fc.record({
  width: fc.integer({ min: 0, max: 220 }),
  verbose: fc.boolean(),
  quiet: fc.boolean(),
  includeAllowed: fc.boolean(),
});

describe("every format", () => {
  it("renders any report: text without control characters, JSON and SARIF that parse back", () => {
    fc.assert(
      fc.property(report, options, (any, view) => {
        const shown = renderReport("text", any, { ...view, color: false });
        expect(shown).not.toMatch(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
        const json = JSON.parse(renderReport("json", any, { ...view, color: false }));
        expect(json.findings.map((one: Finding) => one.path)).toEqual(any.findings.map((one) => one.path));
        const sarif = JSON.parse(renderReport("sarif", any, { ...view, color: false }));
        const counted = any.findings.filter((one) => view.includeAllowed || one.allowed === null);
        expect(sarif.runs[0].results).toHaveLength(counted.length);
        const gitlab = JSON.parse(renderReport("gitlab", any, { ...view, color: false }));
        expect(gitlab.vulnerabilities).toHaveLength(counted.length);
        expect(JSON.parse(renderReport("gitleaks", any, { ...view, color: false }))).toHaveLength(
          counted.length,
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each(["github", "markdown", "junit", "csv"] as const)(
    "writes %s of any report without control characters or what turns a line around",
    (format) => {
      fc.assert(
        fc.property(report, options, (any, view) => {
          const shown = renderReport(format, any, { ...view, color: false }).replaceAll("\r\n", "\n");
          expect(shown).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
        }),
        { numRuns: 100 },
      );
    },
  );

  it("colours nothing but what it draws itself", () => {
    const esc = String.fromCharCode(27);
    fc.assert(
      fc.property(report, options, (any, view) => {
        const colored = renderReport("text", any, { ...view, color: true });
        const plain = renderReport("text", any, { ...view, color: false });
        expect(colored.replace(new RegExp(`${esc}\\[[0-9;]*m`, "g"), "")).toBe(plain);
      }),
    );
  });

  it("leaves allowed findings out of SARIF unless asked for them", () => {
    const any = sampleReport({ findings: [sampleFinding({ allowed: "a test" })] });
    const view = { width: 80, verbose: false, quiet: false, color: false };
    expect(JSON.parse(renderReport("sarif", any, view)).runs[0].results).toEqual([]);
  });

  it.each(REPORT_FORMATS.filter((format) => format !== "text" && format !== "github"))(
    "says in %s that there was nothing to look at",
    (format) => {
      const any = sampleReport({
        scanned: { ...sampleReport().scanned, files: 0, units: 0, bytes: 0 },
        reasons: ["Nothing to look at: no file is staged"],
      });
      const shown = renderReport(format, any, { width: 80, verbose: false, quiet: false, color: false });
      if (format === "gitleaks") expect(shown).toBe("[]\n");
      else expect(shown).toContain("Nothing to look at");
    },
  );
});
