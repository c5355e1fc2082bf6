import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptLines } from "../../src/report/excerpt.js";
import { textColumns, visible } from "../../src/report/visible.js";

/** An excerpt written with the place between guillemets. */
function excerptOf(marked: string) {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  return { text: marked.replace(/[«»]/g, ""), caret: { start, end } };
}

describe("the excerpt", () => {
  it.each<readonly [string, string, number, number, string, string]>([
    [
      "shows the line and a caret under the place",
      'key = "«AKIA…(20)»";',
      12,
      80,
      '  12 | key = "AKIA…(20)";',
      "     |        ^^^^^^^^^",
    ],
    ["expands tabs", "\tx\t«abc»", 3, 80, "  3 |     x   abc", "    |         ^^^"],
    ["counts wide characters twice", "漢字😀 «abc»", 3, 80, "  3 | 漢字😀 abc", "    |        ^^^"],
    ["counts combining marks not at all", "u\u0308 «abc»", 3, 80, "  3 | u\u0308 abc", "    |   ^^^"],
    ["puts two carets under a wide character", "«漢»!", 3, 80, "  3 | 漢!", "    | ^^"],
    [
      "writes control characters out",
      "\u001b[1m «abc»",
      3,
      80,
      "  3 | \\u{1b}[1m abc",
      "    |           ^^^",
    ],
    ["points at an empty place", "ab«»cd", 3, 80, "  3 | abcd", "    |   ^"],
    ["points behind the line's end", "ab«»", 3, 80, "  3 | ab", "    |   ^"],
    ["shows an empty line", "«»", 3, 80, "  3 |", "    | ^"],
    [
      "cuts what is right of the place",
      `«abc»${"x".repeat(40)}`,
      3,
      26,
      `  3 | abc${"x".repeat(16)}…`,
      "    | ^^^",
    ],
    [
      "cuts what is left of the place",
      `${"x".repeat(40)}«abc»`,
      3,
      26,
      `  3 | …${"x".repeat(16)}abc`,
      `    | ${" ".repeat(17)}^^^`,
    ],
    [
      "cuts both sides",
      `${"x".repeat(40)}«abcd»${"y".repeat(40)}`,
      3,
      26,
      "  3 | …xxxxxxxabcdyyyyyyy…",
      `    | ${" ".repeat(8)}^^^^`,
    ],
    [
      "shows the beginning of a place that is too long",
      `${"x".repeat(9)}«${"y".repeat(40)}»`,
      3,
      26,
      `  3 | …x${"y".repeat(17)}…`,
      `    |   ${"^".repeat(17)}`,
    ],
  ])("%s", (_name, marked, line, width, source, caret) => {
    expect(excerptLines(excerptOf(marked), line, width)).toEqual({ source, caret });
  });

  it("always fits, with a caret under it, whatever the line and the place are", () => {
    const place = fc.integer({ min: -3, max: 300 });
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.string({ unit: "grapheme", maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, place, place, fc.integer({ min: 20, max: 200 }), (line, a, b, width) => {
        const caret = { start: Math.min(a, b), end: Math.max(a, b) };
        const lines = excerptLines({ text: line, caret }, 7, width);
        expect(textColumns(lines.source)).toBeLessThanOrEqual(width);
        expect(lines.caret).toMatch(/^ {4}\| *\^+$/);
        expect(lines.caret.length).toBeLessThanOrEqual(width);
        expect(visible(lines.source)).toBe(lines.source);
      }),
    );
  });
});
