import { describe, expect, it } from "vitest";
import { renderHtml } from "../../../src/report/html/html.js";
import { barChart } from "../../../src/report/page/charts.js";
import { textColumns } from "../../../src/report/visible.js";
import { sampleFinding, sampleReport } from "../sample-report.js";

describe("the page's numbers are those of its verdict", () => {
  it("what is allowed counts in its own tile only", () => {
    const allowed = sampleFinding({ allowed: "a test", allowed_by: "inline" });
    const page = renderHtml(sampleReport({ findings: [allowed, sampleFinding()] }));
    expect(page).toContain("<li><b>1</b><span>critical</span></li>");
    expect(page).toContain("<li><b>1</b><span>allowed</span></li>");
  });

  it("thousands are parted in the verdict too", () => {
    const findings = Array.from({ length: 1200 }, (_, at) => sampleFinding({ secret: at + 1 }));
    const page = renderHtml(sampleReport({ findings, verdict: "block", reasons: ["x"] }));
    expect(page).toContain("1,200 secrets in 1 file (1,200 critical)");
  });
});

describe("a chart's label", () => {
  it.each([
    ["a".repeat(20), "a".repeat(20)],
    ["a".repeat(21), `${"a".repeat(19)}…`],
    ["漢".repeat(20), `${"漢".repeat(9)}…`],
  ])("%s loses its end, never its beginning", (label, shown) => {
    const svg = barChart("t", [{ label, value: 1, name: "of-all" }], 500);
    expect(svg).toContain(`>${shown}<title>${label}</title>`);
    expect(textColumns(shown)).toBeLessThanOrEqual(20);
  });
});
