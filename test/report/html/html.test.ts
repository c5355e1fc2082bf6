import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../../src/report/html/html.js";
import { encodedForms, stripeKey } from "../../secrets.js";
import { manyFindings } from "../many-findings.js";
import { sampleFinding, sampleReport, sampleScanned } from "../sample-report.js";

// A parser of its own would be a browser: what is asked of a page here can be read off its text.

function count(page: string, pattern: RegExp): number {
  return page.match(pattern)?.length ?? 0;
}

describe.each([
  [0, false],
  [10, false],
  [5000, true],
] as const)("the page of %d findings", (number, dated) => {
  const page = renderHtml(manyFindings(number, dated));

  it("has an item for each, in one list, and every element that it opens is closed", () => {
    expect(count(page, /<li data-severity=/g)).toBe(number);
    expect(count(page, /<ol id="findings"/g)).toBe(number === 0 ? 0 : 1);
    for (const name of [
      "main",
      "ol",
      "ul",
      "li",
      "details",
      "summary",
      "dl",
      "dd",
      "select",
      "option",
      "form",
      "svg",
      "table",
    ])
      expect([name, count(page, new RegExp(`<${name}[ >]`, "g"))]).toEqual([
        name,
        count(page, new RegExp(`</${name}>`, "g")),
      ]);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("asks for nothing from elsewhere, and its policy would not let it", () => {
    expect(page).not.toMatch(/(?:src|href|action|srcset)=|@import|url\(|https?:(?!\/\/www\.w3\.org)/);
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1] ?? "";
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(policy).not.toContain("unsafe");
    const hashOf = (text = ""): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy).toContain(`style-src ${hashOf(/<style>([\s\S]*?)<\/style>/.exec(page)?.[1])}`);
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
    if (script !== undefined) expect(policy).toContain(`script-src ${hashOf(script)}`);
    expect(page).not.toMatch(/ style="| on[a-z]+="/);
  });

  it("has a chart by rule, by folder and over time, or says why there is none", () => {
    const charts = number === 0 ? 0 : dated ? 3 : 2;
    expect(count(page, /<svg [^>]*role="img" aria-label="/g)).toBe(charts);
    expect(page.includes("When these came in is not known")).toBe(number > 0 && !dated);
  });

  it("names every control", () => {
    for (const [, id] of page.matchAll(/<(?:input|select) id="([^"]+)"/g))
      expect(page).toContain(`<label${id === "search" ? ' class="search"' : ""} for="${id}">`);
  });
});

describe("the page of names by somebody hostile", () => {
  const MARKUP = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;`;
  const DRAWS = "a\u001b[2J\u202egnp.exe\u0000";
  const name = `${MARKUP}${DRAWS}`;
  const page = renderHtml(
    sampleReport({
      findings: [
        sampleFinding({
          path: `${name}/${name}`,
          rule: name,
          title: name,
          preview: name,
          check: name,
          built: name,
          detector: name,
          fix: name,
          mask_block: name,
          rotate: name,
          also: [name],
          allowed: name,
          allowed_by: "inline",
          unit: { aura_id: name, name, marker: null },
          push: name,
          pushed: {
            at: "2026-01-01T00:00:00Z",
            last_at: "2026-01-01T00:00:00Z",
            times: 2,
            motherships: [name],
            sent: true,
          },
        }),
        sampleFinding({ path: `${name}.ts` }),
      ],
      scanned: sampleScanned({ skipped: [{ path: name, reason: name, incomplete: true }] }),
      notices: [name],
      reasons: [name],
      rule_files: [{ file: name, rules: 1 }],
      verdict: "block",
    }),
  );

  it("holds none of their markup, and no character that draws or hides", () => {
    expect(count(page, /<script/g)).toBe(1);
    expect(page).not.toContain("<img");
    expect(page).not.toContain("\u001b");
    expect(page).not.toContain("\u202e");
    expect(page).not.toContain("\u0000");
    // In an attribute a quote would end it.
    for (const [, value = ""] of page.matchAll(/ data-[a-z]+="([^"]*)"/g)) expect(value).not.toMatch(/[<>']/);
  });
});

describe("the page of a finding", () => {
  it("holds no excerpt, so nothing of the line that the secret stands on", () => {
    const secret = stripeKey("page");
    const page = renderHtml(
      sampleReport({
        findings: [sampleFinding({ excerpt: { text: `key = "${secret}"`, caret: { start: 7, end: 39 } } })],
      }),
    );
    for (const form of encodedForms(secret)) expect(page).not.toContain(form);
  });

  it("says that an incomplete run is incomplete, and that nothing to look at is nothing to look at", () => {
    const skipped = [{ path: "a.bin", reason: "not readable", incomplete: true }];
    const reasons = ["one thing that was asked for was not read"];
    expect(
      renderHtml(sampleReport({ verdict: "incomplete", reasons, scanned: sampleScanned({ skipped }) })),
    ).toContain("Incomplete: one thing");
    const nothing = sampleScanned({ files: 0, units: 0, bytes: 0 });
    const page = renderHtml(
      sampleReport({ scanned: nothing, reasons: ["Nothing to look at: no file is staged"] }),
    );
    expect(page).toContain("Nothing to look at: no file is staged.");
    expect(page).not.toContain("Nothing found");
  });
});
