import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPattern, PatternError, rustPattern } from "../../src/pattern/rust-pattern.js";

/** The texts that a pattern finds, cut out of the haystack by the offsets it tells. */
function found(pattern: string, text: string): readonly (readonly [whole: string, secret: string])[] {
  return rustPattern(pattern)
    .matches(text)
    .map(({ whole, secret }) => [text.slice(whole.start, whole.end), text.slice(secret.start, secret.end)]);
}

function faultOf(source: string): PatternError {
  try {
    checkPattern(source);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`${source} was accepted`);
}

describe("a pattern in Rust regex syntax", () => {
  it.each([
    ["ASCII", "a bbb", { start: 2, end: 5 }],
    ["two-byte characters", "éé bbb", { start: 3, end: 6 }],
    ["three-byte characters", "€€ bbb", { start: 3, end: 6 }],
    ["astral characters, which are two units", "😀 bbb", { start: 3, end: 6 }],
    ["a lone high surrogate", "\ud800bbb", { start: 1, end: 4 }],
    ["a lone low surrogate", "\udc00\udc00bbb", { start: 2, end: 5 }],
    ["surrogates in the wrong order", "\udc00\ud800bbb", { start: 2, end: 5 }],
  ])("tells its matches in UTF-16 offsets behind %s", (_, text, span) => {
    expect(rustPattern("b+").matches(text)).toEqual([{ whole: span, secret: span }]);
    expect(rustPattern("(?P<secret>b+)").matches(text)).toEqual([{ whole: span, secret: span }]);
  });

  it("tells offsets that cut out exactly what it matched, whatever the text", () => {
    const unit = fc.constantFrom("b", "a", "é", "€", "😀", "\ud83d", "\ude00", "\n");
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const text = units.join("");
        const expected = [...text.matchAll(/b+/g)].map((match) => [match[0], match[0]]);
        expect(found("b+", text)).toEqual(expected);
        expect(found("(?P<secret>b+)", text)).toEqual(expected);
      }),
    );
  });

  it.each([
    ["the whole match where no group is named secret", "k=(\\w+)", "k=abc", [["k=abc", "k=abc"]]],
    ["the group named secret", "k=(?P<secret>\\w+);", "k=abc;", [["k=abc;", "abc"]]],
    ["the group named secret in the newer spelling", "k=(?<secret>\\w+);", "k=abc;", [["k=abc;", "abc"]]],
    [
      "the first of secret, secret2, … that took part",
      "x(?:=(?P<secret>a+)|:(?P<secret2>b+))",
      "x=aa x:bb",
      [
        ["x=aa", "aa"],
        ["x:bb", "bb"],
      ],
    ],
    ["the whole where no such group took part", "x(?P<secret>a)?", "x", [["x", "x"]]],
    [
      "matches that do not overlap",
      "aa",
      "aaaaa",
      [
        ["aa", "aa"],
        ["aa", "aa"],
      ],
    ],
    ["nothing", "a", "b", []],
  ])("finds %s", (_, pattern, text, expected) => {
    expect(found(pattern, text)).toEqual(expected);
  });

  it.each([
    ["look-ahead", "a(?=b)", 1, "look-around, including look-ahead and look-behind, is not supported"],
    ["look-behind", "(?<!a)b", 0, "look-around, including look-ahead and look-behind, is not supported"],
    ["a back-reference", "(a)\\1", 3, "backreferences are not supported"],
    ["an open group", "ab(", 2, "unclosed group"],
    ["a range backwards", "[z-a]", 1, "invalid character class range, the start must be <= the end"],
    ["a fault behind two-byte characters", "éé(", 2, "unclosed group"],
    ["a fault behind an astral character", "😀(", 2, "unclosed group"],
    ["a name used twice, at the second", "(?P<a>x)(?P<a>y)", 12, "duplicate capture group name"],
    ["a fault in a pattern of several lines, without a place", "a\n(", null, "unclosed group"],
    [
      "a pattern that grows too large",
      "(?:a{1000}){1000}",
      null,
      "Compiled regex exceeds size limit of 10485760 bytes.",
    ],
  ])("refuses %s", (_, source, offset, message) => {
    const fault = faultOf(source);
    expect({ message: fault.message, offset: fault.offset }).toEqual({ message, offset });
  });

  it("is compiled when it is first used, and refused then", () => {
    const pattern = rustPattern("(");
    expect(pattern.source).toBe("(");
    expect(() => pattern.test("")).toThrow(PatternError);
    expect(() => pattern.matches("")).toThrow(PatternError);
    expect(() => pattern.extent()).toThrow(PatternError);
  });

  it("stays linear where a backtracking engine would not end", () => {
    expect(rustPattern("^(a+)+$").test(`${"a".repeat(50_000)}b`)).toBe(false);
  });
});
