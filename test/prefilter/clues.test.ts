import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALL_CLUES, CLUE, mayBeComposed, mayBeEncoded } from "../../src/constants/clues.js";
import { loadRuleSet } from "../../src/rules/load.js";
import { createEngine } from "../../src/scan/engine.js";
import { DEFAULTS } from "../../src/settings/defaults.js";

const { keywords } = createEngine(DEFAULTS, await loadRuleSet([]));

function cluesIn(text: string): number {
  return keywords.signsIn(Buffer.from(text), "a.txt").clues;
}

const FAMILIES = [null, "ecmascript", "rust"] as const;

/** The clues of which the expressions find something, one asked after the other; both of `CALLED` as one. */
function neededIn(text: string): readonly string[] {
  return Object.entries(CLUE).flatMap(([name, bit]) => {
    const asked = CALLED.includes(name) ? CLUE.called | CLUE.template : bit;
    return mayBeComposed(text, asked) || mayBeEncoded(text, asked) ? [name] : [];
  });
}

const CALLED: readonly string[] = ["called", "template"];

function isTold(clues: number, name: string): boolean {
  const told = Object.entries(CLUE).filter(([, bit]) => (clues & bit) !== 0);
  return told.some(([known]) => known === name || (CALLED.includes(known) && CALLED.includes(name)));
}

/** What the expressions find must not depend on whether bytes were looked at before. */
function expectSame(text: string): void {
  const clues = cluesIn(text);
  expect([text, neededIn(text).filter((name) => !isTold(clues, name))]).toEqual([text, []]);
  for (const family of FAMILIES) {
    expect([text, mayBeComposed(text, clues, family)]).toEqual([
      text,
      mayBeComposed(text, ALL_CLUES, family),
    ]);
  }
  expect([text, mayBeEncoded(text, clues)]).toEqual([text, mayBeEncoded(text, ALL_CLUES)]);
}

/** One text for each clue and each way to it. */
const EACH = [
  '"ab1" + "cd2"',
  '"ab1" as const + "cd2"',
  '"ab1".to_string() + "cd2"',
  '"ab1" "cd2"',
  '"ab1" \\\n  "cd2"',
  "x = 'Zx81kQ0w'; y = x + z",
  'f("c2tfbGl2ZV81MUg")',
  " c2tfbGl2ZV81MUhhYmNkZWZnaGlq ",
  "SQAgAGEAbQAgAGgAZQByAGUA",
  "736b5f6c6976655f",
  "0x736b5f6c6976655f",
  "73 6b 5f 6c 69 76 65 5f",
  "abcdefgh%41%42abcdefgh",
  "\\x41",
  "ABCD\\/EFGH",
  "ABCD\\\nEFGH",
  "[65, 66, 67, 68, 69, 70, 71, 72]",
  "['a', 'b', '\\n', 'd', b'e', 'f', 'g', 'h', 'i']",
  '`$\u007b"ab"}`',
];

describe("a clue that the bytes do not show is none", () => {
  const piece = fc.constantFrom(
    ...[
      '"',
      "'",
      "`",
      '"ab1',
      'cd2"',
      "+",
      " + ",
      ".",
      "..",
      "&",
      "~",
      "||",
      "<<",
      "<>",
      ".concat(",
      ".append(",
    ],
    ...[
      ".to_string()",
      ".into()",
      " as const",
      "(",
      ")",
      "[",
      "]",
      ",",
      ", ",
      " ",
      "\n",
      "\r\n",
      "\t",
      "\\",
      "_",
    ],
    ...[
      "\\x41",
      "\\u0041",
      "\\101",
      "\\/",
      "\\\n",
      "join(",
      ".join('')",
      "concat!(",
      "format!(",
      "implode(",
      "${",
      "}",
    ],
    ...[
      "%s%s",
      "{}{}",
      "%41%42",
      "%7e",
      "0x41",
      "65",
      "b'a'",
      "'a'",
      "(byte)",
      "rev",
      ".rev()",
      "[::-1]",
      "atob(",
    ],
    ...[
      "fromCharCode(",
      "chr(65)",
      "Buffer.from(",
      "[...",
      "=",
      ":",
      "=>",
      "é",
      "日",
      "\u00a0",
      "A",
      "z9",
      "Zx81kQ",
    ],
    ...[
      "736b5f6c6976655f",
      "73 6b 5f 6c 69 76 65 5f",
      "73:6b:5f:6c:69:76:65:5f",
      "c2tfbGl2ZV81MUg",
      "Z2hwX2FiY2Rl",
    ],
    ...["SQAgAGEAbQAgAGgAZQByAGUA", "const K = ", "String.fromCharCode", "f'", 'L"', '@"'],
  );

  it("in made-up texts", () => {
    const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
    fc.assert(fc.property(text, expectSame), { numRuns: 20_000 });
  });

  it("wherever they stand in the bytes that are looked at in one go", () => {
    const around = fc.constantFrom("x", " ", '"', "\n", "é", "a1", "(", ",");
    const parts = fc.tuple(
      around,
      fc.nat(70),
      fc.array(piece, { minLength: 1, maxLength: 6 }),
      around,
      fc.nat(70),
    );
    const text = parts.map(
      ([before, left, pieces, behind, right]) =>
        before.repeat(left) + pieces.join("") + behind.repeat(right) + pieces.join(""),
    );
    fc.assert(fc.property(text, expectSame), { numRuns: 5000 });
  });

  it("in lists of codes", () => {
    const code = fc.constantFrom("65", "0x41", "b'a'", "'b'", '","', "','", "120u8", "(char)65", "12", "200");
    const comma = fc.constantFrom(",", ", ", " ,\n  ", `,${" ".repeat(70)}`);
    const text = fc
      .array(fc.tuple(code, comma), { minLength: 6, maxLength: 11 })
      .map((items) => `[${items.map(([item, mark]) => item + mark).join("")}]`);
    fc.assert(fc.property(text, expectSame), { numRuns: 3000 });
  });

  it("in this repository's own texts", () => {
    const folders = ["src", "test", "rules", "bench"].map((name) => join(import.meta.dirname, "../..", name));
    for (const folder of folders) {
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        if (!/\.(?:ts|mjs|toml|txt|md)$/.test(name) || name.startsWith("fixtures")) continue;
        expectSame(readFileSync(join(folder, name), "utf8").slice(0, 300_000));
      }
    }
  });

  it("and far apart, where bytes are cut", () => {
    for (let shift = -40; shift <= 4; shift++) {
      const before = "x\n".repeat(32_768 + shift);
      for (const text of EACH) {
        expectSame(`${before}${text}${"\ny".repeat(100)}`);
      }
    }
  });

  it("and long ones, where bytes are cut", () => {
    const blank = " ".repeat(78);
    const long = `x = '${"Zx81kQ0w".repeat(24)}'; y = x + z`;
    const texts = [
      `"ab1"${blank}+${blank}"cd2"`,
      `"ab1"${blank}\\${blank}"cd2"`,
      `"1${"a".repeat(70)}"${blank} "cd"`,
      long,
    ];
    for (let shift = -150; shift <= 4; shift += 5) {
      const before = "x\n".repeat(32_768 + shift);
      for (const text of texts) expectSame(`${before}${text}${"\ny".repeat(200)}`);
    }
  });

  it.each(EACH.map((text) => [text]))("and %j shows one", (text) => {
    expect(neededIn(text)).not.toEqual([]);
    expectSame(text);
  });

  it.each([
    ['f("a b" + c)'],
    ["'x ' + ' y'"],
    ["if ('a' && 'b') {}"],
    ['import a from "b";\nimport c from "d";'],
    ["const a = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];"],
    ["[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"],
    ["f(1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000)"],
    ['"a\\n" "b"'],
    ["#define A(x) \\\n  f(x)"],
    ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["$\u007bname} 100% a1 b2 c3"],
  ])("and %j shows none", (text) => {
    expect(cluesIn(text)).toBe(0);
  });

  it("has a bit of its own for each", () => {
    const bits = Object.values(CLUE);
    expect(bits.reduce((all: number, bit) => all | bit, 0)).toBe(ALL_CLUES);
    expect(new Set(bits).size).toBe(bits.length);
  });
});
