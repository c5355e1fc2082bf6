import { expect, test } from "vitest";
import { parsed, slice } from "./taken-apart.js";

function words(source: string, path: string): string {
  return parsed(source, path)
    .identifiers.map((span) => slice(source, span))
    .join(" ");
}

test.each([
  [
    "functions, parameters and types",
    "fn aws_access_key_AKIAIOSFODNN7EXAMPLE(a: Cart) -> Tax {}",
    "aws_access_key_AKIAIOSFODNN7EXAMPLE a Cart Tax",
  ],
  ["fields and variants", "struct A { b: u8 } enum C { D, E(F) }", "A b C D E F"],
  ["constants, macros and paths", "const A: u8 = 1; static B: u8 = c::D; e!(f);", "A B c D e f"],
  ["lifetimes and labels", "fn a<'b>() { 'c: loop { break 'c; } }", "a b c c"],
  ["struct expressions", "fn a() { let b = C { d, e: f.g }; }", "a b C d e f g"],
  ["macro variables", "macro_rules! a { ($b:expr) => { $b } }", "a $b $b"],
])("in Rust, identifiers are: %s", (_, source, expected) => {
  expect(words(source, "m.rs")).toBe(expected);
});

test.each([
  ["functions, parameters and types", "function a<T>(b: C, { d, e: f }: G) {}", "a T b C d e f G"],
  ["members, private ones too", "class A { b = 1; #c = this.#c.d }", "A b #c #c d"],
  [
    "keys, quoted ones without their quotes",
    "const a = { b: 1, 'c-d': 2, \"e\": 'not this', '': 3 }",
    "a b c-d e",
  ],
  ["enums", "enum A { B, 'C' = 1 }", "A B C"],
  ["labels", "a: for (;;) { break a }", "a a"],
  ["imports", "import a, { b as c } from 'not this'", "a b c"],
  ["interfaces", "interface A { 'b': C; d?: E }", "A b C d E"],
  ["in template strings, what is inserted", `const a = \`not this \${b}\``, "a b"],
])("in TypeScript, identifiers are: %s", (_, source, expected) => {
  expect(words(source, "m.ts")).toBe(expected);
});

test("in TSX, identifiers are elements and attributes", () => {
  expect(words("const a = <B.C d='not this' e={f}>not this</B.C>", "m.tsx")).toBe("a B C d e f B C");
});

test.each([
  [
    "m.rs",
    "//! a\n/// b\r\nfn c() { /* d /* e */ */ } // f\nm!(/* g */);",
    ["//! a", "/// b", "/* d /* e */ */", "// f", "/* g */"],
  ],
  [
    "m.ts",
    "/** a */ // b\nclass C { /* d */ e() {} }\nconst f = '// no' + `/* no */`",
    ["/** a */", "// b", "/* d */"],
  ],
])("the comments of %s are all there, in order", (path, source, expected) => {
  const { comments } = parsed(source, path);
  expect(comments.map((span) => slice(source, span))).toEqual(expected);
});
