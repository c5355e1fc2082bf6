import { describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { renderSarif } from "../../src/report/sarif.js";
import { sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";
import { FULL, sarifOf } from "./sarif-log.js";
import { schemaFaults, uploadFaults } from "./sarif-schema.js";

describe("the SARIF report", () => {
  it.each<readonly [string, Report, boolean]>([
    ["with findings", FULL, false],
    ["with allowed findings", FULL, true],
    ["with nothing", sampleReport(), false],
    ["incomplete", { ...FULL, verdict: "incomplete", reasons: ["one thing was not read"] }, false],
    ["with nothing said in any text", silent(), true],
  ])("is valid SARIF 2.1.0: %s", (_name, report, includeAllowed) => {
    const log = JSON.parse(renderSarif(report, { includeAllowed }));
    expect(schemaFaults(log)).toBeNull();
    expect(uploadFaults(log)).toEqual([]);
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

  it.each([
    ["frontend", "frontend/"],
    ["frontend/", "frontend/"],
    ["azuredevops/pipeline/build/7", "azuredevops/pipeline/build/7/"],
    ["a\u001bb", "a\\u{1b}b/"],
    ["", "aura-scan/staged/"],
    [null, "aura-scan/staged/"],
  ])("is kept apart by the category %j", (category, id) => {
    expect(sarifOf(sampleReport({ category })).run.automationDetails).toEqual({ id });
  });

  it("names for each notification what kind it is", () => {
    const { run, notes } = sarifOf({ ...FULL, verdict: "incomplete", reasons: ["one thing was not read"] });
    const kinds = run.tool.driver.notifications.map(({ id }: { id: string }) => id);
    for (const { descriptor } of notes) expect(kinds[descriptor.index]).toBe(descriptor.id);
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

  it.each([
    ["api-token", "ApiToken"],
    ["jwt", "JwtRule"],
    ["", "Rule"],
    ["\u6f22", "Rule"],
  ])("gives the rule %j the name %s, which is another than its id", (rule, name) => {
    expect(sarifOf(sampleReport({ findings: [sampleFinding({ rule })] })).rules[0]?.name).toBe(name);
  });

  it.each([
    ["https://example.com/keys", "https://example.com/keys"],
    ["http://a b", undefined],
    ["javascript:alert(1)", undefined],
    [null, undefined],
  ])("links to the provider's page %j", (docs, helpUri) => {
    expect(sarifOf(sampleReport({ findings: [sampleFinding({ docs })] })).rules[0]?.helpUri).toBe(helpUri);
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

  it("leaves allowed findings out and says so", () => {
    const { run, notes } = sarifOf(FULL);
    expect(run.results).toHaveLength(3);
    expect(notes).toContainEqual({
      descriptor: { id: "left-out", index: 0 },
      level: "note",
      message: { text: "1 allowed finding left out." },
    });
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
    expect(sarifOf(FULL).run.invocations[0].exitCode).toBe(1);
    const incomplete = sarifOf({ ...FULL, verdict: "incomplete", reasons: ["one thing was not read"] });
    expect(incomplete.run.invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 3 });
    expect(incomplete.notes).toContainEqual({
      descriptor: { id: "verdict", index: 1 },
      level: "error",
      message: { text: "one thing was not read" },
    });
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

  it("lists the first 1,000 things that were not read, and counts the rest as the error that they are", () => {
    const unread = { path: "a.rs", reason: "permission denied", incomplete: true };
    const { notes } = sarifOf(
      sampleReport({ scanned: sampleScanned({ skipped: Array(1003).fill(unread) }) }),
    );
    expect(notes).toHaveLength(1001);
    expect(notes.at(-1)).toMatchObject({
      level: "error",
      message: { text: "3 more files not read and not listed here." },
    });
  });

  it("carries its coverage, so that no results are no false all-clear", () => {
    expect(sarifOf(FULL).run.properties).toMatchObject({
      files: 214,
      skipped: 2,
      rules: 240,
      verdict: "block",
    });
    const empty = sampleReport({ reasons: ["Nothing to look at: no file is staged"] });
    expect(sarifOf(empty).notes).toMatchObject([
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
