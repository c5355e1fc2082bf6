import { describe, expect, it } from "vitest";
import { renderSarif } from "../../src/report/sarif.js";
import { MASK_BLOCK, sampleFinding, sampleReport } from "./sample-report.js";
import { FULL, sarifOf } from "./sarif-log.js";

describe("a SARIF result", () => {
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

  it.each([
    [null, { "auraScan/v1": "0123456789abcdef0123456789abcdef" }],
    [
      "8fff498b8a070609:1",
      { "auraScan/v1": "0123456789abcdef0123456789abcdef", primaryLocationLineHash: "8fff498b8a070609:1" },
    ],
  ])("carries our fingerprint, and GitHub's where it is known: %j", (line_hash, partialFingerprints) => {
    const { run } = sarifOf(sampleReport({ findings: [sampleFinding({ line_hash })] }));
    expect(run.results[0].partialFingerprints).toEqual(partialFingerprints);
  });

  it("names the other half of a pair as a related location, and links to it", () => {
    const related = [
      {
        kind: "partner" as const,
        rule: "client-id",
        title: "Client [id](x)",
        start: { line: 3, column: 5 },
        end: { line: 3, column: 9 },
      },
    ];
    const [result] = sarifOf(sampleReport({ findings: [sampleFinding({ related })] })).run.results;
    expect(result.message.text).toMatch(/Its other half: \[Client \\\[id\\\]\(x\)\]\(1\)\.$/);
    expect(result.relatedLocations).toEqual([
      {
        id: 1,
        physicalLocation: {
          artifactLocation: { uri: "src/billing.rs", uriBaseId: "%SRCROOT%" },
          region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
        },
        message: { text: "Client [id] (x)" },
      },
    ]);
  });

  it("names the pieces of a secret that is put together: 100 at most, 10 of them in the message", () => {
    const related = Array.from({ length: 120 }, (_, index) => ({
      kind: "piece" as const,
      rule: null,
      title: null,
      start: { line: index + 1, column: 1 },
      end: { line: index + 1, column: 4 },
    }));
    const finding = sampleFinding({ related, built: "concatenation" });
    const [result] = sarifOf(sampleReport({ findings: [finding] })).run.results;
    expect(result.message.text).toContain("Put together by concatenation from [piece 1](1), [piece 2](2),");
    expect(result.message.text).toMatch(/\[piece 10\]\(10\)\.$/);
    expect(result.relatedLocations).toHaveLength(100);
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
});
