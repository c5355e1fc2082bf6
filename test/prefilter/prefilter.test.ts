import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPrefilter, HIT, type Hits } from "../../src/prefilter/prefilter.js";
import { tablesOf } from "../../src/prefilter/tables.js";

/** Where each literal stands, one look after the other. */
function looked(text: string, literals: readonly string[]): readonly (readonly [number, number])[] {
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const found: [number, number][] = [];
  for (let at = 0; at < text.length; at++) {
    for (const [number, literal] of literals.entries()) {
      if (folded.startsWith(literal, at)) found.push([at, number]);
    }
  }
  return found;
}

function pairs(hits: Hits): readonly (readonly [number, number])[] {
  return Array.from({ length: hits.length / HIT }, (_, hit) => [
    hits[hit * HIT] ?? -1,
    hits[hit * HIT + 1] ?? -1,
  ]);
}

const SOME = ["key", "token", "tok", "keyring", "_key", "aaa", "aaaaaaaa", "://", "0q~", "a b", "[::-1]"];

describe("a prefilter finds every literal wherever it stands, in any case", () => {
  const units = [
    "key",
    "KEY",
    "Tok",
    "en",
    "ring",
    "_",
    "a",
    "A",
    "://",
    "0Q~",
    " ",
    "b",
    "[::-1]",
    "\n",
    "\0",
    "é",
  ];
  const text = fc.string({ unit: fc.constantFrom(...units), maxLength: 60 });

  it("in bytes and in texts", () => {
    const prefilter = createPrefilter(SOME);
    fc.assert(
      fc.property(text, (drawn) => {
        const ascii = drawn.replaceAll("é", "e");
        expect(pairs(prefilter.scan(Buffer.from(ascii)).hits)).toEqual(looked(ascii, SOME));
        expect(pairs(prefilter.scanText(drawn))).toEqual(looked(drawn, SOME));
      }),
      { numRuns: 1000 },
    );
  });

  it("in a stretch of bytes as in all of them", () => {
    const prefilter = createPrefilter(SOME);
    fc.assert(
      fc.property(text, fc.nat(60), fc.nat(60), (drawn, one, other) => {
        const ascii = Buffer.from(drawn.replaceAll("é", "e"));
        const [from, until] = [Math.min(one, other), Math.max(one, other)];
        const within = pairs(prefilter.scan(ascii).hits).filter(([at]) => at >= from && at < until);
        expect(pairs(prefilter.scanWithin(ascii, from, until).hits)).toEqual(within);
      }),
      { numRuns: 1000 },
    );
  });

  it("across the places at which bytes are cut", () => {
    const prefilter = createPrefilter(SOME);
    for (let shift = -12; shift <= 12; shift++) {
      const before = "x".repeat(65_536 * 2 + shift);
      const whole = `${before}keyring aaaaaaaaaaa${"y".repeat(70_000)}token`;
      expect(pairs(prefilter.scan(Buffer.from(whole)).hits)).toEqual(looked(whole, SOME));
    }
  });

  it("of many that are made of few letters, with what is no ASCII between them", () => {
    const letters = fc.constantFrom(..."aeks01_-. ");
    const literal = fc.string({ unit: letters, minLength: 3, maxLength: 12 });
    const literals = fc.uniqueArray(literal, { minLength: 1, maxLength: 60 });
    const between = fc.string({ unit: fc.constantFrom(..."aeksAEKS01_-. é日😀\n"), maxLength: 9 });
    const drawn = fc.tuple(literals, fc.array(fc.tuple(between, fc.nat(), fc.boolean()), { maxLength: 12 }));
    fc.assert(
      fc.property(drawn, ([words, parts]) => {
        const prefilter = createPrefilter(words);
        const whole = parts
          .map(([text, which, isUpper]) => {
            const word = words[which % words.length] ?? "";
            return text + (isUpper ? word.toUpperCase() : word);
          })
          .join("");
        expect(pairs(prefilter.scan(Buffer.from(whole)).hits)).toEqual(looked(whole, words));
      }),
      { numRuns: 300 },
    );
  });

  it("thousands of times in a row", () => {
    const prefilter = createPrefilter(SOME);
    const whole = "a".repeat(200_000);
    expect(prefilter.scan(Buffer.from(whole)).hits).toHaveLength(HIT * (199_998 + 199_993));
  });

  it("only where it is switched on", () => {
    const prefilter = createPrefilter(SOME);
    prefilter.enable(Uint8Array.from(SOME, (literal) => (literal === "tok" ? 1 : 0)));
    expect(pairs(prefilter.scanText("key token"))).toEqual([[4, 2]]);
  });

  it.each([["ab"], ["Key"], ["ké y"], ["k\ney"], ["x".repeat(65)]])("but takes no %j", (literal) => {
    expect(() => tablesOf([literal])).toThrow(RangeError);
  });
});
