import { expect, test } from "vitest";
import { rows } from "./folded.js";

const names = 'const A = "Alpha_77"; const B = "beta_8899";';

test.each([
  [
    "a sum",
    'const k = "alpha_beta" + "_gamma";',
    ["concatenation k: alpha_beta_gamma = alpha_beta · _gamma"],
  ],
  ["brackets", 'k = ("alpha" + ("_be" + `ta`));', ["concatenation k: alpha_beta = alpha · _be · ta"]],
  ["as const", 'const k = ("alpha" as const) + "_beta";', ["concatenation k: alpha_beta = alpha · _beta"]],
  [
    "a type assertion",
    'const k = <string>"alpha" + <const>"_beta", l = "gamma" + "_delta"',
    ["concatenation k: alpha_beta = alpha · _beta", "concatenation l: gamma_delta = gamma · _delta"],
  ],
  [
    "a comment in it",
    'const k = "alpha" /* + */ + "_beta" + "_gamma";',
    ["concatenation k: alpha_beta_gamma = alpha · _beta · _gamma"],
  ],
  ["another operator", 'const k = "alpha_beta" - "gamma" + "_x";', []],
  [
    "a number",
    'const k = "alpha" + "_beta" + 77 + 0x1f;',
    ["concatenation k: alpha_beta7731 = alpha · _beta · 77 · 0x1f"],
  ],
  [
    "what is unknown parts it",
    'k = host() + "alpha" + "_beta" + tail + "gamma" + "_delta";',
    ["concatenation k: alpha_beta = alpha · _beta", "concatenation k: gamma_delta = gamma · _delta"],
  ],
  ["one literal beside the unknown", `k = "alpha_beta" + x; l = \`alpha_beta\${x}\`; m = "a" + "b" + x;`, []],
  ["a template", `k = \`alpha\${"_be"}ta\${x}gamma\`;`, ["template k: alpha_beta = alpha · _be · ta"]],
  [
    "a joined array",
    'k = ["alpha", "beta"].join("-"); l = ["alpha", "beta"].join(``);',
    ["join k: alpha-beta = alpha · - · beta", "join l: alphabeta = alpha · beta"],
  ],
  [
    "an array with the unknown in it",
    'k = ["gamma", x, "alpha", "beta"].join("");',
    ["join k: alphabeta = alpha · beta"],
  ],
  [
    "lists put together",
    'k = ["alpha"].concat(["be", ...["ta"]]).join("");',
    ["join k: alphabeta = alpha · be · ta"],
  ],
  [
    "concat",
    'k = "alpha".concat("beta", "gamma");',
    ["concatenation k: alphabetagamma = alpha · beta · gamma"],
  ],
  [
    "char codes",
    "k = String.fromCharCode(0x61, 108, 112, 104, 97, 98, 101, 116);",
    ["codes k: alphabet = 0x61, 108, 112, 104, 97, 98, 101, 116"],
  ],
  [
    "spread char codes",
    "k = String.fromCodePoint(...[97, 108, 112, 104, 97, 98, 101, 116]);",
    ["codes k: alphabet = 97, 108, 112, 104, 97, 98, 101, 116"],
  ],
  [
    "applied char codes",
    "k = String.fromCharCode.apply(null, [97, 108, 112, 104, 97, 98, 101, 116]);",
    ["codes k: alphabet = 97, 108, 112, 104, 97, 98, 101, 116"],
  ],
  [
    "mapped char codes",
    'k = [97, 108, 112, 104, 97, 98, 101, 116].map((c) => String.fromCharCode(c)).join("");',
    ["codes k: alphabet = 97 · 108 · 112 · 104 · 97 · 98 · 101 · 116"],
  ],
  [
    "bytes",
    "const k = Buffer.from([0x61, 108, 112, 104, 97, 98, 101, 116]).toString();",
    ["codes k: alphabet = 0x61, 108, 112, 104, 97, 98, 101, 116"],
  ],
  [
    "bytes of an array type",
    "k = new TextDecoder().decode(new Uint8Array([97, 108, 112, 104, 97, 98, 101, 116]));",
    ["codes k: alphabet = 97, 108, 112, 104, 97, 98, 101, 116"],
  ],
  [
    "bytes that nobody decodes here",
    "const k = [97, 108, 112, 104, 97, 98, 101, 116];",
    ["codes k: alphabet = 97, 108, 112, 104, 97, 98, 101, 116"],
  ],
  ["numbers that are no text", "const k = [10, 20, 30, 40, 50, 60, 70, 80, 90];", []],
  [
    "a reversed literal",
    'k = "ateb_ahpla".split("").reverse().join("");',
    ["reversed k: alpha_beta = ateb_ahpla"],
  ],
  [
    "a spread and reversed literal",
    'k = [..."ateb_ahpla"].reverse().join("");',
    ["reversed k: alpha_beta = ateb_ahpla"],
  ],
  [
    "a reversed sum",
    'k = ("ateb" + "_ahpla").split("").reverse().join("");',
    ["reversed k: alpha_beta = _ahpla · ateb"],
  ],
  ["base64", 'k = atob("YWxwaGFf" + "YmV0YQ==");', ["base64 k: alpha_beta = YWxwaGFf · YmV0YQ=="]],
  [
    "a base64 buffer",
    'k = Buffer.from("YWxwaGFfYmV0YQ", "base64").toString("utf8");',
    ["base64 k: alpha_beta = YWxwaGFfYmV0YQ"],
  ],
  [
    "a hex buffer",
    'k = Buffer.from("616c7068615f62657461", "hex").toString();',
    ["hex k: alpha_beta = 616c7068615f62657461"],
  ],
  [
    "a URI component",
    'k = decodeURIComponent("%61lpha" + "%5Fbeta");',
    ["percent k: alpha_beta = %61lpha · %5Fbeta"],
  ],
  [
    "escapes",
    'k = "\\x61lpha\\u005f\\u{62}eta\\101"',
    ["escapes k: alpha_betaA = \\x61 · lpha · \\u005f\\u{62} · eta · \\101"],
  ],
  [
    "all of it escapes",
    'k = "\\x61\\x6c\\x70\\x68\\x61\\x62\\x65\\x74"',
    ["escapes k: alphabet = \\x61\\x6c\\x70\\x68\\x61\\x62\\x65\\x74"],
  ],
  ["escapes of line breaks only", 'k = "alpha\\nbeta\\tgamma\\\\delta\\""', []],
  ["a line that goes on", 'k = "alpha\\\n_beta"', ["continuation k: alpha_beta = alpha · _beta"]],
  ["names", `${names} f(A + B);`, ["concatenation: Alpha_77beta_8899 = Alpha_77 · beta_8899"]],
  [
    "names in a template",
    `${names} const k = \`\${A}-\${B}\`;`,
    ["template k: Alpha_77-beta_8899 = Alpha_77 · - · beta_8899"],
  ],
  [
    "a name that is used before",
    'const k = A + "_beta"; const A = "Alpha_77";',
    ["concatenation k: Alpha_77_beta = Alpha_77 · _beta"],
  ],
  [
    "a name of another scope",
    `${names} function f() { const A = "Gamma_11"; return A + B; }`,
    ["concatenation: Gamma_11beta_8899 = Gamma_11 · beta_8899"],
  ],
  ["a parameter of that name", `${names} function f(A) { return A + B; } const g = (B) => A + B;`, []],
  ["a name that changes", 'let A = "Alpha_77"; A = g(); f(A + "_beta");', []],
  [
    "a name that is defined by itself",
    'const A = B + "Alpha_77"; const B = A + "_beta";',
    ["concatenation A: _betaAlpha_77 = _beta · Alpha_77"],
  ],
  [
    "fields of a constant object",
    'const K = { a: "Alpha_77", "b": { c: "beta" } } as const; f(K.a + K["b"].c);',
    ["concatenation: Alpha_77beta = Alpha_77 · beta"],
  ],
  [
    "fields of a frozen object",
    'const K = Object.freeze({ a: "Alpha_77" }); f(K.a + "_beta");',
    ["concatenation: Alpha_77_beta = Alpha_77 · _beta"],
  ],
  [
    "items of a list",
    'const K = ["Alpha_77", "_beta"]; f(K[0] + K[1]);',
    ["concatenation: Alpha_77_beta = Alpha_77 · _beta"],
  ],
  [
    "fields of a class",
    'class C { static p = "Alpha_77"; q = "_beta"; f() { return C.p + this.q; } }',
    ["concatenation: Alpha_77_beta = Alpha_77 · _beta"],
  ],
  [
    "an enum",
    'enum E { P = "Alpha_77" } f(E.P + "_beta");',
    ["concatenation: Alpha_77_beta = Alpha_77 · _beta"],
  ],
  [
    "a string put together where it is named and where it is used",
    'const A = "Alpha" + "_77"; f(A + "_beta");',
    ["concatenation A: Alpha_77 = Alpha · _77", "concatenation: Alpha_77_beta = Alpha · _77 · _beta"],
  ],
  ["shorter than any secret", 'k = "alp" + "ha";', []],
])("%s", (_, text, told) => {
  expect(rows(text, "a.ts")).toEqual(told);
});

test.each([
  ["a field", 'x = { "api-key": "alpha" + "_beta" }', "api-key"],
  ["a member", 'this.config.secret = "alpha" + "_beta"', "secret"],
  ["a class field", 'class C { private readonly token = "alpha" + "_beta"; }', "token"],
  ["a parameter", 'function f(token = "alpha" + "_beta") {}', "token"],
  ["a default", 'const token = process.env.TOKEN ?? ("alpha" + "_beta")', "token"],
  ["a choice", 'const token = x ? y : "alpha" + "_beta"', "token"],
  ["the only argument of a call", 'const token = z.string().parse("alpha" + "_beta")', "token"],
  ["one of many arguments", 'const client = f(1, "alpha" + "_beta")', null],
  ["nothing", 'f("alpha" + "_beta", 1)', null],
])("is given to %s", (_, text, name) => {
  expect(rows(text, "a.ts")).toEqual([
    `concatenation${name === null ? "" : ` ${name}`}: alpha_beta = alpha · _beta`,
  ]);
});

test("an attribute gives its name, and its own value has no escapes", () => {
  const text = '<A token={"alpha" + "_beta"} b="\\x61lpha_beta" />';
  expect(rows(text, "a.tsx")).toEqual(["concatenation token: alpha_beta = alpha · _beta"]);
});
