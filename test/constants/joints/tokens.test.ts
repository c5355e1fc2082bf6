import { expect, test } from "vitest";
import { ecmascriptTokens } from "../../../src/constants/joints/ecmascript-tokens.js";
import { rustTokens } from "../../../src/constants/joints/rust-tokens.js";
import type { Tokens } from "../../../src/constants/joints/tokens.js";

/** What is written at each token; null where only a parser knows. */
function written(tokens: Tokens | null): readonly string[] | null {
  if (tokens === null) return null;
  const { text, starts, ends } = tokens;
  return Array.from({ length: tokens.count }, (_, token) => text.slice(starts[token], ends[token]));
}

const words = (list: string): readonly string[] => list.split(" ");

test.each([
  [
    "names, numbers and marks",
    "let a1 = 1_000.5e-3 + .5 ?? 0x1F;",
    words("let a1 = 1_000.5e-3 + .5 ?? 0x1F ;"),
  ],
  ["comments", "a // 'b'\n/* ` */ c", words("a c")],
  ["a first line for the shell", "#!/usr/bin/env node'\na", words("a")],
  ["strings with quotes in them", `"a'b" 'c"d' "e\\"f"`, [`"a'b"`, `'c"d'`, `"e\\"f"`]],
  ["a string over two lines", '"a\\\nb"', ['"a\\\nb"']],
  [
    "templates in templates",
    `\`a\${\`b\${c}\` + {d}}e\` f`,
    ["`", "a", "${", "`", "b", "${", "c", "}", "`", "+", "{", "d", "}", "}", "e", "`", "f"],
  ],
  ["a pattern", "x = /[/'\"]+/g;", ["x", "=", "/[/'\"]+/g", ";"]],
  ["a division", 'a / b / "c"', words('a / b / "c"')],
  ["a division behind a bracket", '(a + b) / 2 + "c/"', ["(", "a", "+", "b", ")", "/", "2", "+", '"c/"']],
  [
    "a pattern behind a condition",
    "if (a) /'/.test(b)",
    ["if", "(", "a", ")", "/'/", ".", "test", "(", "b", ")"],
  ],
  ["a pattern behind a block", "{ a } /'/g", ["{", "a", "}", "/'/g"]],
  ["a division behind an object", "x = {} / 2 / '/'", ["x", "=", "{", "}", "/", "2", "/", "'/'"]],
  ["a pattern behind a word", "return /'/", ["return", "/'/"]],
  ["a field of that name", "a.return / 2 / '/'", ["a", ".", "return", "/", "2", "/", "'/'"]],
  ["what stands behind a counter", "a++ / 2 / '/'", ["a", "++", "/", "2", "/", "'/'"]],
  ["shifts and comparisons", "a << b <= c", words("a << b <= c")],
  ["private names", "this.#key", ["this", ".", "#key"]],
  ["chains and choices", "a?.b ? .5 : c", words("a ?. b ? .5 : c")],
  ["words of any script", "const ключ = 'a'", ["const", "ключ", "=", "'a'"]],
  ["JSX", "x = <b>it's</b>", null],
  ["a string without an end", "'a\n", null],
  ["a template without an end", "`a", null],
  ["brackets that do not fit", "(a]", null],
  ["an escape in a name", "\\u0061 + 1", null],
])("JavaScript: %s", (_, text, expected) => {
  expect(written(ecmascriptTokens(text))).toEqual(expected);
});

test.each([
  [
    "names, numbers and marks",
    "let a1: u8 = 1_0u8 + 0x1f..=2.5e-3;",
    words("let a1 : u8 = 1_0u8 + 0x1f ..= 2.5e-3 ;"),
  ],
  ["comments in comments", "a /* b /* ' */ \" */ c // '\nd", words("a c d")],
  [
    "characters and lifetimes",
    "'a' + &'a str 'x: b'\\'' '\\u{41}' '}'",
    ["'a'", "+", "&", "a", "str", "x", ":", "b'\\''", "'\\u{41}'", "'}'"],
  ],
  ["raw strings", 'r"\\" + br#"a"b"# + r##"c"#d"##', ['r"\\"', "+", 'br#"a"b"#', "+", 'r##"c"#d"##']],
  ["strings over lines", '"a\\\n  b" c"d"', ['"a\\\n  b"', 'c"d"']],
  ["raw names", "r#type + a", ["r#type", "+", "a"]],
  ["fields of tuples", "a.0.1 + b.0", ["a", ".", "0", ".", "1", "+", "b", ".", "0"]],
  ["a string without an end", '"a', null],
  ["a raw string without an end", 'r#"a"', null],
  ["a comment without an end", "/* a", null],
  ["brackets that do not fit", "{a)", null],
])("Rust: %s", (_, text, expected) => {
  expect(written(rustTokens(text))).toEqual(expected);
});
