import { describe, expect, it } from "vitest";
import { renderAnnotations } from "../../src/report/annotations.js";
import { EVERYTHING, HOSTILE } from "./formats-report.js";
import { sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

const linesOf = (text: string): readonly string[] => text.split("\n").slice(0, -1);
const kindsOf = (text: string): readonly string[] =>
  linesOf(text).map((line) => /^::(\w+) /.exec(line)?.[1] ?? line);

describe("the annotations for GitHub Actions", () => {
  it("are errors for what blocks, warnings and notices for what does not, and nothing for what is allowed", () => {
    const report = sampleReport({
      findings: [
        sampleFinding({ severity: "low" }),
        sampleFinding({ severity: "high", confidence: "low" }),
        sampleFinding(),
        sampleFinding({ allowed: "a test", allowed_by: "inline" }),
      ],
    });
    expect(kindsOf(renderAnnotations(report))).toEqual(["error", "warning", "notice"]);
  });

  it("name file, lines and columns, what was found and what to do", () => {
    expect(renderAnnotations(sampleReport({ findings: [sampleFinding({ rotate: "Ask Ada." })] }))).toBe(
      "::error file=src/billing.rs,line=12,endLine=12,col=16,endColumn=36," +
        "title=critical%3A AWS access key ID (aws-access-key-id)" +
        "::AWS access key ID AKIA…(20) in billing::connect body: would leak.%0AAsk Ada.%0A" +
        "Take it out of the file: read it from the environment or a secret manager.\n",
    );
  });

  it("name no columns where the place lies on several lines, which GitHub does not take", () => {
    const finding = sampleFinding({ start: { line: 3, column: 5 }, end: { line: 9, column: 2 } });
    const [line] = linesOf(renderAnnotations(sampleReport({ findings: [finding] })));
    expect(line).toContain("line=3,endLine=9,title=");
  });

  it("are one line each, whatever a name holds, and nobody can add a property or a command", () => {
    const lines = linesOf(renderAnnotations(EVERYTHING));
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^::(?:error|notice) (?:\w+=[^:,]*,?)+::/);
    const file = /file=([^,:]*),title=Not read/.exec(lines[0] ?? "")?.[1] ?? "";
    expect(file).toContain("a%2Cb%3Ac%25d");
    expect(HOSTILE).toContain("\n::error::");
    expect(lines.join("\n")).not.toContain("\n::error::i");
  });

  it("are ten of a kind at most, the last of which counts the others", () => {
    const findings = Array.from({ length: 25 }, (_, index) =>
      sampleFinding({ severity: index < 20 ? "high" : "critical", path: `${index}.rs` }),
    );
    const lines = linesOf(renderAnnotations(sampleReport({ findings })));
    expect(lines).toHaveLength(10);
    expect(lines[0]).toContain("file=20.rs");
    expect(lines[9]).toBe(
      "::error title=aura-scan::16 more errors: there is no room for them here, the report has them all.",
    );
  });

  it("tell first that a run is incomplete, and by what", () => {
    const skipped = [{ path: "locked.env", reason: "permission denied", incomplete: true }];
    const report = sampleReport({
      verdict: "incomplete",
      reasons: ["one thing that was asked for was not read"],
      scanned: sampleScanned({ skipped }),
    });
    const [first, second] = linesOf(renderAnnotations(report));
    expect(first).toMatch(/^::error title=aura-scan::Incomplete: one thing that was asked for was not read/);
    expect(second).toBe("::error file=locked.env,title=Not read::permission denied");
  });

  it("tell that there was nothing to look at", () => {
    const reasons = ["Nothing to look at: no file is staged"];
    expect(renderAnnotations(sampleReport({ reasons }))).toBe(
      "::notice title=aura-scan::Nothing to look at: no file is staged\n",
    );
  });

  it("are none where there is nothing to tell", () => {
    expect(renderAnnotations(sampleReport())).toBe("");
  });
});
