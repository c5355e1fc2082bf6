import { describe, expect, it } from "vitest";
import { renderGitleaks } from "../../src/report/gitleaks.js";
import { EVERYTHING } from "./formats-report.js";
import { sampleReport } from "./sample-report.js";

describe("the report for readers of gitleaks' JSON", () => {
  it("is a list of findings with the keys that such readers know, and no secret", () => {
    const [, found] = JSON.parse(renderGitleaks(EVERYTHING, { includeAllowed: false }));
    expect(found).toEqual({
      RuleID: "aws-access-key-id",
      Description: "AWS access key ID",
      StartLine: 12,
      EndLine: 12,
      StartColumn: 16,
      EndColumn: 35,
      Match: "REDACTED",
      Secret: "REDACTED",
      File: "src/billing.rs",
      SymlinkFile: "",
      Commit: "",
      Entropy: 0,
      Author: "",
      Email: "",
      Date: "",
      Message: "",
      Tags: ["severity:critical", "confidence:high", "aura-scan:0123456789abcdef0123456789abcdef"],
      Fingerprint: "src/billing.rs:aws-access-key-id:12",
    });
  });

  it("names the commit, also in the fingerprint, where a history was read", () => {
    const [, , found] = JSON.parse(renderGitleaks(EVERYTHING, { includeAllowed: false }));
    const commit = "0f".repeat(20);
    expect(found).toMatchObject({ Commit: commit, Date: "2026-05-01T10:00:00.000Z" });
    expect(found.Fingerprint.startsWith(`${commit}:`)).toBe(true);
  });

  it("holds allowed findings only where they are asked for", () => {
    expect(JSON.parse(renderGitleaks(EVERYTHING, { includeAllowed: false }))).toHaveLength(3);
    expect(JSON.parse(renderGitleaks(EVERYTHING, { includeAllowed: true }))).toHaveLength(4);
  });

  it("is an empty list where nothing was found", () => {
    expect(renderGitleaks(sampleReport(), { includeAllowed: true })).toBe("[]\n");
  });
});
