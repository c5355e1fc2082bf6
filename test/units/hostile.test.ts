import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUnits } from "../../src/units/parse.js";
import type { Language, ParsedFile } from "../../src/units/unit.js";
import { parsed, slice, unitNamed, unitRows } from "./taken-apart.js";

function expectSoundSpans(text: string, file: ParsedFile): void {
  let start = 0;
  for (const { range, signature, body, docs } of file.units) {
    expect([signature.start, signature.end, body.end]).toEqual([range.start, body.start, range.end]);
    expect(slice(text, signature) + slice(text, body)).toBe(slice(text, range));
    expect(range.start).toBeGreaterThanOrEqual(start);
    expect(range.end).toBeLessThanOrEqual(text.length);
    expect(docs.every((doc) => doc.end <= range.start)).toBe(true);
    start = range.start;
  }
  for (const spans of [file.identifiers, file.comments]) {
    for (const [at, span] of spans.entries()) {
      expect(span.start).toBeGreaterThanOrEqual(spans[at - 1]?.start ?? 0);
      expect(span.end).toBeGreaterThan(span.start);
    }
  }
}

test.each(["rust", "typescript", "tsx", "javascript"] as const)(
  "an empty %s file has no units and no errors",
  (language) => {
    const nothing = { language, units: [], identifiers: [], comments: [], hasErrors: false };
    expect(parseUnits("", "a", language)).toMatchObject(nothing);
  },
);

const pieces = [
  "fn a() {",
  "}",
  "function b(x) {",
  "class C {",
  "const d = () => ",
  "impl E {",
  "/// @aura-local\n",
  "/** x */",
  "// y\n",
  "@F()",
  "#[g]",
  "'",
  '"',
  "`${",
  "(",
  ")",
  "=>",
  "{",
  "\r\n",
  "\0",
  "\uFEFF",
  "é",
  "🔑",
  "\ud83d",
  "get h() {}",
  "i: ",
  "let j = |k| k;",
  "export default ",
  ";",
  ",",
];

test("whatever the text, signature and body make up the range and every span lies in the text", () => {
  const language = fc.constantFrom<Language>("rust", "typescript", "tsx", "javascript");
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(" "));
  fc.assert(
    fc.property(text, language, (source, as) => {
      const file = parseUnits(source, "src/m", as);
      expectSoundSpans(source, file);
      expect(new Set(file.units.map((unit) => unit.auraId)).size).toBe(file.units.length);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["an error in another function", "m.rs", "fn a() { let = ; }\nfn b() { 1 }", "m::b"],
  ["an error between functions", "m.ts", "function a() {}\n)))\nfunction b() {}", "m::b"],
  ["an unfinished statement", "m.ts", "function a() { return (1 + }\nfunction b() {}", "m::b"],
])("a file with %s still has the units that are recovered", (_, path, source, auraId) => {
  expect(parsed(source, path).hasErrors).toBe(true);
  expect(unitNamed(source, path, auraId).name).toBe("b");
});

test.each([
  ["CRLF", "// x\r\nfn a() {\r\n  1\r\n}\r\n", "m::a | a | fn a()  | {\r\n  1\r\n}"],
  ["a byte order mark", "\uFEFFfn a() {}", "m::a | a | fn a()  | {}"],
  ["letters beyond ASCII", "// é\nfn größe() { 'ä' }", "m::größe | größe | fn größe()  | { 'ä' }"],
  [
    "characters beyond the first plane",
    'const K: &str = "🔑🔑";\nfn a() { "🔑" }',
    'm::a | a | fn a()  | { "🔑" }',
  ],
  ["NUL", "\0fn a() {}", "m::a | a | fn a()  | {}"],
  ["a lone surrogate", '// \ud83d\nfn a() { "\udd11" }', 'm::a | a | fn a()  | { "\udd11" }'],
])("offsets are right with %s", (_, source, row) => {
  expect(unitRows(source, "m.rs")).toEqual([row]);
});

test("offsets are right wherever a character falls on the reader's edge", () => {
  for (let shift = 0; shift < 4; shift++) {
    const source = `${" ".repeat(shift)}/* ${"🔑".repeat(40_000)} */ function a() { return "🔑" }`;
    expect(unitRows(source, "m.ts")).toEqual(['m::a | a | function a()  | { return "🔑" }']);
  }
});

const many = 100_000;
test.each<readonly [string, Language, string, number]>([
  ["parentheses", "typescript", `const a = () => ${"(".repeat(many)}1${")".repeat(many)};`, 1],
  ["parentheses that never close", "rust", `fn a() {}\n${"(".repeat(many)}`, 1],
  ["blocks", "rust", `fn a() ${"{".repeat(many)}${"}".repeat(many)}`, 1],
  ["arrow functions", "javascript", `const a = ${"b => ".repeat(many)}1`, 1],
  ["functions", "javascript", `${"function a(){".repeat(10_000)}${"}".repeat(10_000)}`, 10_000],
  ["assignments", "javascript", `${"a = ".repeat(many)}() => 1`, 1],
])("%s nested without end exhaust no stack", (_, language, source, atLeast) => {
  expect(parseUnits(source, "m", language).units.length).toBeGreaterThanOrEqual(atLeast);
});

test("a file of 5 MB is taken apart to its end", () => {
  const one =
    "/** Tax of a cart. */\nexport function computeTax(cart: Cart): Tax { return taxOf(cart, 'é'); }\n";
  const count = Math.ceil(5_000_000 / one.length);
  const file = parsed(one.repeat(count), "src/billing.ts");
  expect(file.units).toHaveLength(count);
  expect(file.units.at(-1)?.range.end).toBe(one.length * count - 1);
  expect(file.hasErrors).toBe(false);
});
