import { describe, expect, it } from "vitest";
import { nearest } from "../../src/toml/nearest.js";

const KNOWN = ["include", "exclude", "mask_secrets", "jwt", "aws"];

describe("the nearest known word", () => {
  it.each([
    ["includes", "include"],
    ["inculde", "include"],
    ["INCLUDE", "include"],
    ["masksecrets", "mask_secrets"],
    ["mask_secret", "mask_secrets"],
    ["jtw", "jwt"],
    ["asw", "aws"],
    ["excluded", "exclude"],
    ["bearer", null],
    ["x", null],
    ["", null],
  ])("of %s is %s", (word, expected) => {
    expect(nearest(word, KNOWN)).toBe(expected);
  });

  it("is the first of two that are equally near", () => {
    expect(nearest("ac", ["ab", "ad"])).toBe("ab");
  });

  it("is none where nothing is known", () => {
    expect(nearest("include", [])).toBeNull();
  });
});
