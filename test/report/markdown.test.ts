import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/report/markdown.js";
import { codeText, linkedText, plainText } from "../../src/report/markdown-text.js";
import { EVERYTHING } from "./formats-report.js";
import { MASK_BLOCK, sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

describe("the Markdown report", () => {
  it("tells the verdict, what counts, what to do, what was not read, and what was read", () => {
    const shown = renderMarkdown(EVERYTHING);
    expect(shown).toMatch(/^## aura-scan: blocked\n\nBlocked: /);
    expect(shown).toContain(
      "| critical, blocks | AWS access key ID `AKIA…(20)` (`aws-access-key-id`) | `src/billing.rs:12` in `billing::connect`, body | would leak |",
    );
    expect(shown).toContain(
      "### What to do\n\n- `src/billing.rs:12`: See <https://example.com/rotate>, then wait.",
    );
    expect(shown).toContain(
      MASK_BLOCK.split("\n")
        .map((line) => `      ${line}`)
        .join("\n"),
    );
    expect(shown).toContain("### Not read\n\n- ");
    expect(shown).toContain("Read: 214 files");
    expect(shown).not.toContain("other-token");
  });

  it("begins each line with what it is, whatever a name holds", () => {
    const lines = renderMarkdown(EVERYTHING).split("\n");
    for (const line of lines) expect(line).toMatch(/^(?:$|## |### |\| |- |> | {6}|Blocked: |Read: )/);
    const rows = lines.filter((line) => line.startsWith("|"));
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
  });

  it("gives the same advice once, with the number of places", () => {
    const findings = ["a.rs", "b.rs", "c.rs"].map((path) => sampleFinding({ path }));
    const shown = renderMarkdown(sampleReport({ findings }));
    expect(shown.match(/Take it out of the file/g)).toHaveLength(1);
    expect(shown).toContain("- `a.rs:12` and 2 other places: ");
  });

  it("stays far below what a job's summary takes, and counts what it leaves out", () => {
    const long = "`|".repeat(5000);
    const findings = Array.from({ length: 3000 }, (_, index) =>
      sampleFinding({ path: `${index}${long}`, title: long, fix: `${index}${long}`, rule: long }),
    );
    const skipped = Array(3000).fill({ path: long, reason: long, incomplete: true });
    const shown = renderMarkdown(sampleReport({ findings, scanned: sampleScanned({ skipped }) }));
    expect(Buffer.byteLength(shown)).toBeLessThan(512 << 10);
    expect(shown).toContain("And 2,900 more findings.");
    expect(shown).toContain("And 2,980 more kinds of advice");
    expect(shown).toContain("- and 2,950 more");
  });

  it("calls a run that looked at nothing by that name", () => {
    const scanned = sampleScanned({ files: 0, units: 0, bytes: 0 });
    const shown = renderMarkdown(
      sampleReport({ scanned, reasons: ["Nothing to look at: no file is staged"] }),
    );
    expect(shown).toMatch(/^## aura-scan: nothing was looked at\n\nNothing to look at: no file is staged/);
  });

  it("tells of an incomplete run and of a clean one", () => {
    expect(renderMarkdown(sampleReport({ verdict: "incomplete" }))).toMatch(/^## aura-scan: incomplete\n/);
    expect(renderMarkdown(sampleReport())).toMatch(
      /^## aura-scan: nothing blocks\n\nNothing found in 214 files/,
    );
  });
});

describe("a text in Markdown", () => {
  it.each([
    [
      "*a* _b_ `c` <d> #1 [e](f) ~g~ | &amp; \\",
      "\\*a\\* \\_b\\_ \\`c\\` \\<d\\> \\#1 \\[e\\](f) \\~g\\~ \\| \\&amp; \\\\",
    ],
    ["http://a.example", "http\\://a.example"],
    ["www.a.example", "www\\.a.example"],
    ["@ada", "\\@ada"],
    ["a\nb\u001b", "a\\\\nb\\\\u\\{1b\\}"],
  ])("is shown as it is: %j", (text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it.each([
    ["a.rs", "`a.rs`"],
    ["a`b", "`` a`b ``"],
    ["``", "``` `` ```"],
    ["a|b", "`a\\|b`"],
    [" a ", "`  a  `"],
    ["a\nb", "`a\\nb`"],
    [" ", ""],
  ])("is shown as code: %j", (text, shown) => {
    expect(codeText(text)).toBe(shown);
  });

  it("has links where a rule's words hold addresses", () => {
    expect(linkedText("See https://a.example/b_c, *now*.")).toBe("See <https://a.example/b_c>, \\*now\\*.");
  });
});
