import { describe, expect, it } from "vitest";
import { renderGitLab } from "../../src/report/gitlab.js";
import { EVERYTHING } from "./formats-report.js";
import { sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

const logOf = (report = EVERYTHING, includeAllowed = false) =>
  JSON.parse(renderGitLab(report, { includeAllowed }));

describe("GitLab's secret detection report", () => {
  it("says who scanned, when, and with what result, as version 15.1.4 wants it", () => {
    const { version, schema, scan } = logOf();
    expect(version).toBe("15.1.4");
    expect(schema).toContain("/v15.1.4/dist/secret-detection-report-format.json");
    expect(scan).toMatchObject({
      type: "secret_detection",
      status: "success",
      start_time: "2026-11-23T22:00:00",
      end_time: "2026-11-23T22:00:00",
    });
    for (const tool of [scan.analyzer, scan.scanner])
      expect(tool).toEqual({
        id: "aura-scan",
        name: "aura-scan",
        version: "0.1.0",
        vendor: { name: "aura-scan" },
      });
  });

  it("gives each finding an id of its own, its rule as first identifier, its place and its commit", () => {
    const { vulnerabilities } = logOf(EVERYTHING, true);
    expect(vulnerabilities.map((one: { severity: string }) => one.severity)).toEqual([
      "Critical",
      "High",
      "High",
      "Low",
    ]);
    expect(new Set(vulnerabilities.map((one: { id: string }) => one.id)).size).toBe(4);
    expect(vulnerabilities[0]).toMatchObject({
      id: "01234567-89ab-cdef-0123-456789abcdef",
      name: "AWS access key ID",
      location: { file: "src/billing.rs", start_line: 12, end_line: 12, commit: { sha: "0000000" } },
      links: [{ url: "https://example.com/keys" }],
    });
    expect(vulnerabilities[0].identifiers[0]).toEqual({
      type: "aura_scan_rule_id",
      name: "aura-scan rule aws-access-key-id",
      value: "aws-access-key-id",
    });
    expect(vulnerabilities[1].location.commit).toEqual({
      sha: "0f".repeat(20),
      date: "2026-05-01T10:00:00.000Z",
    });
  });

  it("lets GitLab know a finding again by its fingerprint when its line has moved", () => {
    const { signatures } = logOf().vulnerabilities[0].tracking.items[0];
    expect(signatures).toEqual([{ algorithm: "hash", value: "0123456789abcdef0123456789abcdef" }]);
  });

  it("names the places that belong to a secret", () => {
    expect(logOf().vulnerabilities[0].details.related.items).toEqual([
      { type: "file-location", file_name: "src/billing.rs", line_start: 3, line_end: 3 },
    ]);
  });

  it("holds no line of the source", () => {
    const text = renderGitLab(EVERYTHING, { includeAllowed: true });
    expect(text).not.toMatch(/raw_source_code_extract|let key/);
  });

  it("leaves allowed findings out, and flags them with their reasons where they are asked for", () => {
    expect(logOf().vulnerabilities).toHaveLength(3);
    const flags = logOf(EVERYTHING, true).vulnerabilities.flatMap((one: { flags: unknown[] }) => one.flags);
    expect(flags).toEqual([
      { type: "flagged-as-likely-false-positive", origin: "aura-scan", description: "a test" },
    ]);
  });

  it("says that an incomplete run failed, and what was not read", () => {
    const skipped = Array(102).fill({ path: "locked.env", reason: "permission denied", incomplete: true });
    const { scan } = logOf(
      sampleReport({
        verdict: "incomplete",
        reasons: ["a file was not read"],
        scanned: sampleScanned({ skipped }),
      }),
    );
    expect(scan.status).toBe("failure");
    expect(scan.messages[0]).toMatchObject({ level: "fatal" });
    expect(scan.messages[1]).toEqual({ level: "warn", value: "Not read: locked.env: permission denied" });
    expect(scan.messages).toHaveLength(102);
    expect(scan.messages.at(-1)).toEqual({ level: "warn", value: "2 more files not read." });
  });

  it("keeps to the lengths that GitLab takes, and leaves no text empty", () => {
    const long = sampleFinding({ title: "t".repeat(300), fix: "f".repeat(9000) });
    const [one] = logOf(sampleReport({ findings: [long] })).vulnerabilities;
    expect(one.name).toHaveLength(255);
    expect(one.solution).toHaveLength(7000);
    const silent = sampleFinding({
      title: "",
      fix: "",
      rule: "",
      path: "",
      fingerprint: "",
      docs: "no address",
    });
    const [other] = logOf(
      sampleReport({
        findings: [silent],
        started_at: "yesterday",
        tool: { name: "aura-scan", version: "", rules: 1 },
      }),
    ).vulnerabilities;
    expect(other).toMatchObject({ id: "none", name: "A secret", links: [] });
    expect(other.identifiers[0].value).toBe("unnamed-rule");
  });
});
