import { describe, expect, it } from "vitest";
import { renderJson } from "../../../src/report/json.js";
import { readReport } from "../../../src/report/read/read-report.js";
import { renderReport } from "../../../src/report/render.js";
import type { Report } from "../../../src/report/report.js";
import type { ShardPart } from "../../../src/report/shard-part.js";
import { manyFindings } from "../many-findings.js";
import { sampleFinding, sampleReport, sampleScanned } from "../sample-report.js";

const PLACED = { path: "a.ts", line: 3, text: "a.ts:3: it matches nothing" };

const SHARD: ShardPart = {
  index: 2,
  of: 3,
  run: "0f1e",
  commits: 4,
  nothing: "no commit holds a file",
  allow_incomplete: false,
  refused_allows: 1,
  values: ["0".repeat(32), "1".repeat(32)],
  markers: ["@aura-local"],
  notices: {
    faults: [PLACED],
    unbound: [],
    settings: ["a/.aura/live.toml: something of it does not count."],
    unused: {
      tables: [{ file: ".aura/live.toml", number: 1, matched: false, text: "a table" }],
      comments: [PLACED],
      baseline: { file: "b.txt", known: 3, matched: 1 },
    },
  },
};

const FULL = sampleReport({
  findings: [
    sampleFinding({
      also: ["generic-secret"],
      commit: "0f".repeat(20),
      commit_date: "2026-05-01T12:30:00.000Z",
    }),
    sampleFinding({
      unit: null,
      secret: 2,
      allowed: "a test",
      allowed_by: "inline",
      push: "r-1",
      pushed: {
        at: "2026-05-01T12:30:00Z",
        last_at: "2026-05-01T12:30:00Z",
        times: 1,
        motherships: ["a"],
        sent: true,
      },
    }),
  ],
  scanned: sampleScanned({ skipped: [{ path: "a.png", reason: "image", incomplete: false }] }),
  notices: ["a notice"],
  reasons: ["1 secret in 1 file"],
  shard: SHARD,
});

describe("a report that is read back", () => {
  it.each<readonly [string, Report]>([
    ["full", FULL],
    ["without findings", sampleReport()],
    ["of a history", manyFindings(50, true)],
  ])("says what was written, when it is %s", (_name, report) => {
    const json = renderJson(report);
    expect(renderJson(readReport(json))).toBe(json);
    expect(renderJson(readReport(`\ufeff${json}`))).toBe(json);
  });

  it("lets what a later version adds be, and takes an earlier version's", () => {
    const report = JSON.parse(renderJson(FULL));
    report.later = { anything: 1 };
    report.findings[0].later = true;
    for (const key of ["check", "built", "commit_date", "at_head", "pushed", "allowed_by"])
      delete report.findings[0][key];
    delete report.scanned.cached;
    expect(readReport(JSON.stringify(report)).findings[0]?.check).toBeNull();
  });

  it("can be told in every other format, though it has no excerpts", () => {
    const report = readReport(renderJson(FULL));
    for (const format of ["text", "sarif", "html"] as const)
      expect(
        renderReport(format, report, { color: false, width: 100, verbose: true, quiet: false }),
      ).toContain("src/billing.rs");
  });
});

type Spoil = (report: ReturnType<typeof JSON.parse>) => void;

describe("a report that is broken or was changed is refused, with the place", () => {
  it.each<readonly [string, Spoil]>([
    ["schema must be one of", (r) => (r.schema = "aura-scan/report/2")],
    ["verdict is missing", (r) => delete r.verdict],
    ["tool must be an object", (r) => (r.tool = [])],
    ["tool.rules must be a whole number from 1", (r) => (r.tool.rules = 0)],
    ["mode must be one of", (r) => (r.mode = "all")],
    ["started_at must be a time", (r) => (r.started_at = "yesterday")],
    ["started_at must be a time", (r) => (r.started_at = "2026-13-01T00:00:00Z")],
    ["duration_ms must be a number", (r) => (r.duration_ms = -1)],
    ["scanned.files must be a whole number", (r) => (r.scanned.files = 1.5)],
    ["scanned.files must be a whole number", (r) => (r.scanned.files = 2 ** 60)],
    ["scanned.skipped[0].incomplete must be true or false", (r) => (r.scanned.skipped[0].incomplete = 1)],
    ["findings must be a list", (r) => (r.findings = {})],
    ["findings[1] must be an object", (r) => (r.findings[1] = null)],
    ["findings[1].start.line must be a whole number from 1", (r) => (r.findings[1].start.line = 0)],
    ["findings[0].end lies before start", (r) => (r.findings[0].end.line = 1)],
    ["findings[0].severity must be one of", (r) => (r.findings[0].severity = "constructor")],
    ["findings[0].path must be a relative path", (r) => (r.findings[0].path = "/etc/passwd")],
    ["findings[0].fingerprint must be 32", (r) => (r.findings[0].fingerprint = "0123")],
    ["findings[0].commit must be a commit's whole id", (r) => (r.findings[0].commit = "HEAD")],
    ["findings[0].commit_date must be a time", (r) => (r.findings[0].commit_date = "x")],
    ["findings[0].also[0] must be a text", (r) => (r.findings[0].also = [1])],
    ["findings[0].unit.marker must be one of", (r) => (r.findings[0].unit.marker = "@x")],
    ["findings[1].pushed.times must be a whole number from 1", (r) => (r.findings[1].pushed.times = 0)],
    ["findings[0].secret must be a whole number from 1", (r) => (r.findings[0].secret = "1")],
    ["findings[1].secret has no mark", (r) => (r.findings[1].secret = 9)],
    ["notices[0] must be a text", (r) => (r.notices = [{}])],
    ["verdict is allow, but findings[0] blocks", (r) => (r.verdict = "allow")],
    ["verdict is block, but none", (r) => (r.findings = [])],
    ["verdict is incomplete, but", (r) => Object.assign(r, { findings: [], verdict: "incomplete" })],
    [
      "verdict is allow, but nothing was read",
      (r) =>
        Object.assign(r, {
          findings: [],
          verdict: "allow",
          reasons: [],
          scanned: { ...r.scanned, files: 0 },
        }),
    ],
    ["shard.of must be at most 10000", (r) => (r.shard.of = 1_000_000_000)],
    ["shard.index is larger", (r) => (r.shard.index = 4)],
    ["shard.run must be 4", (r) => (r.shard.run = "x")],
    ["shard.values[0] must be 32", (r) => (r.shard.values[0] = "x")],
    ["shard.values holds the same mark twice", (r) => (r.shard.values[1] = r.shard.values[0])],
    ["shard.markers[0] must be one of", (r) => (r.shard.markers = ["@aura-x"])],
    ["shard.notices.unused.tables[0].number must be", (r) => (r.shard.notices.unused.tables[0].number = -1)],
  ])("%s", (words, spoil) => {
    const report = JSON.parse(renderJson(FULL));
    spoil(report);
    expect(() => readReport(JSON.stringify(report))).toThrow(words);
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["a prototype in place of fields", '{"__proto__": {"schema": "aura-scan/report/1"}}'],
    ["very deep", "[".repeat(100_000)],
  ])("%s", (_name, text) => {
    expect(() => readReport(text)).toThrow(expect.objectContaining({ name: "ReportFault" }));
  });

  it("never repeats what stands in it", () => {
    const planted = "planted-value-7391";
    for (const text of [
      `{"schema": "${planted}"}`,
      planted,
      `{"schema": "aura-scan/report/1", "tool": "${planted}"}`,
    ])
      expect(() => readReport(text)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining(planted) }),
      );
  });
});
