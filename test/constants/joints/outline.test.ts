import { expect, test } from "vitest";
import { outlineOf } from "../../../src/constants/joints/outline.js";
import { outlinedSource } from "../../../src/units/outline.js";
import { endOf, startOf, typeOf } from "../../../src/units/syntax-tree.js";

const fill = "use(a, b);\n".repeat(3);

test.each([
  ["nothing but names", "typescript", `const a = "alpha"; function f() { return a; }`],
  ["a literal beside the unknown", "typescript", `f(\`alpha_\${x}\`); g('alpha' + x); [x, y].join('-');`],
  ["numbers", "typescript", "const n = 1; for (let i = 0; i < n + 1; i++) f(i + 1, [1, 2, 3]);"],
  ["choices", "typescript", `\`a\${x ? "b" : "c"}\`; (x || "a") + y`],
  ["unknown methods", "typescript", 'x.concat("a"); list.map((a) => "b").join(",")'],
  ["ordinary escapes", "typescript", `f("a\\tb\\n", "\\u00e9");`],
  ["formats of what is unknown", "rust", 'fn f(x: &str) { println!("{}: {x}", y); format!("{x}-{}", y) }'],
  ["a number's list", "rust", "const A: [u32; 9] = [1, 2, 3, 4, 5, 6, 7, 8, 70000];"],
] as const)("of source code with %s nothing is left", (_, language, text) => {
  expect(outlineOf(text, language === "rust" ? "rust" : "ecmascript")).toEqual({ text: "", parts: [] });
});

test.each([
  [
    "what is put together, and the blocks around it",
    "ecmascript",
    `function f() { ${fill} }\nclass A { m() { if (x) { return "a" + "b"; } else { ${fill} } } }`,
    `function f() {}\nclass A { m() { if (x) { return "a" + "b"; } else {} } }`,
  ],
  [
    "what its names are given, wherever that is",
    "ecmascript",
    `function f() { const K = { a: "x" }; function g() { ${fill} } function h() { return K.a + "b"; } } function i() { const K = 1; }`,
    `function f() { const K = { a: "x" }; function g() {} function h() { return K.a + "b"; } } function i() {}`,
  ],
  [
    "where a name of it is given on",
    "ecmascript",
    `const K = "a" + "b"; function f() { key = K.trim(); } function g() { ${fill} }`,
    `const K = "a" + "b"; function f() { key = K.trim(); } function g() {}`,
  ],
  [
    "a constant of Rust and its use",
    "rust",
    `mod m { const A: &str = "a"; }\nfn f() { ${fill} }\nfn g() { format!("{}-{}", A, "b") }`,
    `mod m { const A: &str = "a"; }\nfn f() {}\nfn g() { format!("{}-{}", A, "b") }`,
  ],
] as const)("an outline keeps %s", (_, family, text, expected) => {
  expect(outlineOf(text, family)?.text).toBe(expected);
});

test.each([
  ["JSX", "const a = <b>it's</b>;"],
  ["what does not end", "const a = 'b"],
])("only the whole can tell of %s", (_, text) => {
  expect(outlineOf(text, "ecmascript")).toBeNull();
});

test("the nodes of an outline stand where they stand in the whole", () => {
  const text = `function f() { ${fill} }\nfunction g() { return "a" + "b"; }\nfunction h() { ${fill} }\n`;
  const outline = outlineOf(text, "ecmascript");
  const source = outline === null ? null : outlinedSource(text, outline, "a.ts", "typescript");
  if (source === null) throw new Error("no tree of the outline");
  const { tree } = source;
  const at = (type: string): readonly string[] =>
    Array.from({ length: tree.count }, (_, node) => node)
      .filter((node) => typeOf(tree, node) === type)
      .map((node) => text.slice(startOf(tree, node), endOf(tree, node)));
  expect(at("binary_expression")).toEqual(['"a" + "b"']);
  expect(at("function_declaration")).toEqual([
    `function f() { ${fill} }`,
    'function g() { return "a" + "b"; }',
    `function h() { ${fill} }`,
  ]);
});

test("an outline that does not parse is no source", () => {
  const text = `const a = "b" + "c"; function (`;
  expect(outlinedSource(text, { text, parts: [0, 0] }, "a.ts", "typescript")).toBeNull();
});

test.each([
  ["brackets in brackets", "const a = ", "(", '"a" + "b"', ")"],
  ["lists in lists", "const a = ", "[", '"a" + "b"', "]"],
  ["types in front", "const a = ", "<a>", '"a" + "b"', ""],
  ["calls on calls", "const a = x", '.join("-")', "", ""],
  ["names of names", "", 'const a = b + "c"; ', "", ""],
  ["fields of fields", "const a = { a: { a: 1 } }; a", ".a", ' + "b"', ""],
])("hostile %s come to an end", (_, start, more, middle, less) => {
  const text = `${start}${more.repeat(100_000)}${middle}${less.repeat(100_000)};`;
  const outline = outlineOf(text, "ecmascript");
  expect(outline === null || outline.text.length <= text.length).toBe(true);
});
