import { expect, test } from "vitest";
import { built } from "./folded.js";

const MEGABYTE = 1 << 20;

function filled(part: string, units = MEGABYTE): string {
  return part.repeat(Math.ceil(units / part.length));
}

/** Bounds hold whatever the text: ten thousand strings, four times the text in all. */
function expectBounded(text: string, path: string): void {
  const strings = built(text, path);
  const total = strings.reduce((sum, { value }) => sum + value.length, 0);
  expect(strings.length).toBeLessThanOrEqual(10_000);
  expect(total).toBeLessThanOrEqual(4 * text.length + 16_384);
  for (const { value } of strings) expect(value.length).toBeLessThanOrEqual(8192);
}

// A step that is repeated for each unit before it would need hours for a megabyte.
test.each([
  ['"a" + ', "sums"],
  ['"a" "7b"\n', "literals side by side"],
  ['"', "quotes"],
  ["\"'`", "quotes of all kinds"],
  ['"\\', "quotes and backslashes"],
  ['\'"\\"', "escaped quotes"],
  ["\\", "backslashes"],
  ["\\\n", "lines that go on"],
  ["abcd\\\n", "a value that goes on"],
  ["\\x41", "escapes"],
  ['"\\x41"', "literals with escapes"],
  ['"\\x41bcdefgh",', "a long list of literals with escapes"],
  ["65,", "codes"],
  ["65, ", "codes with spaces"],
  ["'a',", "characters"],
  ["chr(65)+", "calls of chr"],
  ["%41", "percent-encoding"],
  ["a%41 ", "words with percent-encoding"],
  ["%", "percent signs"],
  ["A", "one letter"],
  ["YWxw", "base64 of readable text"],
  ["YWxwYWxwYWxwYWxwYWxwYWxw\u0000", "short runs of base64"],
  ["YWxwYWxwYWxwYWxwYWxwYWxw____", "base64 that stops being readable"],
  ["YQBsAHAA", "base64 of UTF-16"],
  ["61", "hexadecimal"],
  ["6a ", "dumped bytes"],
  ["6a:", "dumped bytes with colons"],
  ["6g", "nearly hexadecimal"],
  [" ", "spaces"],
  ["\n", "lines"],
  ["(", "brackets"],
  ['["a","b"', "lists without an end"],
  ['"a",', "one long list"],
  ["a = ", "names"],
  ['"a"[::-1] ', "reversed literals"],
  ['a:"a"+"b",', "joined values"],
])("a megabyte of %j (%s) comes to an end", (part) => {
  expectBounded(filled(part), "a.txt");
});

test.each([
  ["a.js", `x = ${filled('"a" + ', 200_000)}"b";`],
  ["a.js", `x = ${filled("(", 20_000)}"a" + "b"${filled(")", 20_000)};`],
  ["a.js", `x = ${filled("[", 20_000)}"a" + "b"${filled("]", 20_000)};`],
  ["a.js", `x = ${filled("`${", 20_000)}"aa7B" + "bb"${filled("}`", 13_333)};`],
  ["a.js", `x = [${filled("65, ", 200_000)}];`],
  ["a.js", `x = "${filled("\\x41", 200_000)}" + "b";`],
  ["a.js", `x = "a"${filled('.concat("b")', 200_000)};`],
  ["a.js", `x = "ab"${filled('.split("").reverse().join("")', 200_000)};`],
  ["a.ts", `const k = { a: "Alpha_77" };${filled("f(k.a.a.a.a.a.a.a.a.a + 'x');", 200_000)}`],
  ["a.rs", `fn f() { let x = concat!(${filled('"a", ', 200_000)}"b"); }`],
  ["a.rs", `fn f() { let x = ${filled("concat!(", 20_000)}"a", "b"${filled(")", 2500)}; }`],
  ["a.rs", `fn f() { let x = "ab".to_string()${filled(' + "a"', 200_000)}; }`],
  ["a.rs", `fn f() { let x = format!("${filled("{}", 100_000)}", "a", "b"); }`],
  ["a.rs", `fn f() { ${filled('let a = "Alpha_77"; ', 100_000)} g(a.to_owned() + "x"); }`],
])("hostile source in %s comes to an end", (path, text) => {
  expectBounded(text, path);
});

test("a value that doubles with each name is not held", () => {
  const names = Array.from({ length: 60 }, (_, at) => `const A${at + 1} = A${at} + A${at};`);
  expectBounded(`const A0 = "Alpha_77" + "b";\n${names.join("\n")}`, "a.ts");
});

test("names that stand for each other in circles come to an end", () => {
  const circle = Array.from({ length: 2000 }, (_, at) => `const A${at} = A${(at + 1) % 2000} + "Alpha_77";`);
  const fields = Array.from({ length: 2000 }, (_, at) => `const K${at} = { a: K${(at + 1) % 2000}.a };`);
  expectBounded(`${circle.join("\n")}\n${fields.join("\n")}f(K0.a + "x");`, "a.ts");
});

test("a long constant that is used ten thousand times is told as often as the bound allows", () => {
  expectBounded(`const A = "Alpha_77${filled("x", 8000)}" + "b";${filled('f(A + "c");', 100_000)}`, "a.ts");
});
