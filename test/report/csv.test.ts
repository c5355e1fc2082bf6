import { describe, expect, it } from "vitest";
import { renderCsv } from "../../src/report/csv.js";
import { EVERYTHING } from "./formats-report.js";
import { sampleFinding, sampleReport } from "./sample-report.js";

/** The rows of a text by RFC 4180, by the names of their columns. */
function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  // Excel takes what lacks the mark for no UTF-8.
  expect(csv.startsWith("\ufeff")).toBe(true);
  const rows: string[][] = [[]];
  const text = csv.slice(1);
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  const [names = [], ...others] = rows;
  for (const row of others) expect(row).toHaveLength(names.length);
  return others.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ""])));
}

describe("the CSV report", () => {
  it("has a row for the run, for each finding and for each thing that was not read", () => {
    const rows = rowsOf(renderCsv(EVERYTHING, { includeAllowed: false }));
    expect(rows.map(({ kind }) => kind)).toEqual([
      "run",
      "finding",
      "finding",
      "finding",
      "skipped",
      "not read",
    ]);
    expect(rows[0]).toMatchObject({ standing: "block", title: "staged" });
    expect(rows[2]).toMatchObject({
      severity: "critical",
      standing: "blocks",
      path: "src/billing.rs",
      line: "12",
      end_column: "36",
      unit: "billing::connect",
      rotate: "See https://example.com/rotate, then wait.",
    });
    expect(rows[4]).toMatchObject({ path: "logo.png", detail: "image" });
  });

  it("has allowed findings with their reasons where they are asked for", () => {
    const rows = rowsOf(renderCsv(EVERYTHING, { includeAllowed: true }));
    expect(rows[4]).toMatchObject({ standing: "allowed", allowed: "a test", allowed_by: "inline" });
  });

  it.each(["=1+1", "+1", "-1", "@a", " =1", "\uff1d1"])("gives a spreadsheet no formula: %j", (path) => {
    const [, row] = rowsOf(
      renderCsv(sampleReport({ findings: [sampleFinding({ path })] }), { includeAllowed: false }),
    );
    expect(row?.["path"]).toBe(`'${path}`);
  });

  it.each([
    ["a,b", "a,b"],
    ['a"b', 'a"b'],
    ["a\r\nb", "a\\r\\nb"],
    ["\ta", "\\ta"],
    ["\u001b[2J", "\\u{1b}[2J"],
  ])("keeps to its columns and rows: %j", (path, shown) => {
    const [, row] = rowsOf(
      renderCsv(sampleReport({ findings: [sampleFinding({ path })] }), { includeAllowed: false }),
    );
    expect(row?.["path"]).toBe(shown);
  });
});
