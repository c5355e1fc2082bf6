import { expect, test } from "vitest";
import { spansOf, standsAsIs } from "../../src/constants/built-string.js";
import { reversedLiterals } from "../../src/constants/reversed-literals.js";
import { built } from "./folded.js";

/** What is written where `part` of the only built string of `text` comes from. */
function writtenFor(text: string, path: string, part: string): readonly string[] {
  const string = built(text, path).at(-1);
  const start = string?.value.indexOf(part) ?? -1;
  if (string === undefined || start === -1) throw new Error(`${part} is not built`);
  const spans = spansOf(string, { start, end: start + part.length });
  return spans.map((span) => text.slice(span.start, span.end));
}

test.each([
  ["parts of literals", 'k = "alpha" + "beta" + "gamma"', "habetag", ["ha", "beta", "g"]],
  ["what lies in one literal", 'k = "alpha" + "beta" + "gamma"', "et", ["et"]],
  ["a literal with escapes", 'k = "alp\\x68\\x61beta"', "pha", ["p\\x68\\x61"]],
  ["a part of a run of escapes", 'k = "\\x61\\x6c\\x70\\x68\\x61beta"', "ph", ["\\x70\\x68"]],
  ["a reversed literal, as a whole", 'k = "ateb_ahpla"[::-1]', "pha", ["ateb_ahpla"]],
  ["base64, as a whole", 'k = "YWxwaGFfYmV0YQ=="', "pha", ["YWxwaGFfYmV0YQ=="]],
  ["percent-encoding, by its characters", "k = alph%61_%62eta", "a_b", ["%61_%62"]],
  [
    "codes, as a whole",
    "k = [97, 108, 112, 104, 97, 98, 101, 116]",
    "pha",
    ["97, 108, 112, 104, 97, 98, 101, 116"],
  ],
  ["a line that goes on", "k=alpha_\\\nbeta_", "a_b", ["a_", "b"]],
])("%s", (_, text, part, written) => {
  expect(writtenFor(text, "a.py", part)).toEqual(written);
});

test("what lies in one literal as it is stands in the text just so", () => {
  const [string] = built('k = "alpha" + "be\\x74a_gamma"', "a.py");
  const parts = ["alpha", "phab", "be", "eta", "a_gamma"];
  const told = parts.map((part) => {
    const start = string?.value.indexOf(part) ?? -1;
    return string !== undefined && standsAsIs(string, { start, end: start + part.length });
  });
  expect(told).toEqual([true, false, true, false, true]);
});

test("literals backwards are quoted tokens of 20 to 200 characters", () => {
  const text =
    'a = "9876543210_ihgfedcba" b = "short" c = "with a space in its middle" d = \'x.y-z=0123456789+/abc\'';
  expect(reversedLiterals(text).map(({ value, name, pieces }) => [name, value, pieces.length])).toEqual([
    ["a", "abcdefghi_0123456789", 1],
    ["d", "cba/+9876543210=z-y.x", 1],
  ]);
});
