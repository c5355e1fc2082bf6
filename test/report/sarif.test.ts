import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { renderSarif } from "../../src/report/sarif.js";
import { MASK_BLOCK, sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

// The OASIS schema as Microsoft ships it, unchanged, in npm's @microsoft/sarif-multitool-linux 5.7.0 (MIT).
const SCHEMA = JSON.parse(
  readFileSync(new URL("../fixtures/sarif-schema-2.1.0.json", import.meta.url), "utf8"),
);
const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(SCHEMA);

const FULL = sampleReport({
  findings: [
    sampleFinding({ severity: "low", rule: "generic-secret", title: "A generic secret", also: ["x"] }),
    sampleFinding({ rotate: "See https://example.com/rotate_keys, then wait.", mask_block: MASK_BLOCK }),
    sampleFinding({
      severity: "medium",
      rule: "api-token",
      unit: null,
      surface: "text",
      path: "docs/a b#1%.md",
    }),
    sampleFinding({ severity: "high", rule: "other-token", allowed: "a test", secret: 2 }),
  ],
  scanned: sampleScanned({
    skipped: [
      { path: "logo.png", reason: "image", incomplete: false },
      { path: "locked.env", reason: "permission denied", incomplete: true },
    ],
  }),
  notices: ["An allow matches nothing."],
});

describe("the SARIF report", () => {
  it.each<readonly [string, Report, boolean]>([
    ["with findings", FULL, false],
    ["with allowed findings", FULL, true],
    ["with nothing", sampleReport(), false],
    ["incomplete", { ...FULL, verdict: "incomplete", reasons: ["one thing was not read"] }, false],
    ["with nothing said in any text", silent(), true],
  ])("is valid SARIF 2.1.0: %s", (_name, report, includeAllowed) => {
    const log = JSON.parse(renderSarif(report, { includeAllowed }));
    validate(log);
    expect(validate.errors).toBeNull();
    for (const text of stringsOf(log)) expect(text).not.toBe("");
  });

  it("is one run, its category the mode", () => {
    const log = JSON.parse(renderSarif(FULL, { includeAllowed: false }));
    expect(log.$schema).toMatch(/^https:.*sarif.*2\.1\.0\.json$/);
    expect(log.runs).toHaveLength(1);
    expect(log.runs[0].automationDetails.id).toBe("aura-scan/staged/");
    expect(log.runs[0].tool.driver).toMatchObject({
      name: "aura-scan",
      version: "0.1.0",
      semanticVersion: "0.1.0",
    });
    expect(log.runs[0].columnKind).toBe("utf16CodeUnits");
  });

  it("puts the most severe results first, their rules at the index they name", () => {
    const { run, rules } = sarifOf(FULL);
    expect(run.results.map((result: { level: string }) => result.level)).toEqual([
      "error",
      "warning",
      "note",
    ]);
    for (const result of run.results) expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  it("holds no rule without a result", () => {
    expect(sarifOf(FULL).rules.map((rule) => rule.id)).toEqual([
      "aws-access-key-id",
      "api-token",
      "generic-secret",
    ]);
  });

  it.each([
    ["critical", "error", 9.1, 10],
    ["high", "error", 7, 8.9],
    ["medium", "warning", 4, 6.9],
    ["low", "note", 0.1, 3.9],
  ] as const)("shows %s as GitHub does, by a string", (severity, level, least, most) => {
    const { run, rules } = sarifOf(sampleReport({ findings: [sampleFinding({ severity })] }));
    const shown = rules[0]?.properties["security-severity"];
    expect(typeof shown).toBe("string");
    expect(Number(shown)).toBeGreaterThanOrEqual(least);
    expect(Number(shown)).toBeLessThanOrEqual(most);
    expect(run.results[0].level).toBe(level);
  });

  it("tells with each rule what it is, how to rotate and what to do", () => {
    const [rule] = sarifOf(FULL).rules;
    expect(rule?.properties.tags).toContain("external/cwe/cwe-798");
    expect(rule?.properties.tags.length).toBeLessThanOrEqual(20);
    expect(rule?.properties.precision).toBe("high");
    expect(rule?.fullDescription.text.length).toBeLessThanOrEqual(1024);
    expect(rule?.help.text).toContain("See https://example.com/rotate_keys, then wait.");
    expect(rule?.help.markdown).toContain("See <https://example.com/rotate_keys>, then wait.");
    expect(rule?.help.markdown).toContain("**Revoke it.**");
  });

  it("cuts a description at 1,024 characters", () => {
    const { rules } = sarifOf(sampleReport({ findings: [sampleFinding({ title: "😀".repeat(2000) })] }));
    expect(rules[0]?.fullDescription.text.length).toBe(1024);
  });

  it("shows Markdown in a team's own title as it is written", () => {
    const title = "[click](https://example.com) <b>";
    const { rules, run } = sarifOf(sampleReport({ findings: [sampleFinding({ title })] }));
    expect(rules[0]?.help.markdown).toContain("\\[click\\](<https://example.com>) \\<b\\>");
    expect(run.results[0].message.text).not.toContain("](");
  });

  it.each([
    ["src/a b.rs", "src/a%20b.rs"],
    ["docs/50%#1?.md", "docs/50%25%231%3F.md"],
    ["ü/漢.rs", "%C3%BC/%E6%BC%A2.rs"],
    ["c:x/y", "c%3Ax/y"],
    ["//host/share", "host/share"],
    ["a\ud800b", "a%EF%BF%BDb"],
    ["a\\b", "a%5Cb"],
    ["", "."],
  ])("writes the path %j as a relative address under a declared base", (path, uri) => {
    const { run } = sarifOf(sampleReport({ findings: [sampleFinding({ path })] }));
    const { artifactLocation } = run.results[0].locations[0].physicalLocation;
    expect(artifactLocation).toEqual({ uri, uriBaseId: "%SRCROOT%" });
    expect(Object.keys(run.originalUriBaseIds["%SRCROOT%"])).toEqual(["description"]);
  });

  it.each([
    ["as it is", [3, 5, 4, 1], [3, 5, 4, 1]],
    ["at the least from 1", [0, 0, 0, 0], [1, 1, 1, 1]],
    ["not ending before it begins", [3, 9, 3, 2], [3, 9, 3, 9]],
    ["not ending on an earlier line", [3, 9, 2, 20], [3, 9, 3, 20]],
  ])("writes the region %s", (_name, place, expected) => {
    const [line = 0, column = 0, endLine = 0, endColumn = 0] = place;
    const finding = sampleFinding({ start: { line, column }, end: { line: endLine, column: endColumn } });
    const { region } = sarifOf(sampleReport({ findings: [finding] })).run.results[0].locations[0]
      .physicalLocation;
    expect([region.startLine, region.startColumn, region.endLine, region.endColumn]).toEqual(expected);
  });

  it("carries our fingerprint under our own key, and leaves GitHub's to GitHub", () => {
    const { run } = sarifOf(FULL);
    expect(run.results[0].partialFingerprints).toEqual({ "auraScan/v1": "0123456789abcdef0123456789abcdef" });
  });

  it("says what Live Sync would do, and where the mask block is", () => {
    const { run } = sarifOf(FULL);
    expect(run.results[0].message.text).toContain(
      "AWS access key ID 'AKIA…(20)' in 'billing::connect' (body).",
    );
    expect(run.results[0].message.text).toContain("Live Sync: would leak.");
    expect(run.results[0].properties).toMatchObject({
      surface: "body",
      wire: "leak",
      confidence: "high",
      aura_id: "billing::connect",
      secret: 1,
      blocks: true,
      mask_block: MASK_BLOCK,
    });
    expect(run.results[2].properties).toMatchObject({ blocks: false, also: ["x"] });
  });

  it("holds no line of the source", () => {
    expect(renderSarif(FULL, { includeAllowed: true })).not.toMatch(/let key|"snippet"/);
  });

  it("leaves allowed findings out and says so", () => {
    const { run, notes } = sarifOf(FULL);
    expect(run.results).toHaveLength(3);
    expect(notes).toContainEqual({ level: "note", message: { text: "1 allowed finding left out." } });
    for (const result of run.results) expect(result).not.toHaveProperty("suppressions");
  });

  it("writes suppressions on all results or on none", () => {
    const { results } = JSON.parse(renderSarif(FULL, { includeAllowed: true })).runs[0];
    expect(results.map((result: { suppressions: unknown }) => result.suppressions)).toEqual([
      [],
      [{ kind: "external", status: "accepted", justification: "a test" }],
      [],
      [],
    ]);
  });

  it("keeps the 5,000 most severe results and tells how many are left out", () => {
    const findings = Array.from({ length: 5003 }, (_, index) =>
      sampleFinding({ severity: index < 5 ? "low" : "high", rule: index < 5 ? "low-rule" : "high-rule" }),
    );
    const { run, notes, rules } = sarifOf(sampleReport({ findings }));
    expect(run.results).toHaveLength(5000);
    expect(run.results.filter((result: { level: string }) => result.level === "note")).toHaveLength(2);
    expect(rules.map((rule) => rule.id)).toEqual(["high-rule", "low-rule"]);
    expect(notes[0]).toMatchObject({ level: "warning" });
    expect(notes[0]?.message.text).toMatch(/^3 results left out/);
  });

  it("counts findings as no failure, and an incomplete run as one", () => {
    expect(sarifOf(FULL).run.invocations[0].executionSuccessful).toBe(true);
    const incomplete = sarifOf({ ...FULL, verdict: "incomplete", reasons: ["one thing was not read"] });
    expect(incomplete.run.invocations[0].executionSuccessful).toBe(false);
    expect(incomplete.notes).toContainEqual({ level: "error", message: { text: "one thing was not read" } });
  });

  it("names what was skipped, as an error where the run is incomplete by it", () => {
    const skipped = sarifOf(FULL).notes.filter((note) => note.locations !== undefined);
    expect(skipped.map((note) => [note.level, note.message.text])).toEqual([
      ["error", "Not read: 'locked.env': permission denied"],
      ["note", "Not read: 'logo.png': image"],
    ]);
  });

  it("lists the first 1,000 images and the like, and counts the rest", () => {
    const image = { path: "a.png", reason: "image", incomplete: false };
    const { notes } = sarifOf(sampleReport({ scanned: sampleScanned({ skipped: Array(1002).fill(image) }) }));
    expect(notes).toHaveLength(1001);
    expect(notes.at(-1)?.message.text).toBe("2 more files skipped and not listed here.");
  });

  it("carries its coverage, so that no results are no false all-clear", () => {
    expect(sarifOf(FULL).run.properties).toMatchObject({
      files: 214,
      skipped: 2,
      rules: 240,
      verdict: "block",
    });
    const empty = sampleReport({ reasons: ["Nothing to look at: no file is staged"] });
    expect(sarifOf(empty).notes).toEqual([
      { level: "note", message: { text: "Nothing to look at: no file is staged" } },
    ]);
  });

  it("leaves the times out where the report has none that can be read", () => {
    expect(sarifOf(sampleReport({ started_at: "yesterday" })).run.invocations[0]).not.toHaveProperty(
      "startTimeUtc",
    );
    expect(sarifOf(sampleReport()).run.invocations[0].endTimeUtc).toBe("2026-11-23T22:00:00.420Z");
  });
});

type SarifRule = {
  id: string;
  fullDescription: { text: string };
  help: { text: string; markdown: string };
  properties: { "security-severity": string; precision: string; tags: string[] };
};
type SarifNote = { level: string; message: { text: string }; locations?: unknown };

function sarifOf(report: Report) {
  const [run] = JSON.parse(renderSarif(report, { includeAllowed: false })).runs;
  const rules: readonly SarifRule[] = run.tool.driver.rules;
  const notes: readonly SarifNote[] = run.invocations[0].toolExecutionNotifications;
  return { run, rules, notes };
}

function silent(): Report {
  const texts = {
    rule: "",
    title: "",
    fix: "",
    preview: "",
    path: "",
    fingerprint: "",
    rotate: "",
    mask_block: "",
  };
  const finding = sampleFinding({
    ...texts,
    unit: { aura_id: "", name: "", marker: null },
    detector: "",
    commit: "",
    push: "",
    also: [""],
    allowed: "",
  });
  return sampleReport({
    tool: { name: "aura-scan", version: "", rules: 1 },
    findings: [finding],
    notices: [""],
    reasons: [""],
    verdict: "incomplete",
    scanned: sampleScanned({ skipped: [{ path: "", reason: "", incomplete: true }] }),
  });
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}
