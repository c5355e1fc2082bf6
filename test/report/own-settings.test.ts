import { describe, expect, it } from "vitest";
import { REPORT_FORMATS, type ReportFormat } from "../../src/report/formats.js";
import { renderReport } from "../../src/report/render.js";
import { sampleFinding, sampleReport } from "./sample-report.js";

const OWN = "apps/web/.aura/live.toml";
const BAR = { fail_on: "critical", git_blocks_on: "leaks" } as const;
const VIEW = { color: false, width: 200, verbose: false, quiet: false };

describe.each(REPORT_FORMATS)("%s names the settings that applied", (format) => {
  it("where they are not the root's, and what they hold it to", () => {
    expect(told(format, OWN)).toContain(OWN);
    const held = told(format, OWN, BAR);
    expect(held).toContain(OWN);
    expect(held).toMatch(/fail_?on\W+critical/i);
    expect(held).toMatch(/git_?blocks_?on\W+leaks/i);
  });
});

// JSON says it of every finding.
it.each(REPORT_FORMATS.filter((format) => format !== "json"))("%s names no others", (format) => {
  expect(told(format, ".aura/live.toml")).toBe(told(format, null));
});

function told(format: ReportFormat, settings: string | null, bar: typeof BAR | null = null): string {
  return renderReport(format, sampleReport({ findings: [sampleFinding({ settings, bar })] }), VIEW);
}
