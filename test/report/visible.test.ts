import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textColumns, visible, visibleLines } from "../../src/report/visible.js";
import { words, wrapped } from "../../src/report/wrap.js";

describe("what a hostile name or line may draw", () => {
  it.each([
    ["plain text, ümlauts, 漢字, 😀", "plain text, ümlauts, 漢字, 😀"],
    ["\u001b[31mred", "\\u{1b}[31mred"],
    ["\u009b31m", "\\u{9b}31m"],
    ["two\nlines\r\tand a tab", "two\\nlines\\r\\tand a tab"],
    ["a\u202egnp.exe", "a\\u{202e}gnp.exe"],
    ["\u2066isolated\u2069", "\\u{2066}isolated\\u{2069}"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
    ["tag\u{e0041}", "tag\\u{e0041}"],
    ["half\ud800", "half\\u{d800}"],
    ["DEL\u007f NUL\u0000", "DEL\\u{7f} NUL\\u{0}"],
    ["family 👨\u200d👩", "family 👨\u200d👩"],
  ])("%j is shown as %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("is nothing, and showing it twice changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text)).not.toMatch(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u);
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  it("leaves a block of code its lines and tabs", () => {
    expect(visibleLines("a\r\n\tb\u001b\n")).toEqual(["a", "\tb\\u{1b}", ""]);
  });
});

describe("how many columns a text takes", () => {
  it.each([
    ["abc", 3],
    ["ü", 1],
    ["u\u0308", 1],
    ["漢字", 4],
    ["ｗｉｄｅ", 8],
    ["한글", 4],
    ["😀", 2],
    ["🇩🇪", 2],
    ["…", 1],
    ["e\u200d", 1],
    ["", 0],
  ])("%j takes %i", (text, columns) => {
    expect(textColumns(text)).toBe(columns);
  });
});

describe("wrapping", () => {
  it("breaks at spaces, hangs the lines after the first, and breaks no word", () => {
    expect(wrapped(words("fix: take it out of https://example.com/a/long/path now"), 16, 2, 4)).toEqual([
      "  fix: take it",
      "    out of",
      "    https://example.com/a/long/path",
      "    now",
    ]);
  });

  it("keeps a path with spaces in one piece", () => {
    expect(wrapped(["see", "my  file.rs:1:2"], 10)).toEqual(["see", "my  file.rs:1:2"]);
  });

  it("says nothing for nothing", () => {
    expect(wrapped(words("   "), 10, 2)).toEqual([]);
  });

  it("loses no word, and only a word that is too long sticks out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", minLength: 1 })),
        fc.integer({ min: 20, max: 99 }),
        (texts, width) => {
          const all = texts.map(visible).flatMap(words);
          const lines = wrapped(all, width, 2, 4);
          expect(lines.flatMap(words)).toEqual(all);
          for (const line of lines) {
            if (words(line).length > 1) expect(textColumns(line)).toBeLessThanOrEqual(width);
          }
        },
      ),
    );
  });
});
