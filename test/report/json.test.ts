import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { renderJson } from "../../src/report/json.js";
import { visible } from "../../src/report/visible.js";
import { MASK_BLOCK, sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

type Json = { [key: string]: unknown };

const SCHEMA: Json = JSON.parse(readFileSync(new URL("../../schema/report-1.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(SCHEMA);
const validateClosed = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(closed(SCHEMA) as Json);

const FULL = sampleReport({
  findings: [
    sampleFinding({
      detector: "jwt",
      also: ["generic-secret"],
      rotate: "Ask the admin.",
      mask_block: MASK_BLOCK,
    }),
    sampleFinding({
      unit: null,
      surface: "text",
      wire: "withheld",
      secret: 2,
      allowed: "a test",
      allowed_by: "inline",
      check: "checksum holds",
      built: "concatenation",
      related: [
        {
          kind: "partner",
          rule: "client-id",
          title: "Client id",
          start: { line: 1, column: 1 },
          end: { line: 1, column: 9 },
        },
        {
          kind: "piece",
          rule: null,
          title: null,
          start: { line: 2, column: 1 },
          end: { line: 2, column: 9 },
        },
      ],
      line_hash: "c129715d7a2bc9a3:1",
      docs: "https://example.com/docs",
      detector: null,
    }),
    sampleFinding({
      commit: "0f".repeat(20),
      push: "r-1",
      unit: { aura_id: "a", name: "a", marker: "@aura-local" },
    }),
  ],
  scanned: sampleScanned({ skipped: [{ path: "a.png", reason: "image", incomplete: false }] }),
  notices: ["An allow matches nothing."],
  category: "frontend",
  reasons: ["1 secret in 1 file"],
});

describe("the JSON report", () => {
  it("begins with its schema, keeps the order of its keys, and ends with a newline", () => {
    const json = renderJson(FULL);
    expect(json.startsWith('{\n  "schema": "aura-scan/report/1",\n  "tool": {')).toBe(true);
    expect(json.endsWith("\n}\n")).toBe(true);
    const shuffled = Object.fromEntries(Object.entries(FULL).reverse()) as typeof FULL;
    expect(renderJson(shuffled)).toBe(json);
  });

  it("says all that the report says, except the excerpt", () => {
    const findings = FULL.findings.map(({ excerpt: _excerpt, ...said }) => said);
    expect(JSON.parse(renderJson(FULL))).toEqual({ ...FULL, findings });
  });

  it("holds no excerpt, which is for people only", () => {
    expect(renderJson(FULL)).not.toContain("let key");
  });

  it("writes no character that could draw on a terminal, and parses back to the same", () => {
    const path = "a\u001b[2J\u009b1m\u202ereversed\u2028.rs";
    const json = renderJson(sampleReport({ findings: [sampleFinding({ path })] }));
    const drawing = [...json].filter((character) => character !== "\n" && visible(character) !== character);
    expect(drawing).toEqual([]);
    expect(JSON.parse(json).findings[0].path).toBe(path);
  });
});

describe("the schema of the JSON report", () => {
  it.each([
    ["a full report", FULL],
    ["a report without findings", sampleReport()],
    ["an incomplete one", sampleReport({ verdict: "incomplete", reasons: ["a file was not read"] })],
    ["one with half a surrogate in a path", sampleReport({ findings: [sampleFinding({ path: "a\ud800" })] })],
  ])("accepts %s", (_name, report) => {
    validate(JSON.parse(renderJson(report)));
    expect(validate.errors).toBeNull();
  });

  it("describes every field that is written", () => {
    validateClosed(JSON.parse(renderJson(FULL)));
    expect(validateClosed.errors).toBeNull();
  });

  it("accepts fields that a later version adds", () => {
    const report = JSON.parse(renderJson(FULL));
    report.later = 1;
    report.findings[0].later = { anything: true };
    expect(validate(report)).toBe(true);
  });

  it.each<readonly [string, Json, Json]>([
    ["another schema", { schema: "aura-scan/report/2" }, {}],
    ["no verdict", { verdict: undefined }, {}],
    ["an unknown verdict", { verdict: "clean" }, {}],
    ["an unknown mode", { mode: "all" }, {}],
    ["a local time", { started_at: "2026-11-23T22:00:00+01:00" }, {}],
    ["a negative count", { scanned: { ...FULL.scanned, files: -1 } }, {}],
    ["no coverage", { scanned: undefined }, {}],
    ["a finding with its excerpt", {}, { excerpt: { text: "x" } }],
    ["a column 0", {}, { start: { line: 1, column: 0 } }],
    ["an absolute path", {}, { path: "/home/me/a.rs" }],
    ["a short fingerprint", {}, { fingerprint: "0123" }],
    ["an unknown severity", {}, { severity: "warning" }],
    ["an unknown surface", {}, { surface: "string" }],
    ["a unit without its id", {}, { unit: { name: "a", marker: null } }],
    ["half a line hash", {}, { line_hash: "c129715d7a2bc9a3" }],
    [
      "a related place of another kind",
      {},
      { related: [{ ...FULL.findings[1]?.related[0], kind: "friend" }] },
    ],
    ["a secret number 0", {}, { secret: 0 }],
    ["a finding without a fix", {}, { fix: undefined }],
  ])("refuses %s", (_name, inReport, inFinding) => {
    const report = JSON.parse(renderJson(FULL));
    const findings = [{ ...report.findings[0], ...inFinding }];
    const spoilt = JSON.stringify({ ...report, findings, ...inReport });
    expect(validate(JSON.parse(spoilt))).toBe(false);
  });
});

/** `schema` that accepts no field it does not describe. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return inner["type"] === "object" ? { ...inner, additionalProperties: false, $id: undefined } : inner;
}
