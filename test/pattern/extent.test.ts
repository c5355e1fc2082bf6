import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rustPattern } from "../../src/pattern/rust-pattern.js";

const ENDLESS = Number.POSITIVE_INFINITY;

describe("the extent of a pattern", () => {
  it.each([
    ["", 0, 0],
    ["^", 0, 0],
    ["\\b", 0, 0],
    ["abc", 3, 3],
    ["é", 2, 2],
    ["😀", 4, 4],
    ["[a-z]{2,5}", 2, 5],
    ["a*", 0, ENDLESS],
    ["a+", 1, ENDLESS],
    ["a{3,}", 3, ENDLESS],
    ["(?:^)*", 0, 0],
    ["(?:a*){0}b", 1, 1],
    ["a|bcd", 1, 3],
    ["a|", 0, 1],
    ["(ab|c)(?P<secret>d?)", 1, 3],
    ["(?s:.)", 1, 4],
    ["(?-u)[a-z]", 1, 1],
    ["(?i)k", 1, 3],
    ["^abc$", 3, 3],
  ])("%s: %i to %d bytes", (source, least, most) => {
    expect(rustPattern(source).extent()).toEqual({ least, most });
  });

  it("holds every match", () => {
    const patterns = ["[a-c]{2,4}", "a|bc|é+", "(?s:.){3}", "\\w+?", "(?i)ab?", "x(?:yz){0,2}"].map(
      rustPattern,
    );
    fc.assert(
      fc.property(fc.constantFrom(...patterns), fc.string({ unit: "grapheme" }), (pattern, noise) => {
        const text = `${noise}abc éé xyzyz ${noise}`;
        const { least, most } = pattern.extent();
        for (const { whole } of pattern.matches(text)) {
          const bytes = Buffer.byteLength(text.slice(whole.start, whole.end));
          expect(bytes).toBeGreaterThanOrEqual(least);
          expect(bytes).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
