import { describe, expect, it } from "vitest";
import { renderJUnit } from "../../src/report/junit.js";
import { EVERYTHING } from "./formats-report.js";
import { sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

const render = (report = EVERYTHING, includeAllowed = false): string =>
  renderJUnit(report, { includeAllowed });

/** The names of the elements that are open at each moment, or a fault: enough of XML to know that a text is some. */
function faultOf(xml: string): string | null {
  const open: string[] = [];
  const token =
    /<\?xml [^>]*\?>|<(\/?)([a-z]+)((?: [a-z_]+="(?:[^<&"]|&(?:amp|lt|gt|quot);)*")*)(\/?)>|(?:[^<&]|&(?:amp|lt|gt|quot);)+/gy;
  let at = 0;
  for (let match = token.exec(xml); match !== null; match = token.exec(xml)) {
    at = token.lastIndex;
    const [, close, name, , alone] = match;
    if (name === undefined || alone === "/") continue;
    if (close !== "/") open.push(name);
    else if (open.pop() !== name) return `</${name}> closes nothing`;
  }
  if (at !== xml.length) return `not XML at ${at}: ${xml.slice(at, at + 40)}`;
  return open.length === 0 ? null : `<${open.at(-1)}> is not closed`;
}

const casesOf = (xml: string): readonly string[] =>
  [...xml.matchAll(/<testcase [^>]*name="([^"]*)"[^>]*?(?:\/>|>\s*<(\w+))/g)].map(
    ([, name, outcome]) => `${outcome ?? "passed"}: ${name}`,
  );

describe("the JUnit report", () => {
  it("is XML whatever a name holds, without a control character", () => {
    for (const includeAllowed of [true, false])
      expect(faultOf(render(EVERYTHING, includeAllowed))).toBeNull();
    expect(render()).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(
      faultOf(render(sampleReport({ findings: [sampleFinding({ path: "a\ufffe\ud800]]>" })] }))),
    ).toBeNull();
  });

  it("is a failure for what blocks, skipped for what does not, an error for what could not be read", () => {
    expect(casesOf(render()).map((one) => one.replace(/:.*/, ""))).toEqual([
      "passed",
      "skipped",
      "failure",
      "failure",
      "error",
    ]);
    expect(render()).toContain('tests="5" failures="2" errors="1" skipped="1" time="0.420"');
  });

  it("says why a finding does not fail", () => {
    expect(render(EVERYTHING, true)).toContain('message="low, does not block (below medium): ');
    expect(render(EVERYTHING, true)).toContain('message="high, allowed: a test: ');
    expect(render()).not.toContain("allowed: a test");
  });

  it("always holds a test, which is passed only if something was read and nothing is lacking", () => {
    const name = "everything that was asked for was read";
    expect(casesOf(render(sampleReport()))).toEqual([`passed: ${name}`]);
    const empty = sampleScanned({ files: 0, units: 0, bytes: 0 });
    const nothing = sampleReport({ scanned: empty, reasons: ["Nothing to look at: no file is staged"] });
    expect(casesOf(render(nothing))).toEqual([`skipped: ${name}`]);
    const incomplete = sampleReport({ verdict: "incomplete", reasons: ["a file was not read"] });
    expect(casesOf(render(incomplete))).toEqual([`error: ${name}`]);
  });

  it("fails by nothing that --allow-incomplete let pass", () => {
    const skipped = [{ path: "locked.env", reason: "permission denied", incomplete: true }];
    const report = sampleReport({
      scanned: sampleScanned({ skipped }),
      reasons: ["one thing that was asked for was not read; allowed by --allow-incomplete"],
    });
    expect(render(report)).toContain('failures="0" errors="0" skipped="1"');
  });

  it("is named by its category", () => {
    expect(render(sampleReport({ category: "frontend" }))).toContain('<testsuite name="frontend"');
  });

  it("leaves the time out where the report has none that can be read", () => {
    expect(render(sampleReport({ started_at: "yesterday" }))).not.toContain("timestamp");
  });
});
