import { describe, expect, it } from "vitest";
import { innerLiterals, placesOf, searchFor } from "../../src/pattern/inner-literals.js";
import { parsePattern } from "../../src/pattern/parse-pattern.js";

describe("the rarest literals in the matches of a pattern", () => {
  it.each([
    ["[a-z]{0,9}Secret[0-9]{4}", { texts: ["secret"], least: 0, most: 9 }],
    ["key[ ]{0,4}(?:=|:)[ ]{0,4}MIIEpass", { texts: ["miiepass"], least: 4, most: 12 }],
    ["(?:foobar|[xyz]{0,2}[a-z]bazqux)[0-9]{4}", { texts: ["foobar", "bazqux"], least: 0, most: 3 }],
    ["(?:foobar)?[0-9]{40}", null],
    ["(?:foobar|[0-9a-z]{6})x", null],
    ["[a-z]+foobar", null],
  ])("%s", (source, wanted) => {
    const node = parsePattern(source);
    const found = node === null ? null : innerLiterals(node);
    const told = found && { texts: found.texts, least: found.back.least, most: found.back.most };
    expect(told).toEqual(wanted);
  });

  it("are found in either case, one within another too, and in what (?i) takes for s and k", () => {
    expect(placesOf(searchFor(["aba"]), "ABAba")).toEqual([0, 2]);
    expect(placesOf(searchFor(["ask", "asking", "a.b"]), "a\u017f\u212a asKing a.b axb")).toEqual([0, 4, 11]);
  });
});
