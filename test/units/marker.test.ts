import { describe, expect, test } from "vitest";
import { markerIn } from "../../src/units/marker.js";
import { markerRows, slice, unitNamed } from "./taken-apart.js";

test.each([
  ["/// @aura-local — contains hardcoded creds for local dev only", "@aura-local"],
  ["/// @aura-public", "@aura-public"],
  ["// @aura-public, or rather @aura-local", "@aura-local"],
  ["/**@aura-local*/", "@aura-local"],
  ["/* (@aura-local) */", "@aura-local"],
  ["// see `@aura-local`.", "@aura-local"],
  ["//@aura-local:", "@aura-local"],
  ["// x/@aura-local", "@aura-local"],
  ["// @aura-localhost", null],
  ["// @aura-local2", null],
  ["// @aura-local_x", null],
  ["// @aura-local-only", null],
  ["// @aura-localé", null],
  ["// x@aura-local", null],
  ["// foo.@aura-local", null],
  ["// @@aura-local", null],
  ["// -@aura-local", null],
  ["// aura-local", null],
  ["// @Aura-Local", null],
  ["// x@aura-public, @aura-public", "@aura-public"],
  ["/// see https://x.net/@aura-public/doc", null],
  ["/// x/@aura-public", null],
  ["///@aura-public", "@aura-public"],
  ["/*@aura-public*/", "@aura-public"],
])("%s carries the marker %s", (comment, marker) => {
  expect(markerIn(comment)).toBe(marker);
});

describe("a marker belongs to the function right below it", () => {
  const cases: readonly (readonly [
    what: string,
    path: string,
    source: string,
    expected: readonly string[],
  ])[] = [
    [
      "the specification's dev_login",
      "auth.rs",
      '/// @aura-local — contains hardcoded creds for local dev only\nfn dev_login() {\n    let token = "dev-token-abc123";\n    // ...\n}',
      ["auth::dev_login @aura-local"],
    ],
    [
      "the specification's compute_tax",
      "src/billing.rs",
      "/// @aura-public\nfn compute_tax(cart: &Cart) -> Tax {\n    // ...\n}",
      ["billing::compute_tax @aura-public"],
    ],
    ["//", "m.rs", "// @aura-local\nfn a() {}\nfn b() {}", ["m::a @aura-local", "m::b -"]],
    ["/* */", "m.ts", "/* @aura-local */\nfunction a() {}", ["m::a @aura-local"]],
    ["/** */", "m.rs", "/** @aura-local */\nfn a() {}", ["m::a @aura-local"]],
    [
      "several lines of it",
      "m.rs",
      "/// @aura-local\n/// more\n// and more\nfn a() {}",
      ["m::a @aura-local"],
    ],
    [
      "both markers, in two comments",
      "m.rs",
      "/// @aura-public\n// @aura-local\nfn a() {}",
      ["m::a @aura-local"],
    ],
    [
      '#[doc = ""]',
      "m.rs",
      '#[doc = "@aura-local"]\nfn a() {}\n#[doc = r#"x\n@aura-local"#]\nfn b() {}\n#[doc = "x\\n@aura-local"]\nfn c() {}',
      ["m::a @aura-local", "m::b @aura-local", "m::c @aura-local"],
    ],
    [
      "not #[doc(…)], nor another attribute",
      "m.rs",
      '#[doc(alias = "@aura-local")]\n#[cfg(feature = "@aura-local")]\nfn a() {}',
      ["m::a -"],
    ],
    [
      "as its own, not //!: that holds for all that it encloses",
      "m.rs",
      "//! @aura-local\nfn a() {}",
      ["m::a - (held)"],
    ],
    [
      "in a file that does not parse, where its function was lost",
      "m.rs",
      "/// @aura-local\n$ fn a() {}\nfn b() {}",
      ["m::a - (held)", "m::b - (held)"],
    ],
    ["attributes above and below", "m.rs", "#[a]\n/// @aura-local\n#[b]\n\nfn a() {}", ["m::a @aura-local"]],
    ["behind an attribute", "m.rs", "#[test] // @aura-local\nfn a() {}", ["m::a @aura-local"]],
    [
      "decorators above and below",
      "m.ts",
      "class A {\n  @B()\n  /** @aura-local */\n  @C\n  d() {}\n  e() {}\n}",
      ["m::A::d @aura-local", "m::A::e -"],
    ],
    [
      "above a decorator of an exported class",
      "m.ts",
      "/** @aura-local */\n@B()\nexport class A { c() {} }",
      ["m::A::c - (held)"],
    ],
    ["a blank line behind //", "m.rs", "// @aura-local\n\nfn a() {}", ["m::a -"]],
    ["a blank line of CRLF behind //", "m.rs", "// @aura-local\r\n\r\nfn a() {}", ["m::a -"]],
    ["a line of blanks behind /* */", "m.ts", "/* @aura-local */\n  \t\nfunction a() {}", ["m::a -"]],
    ["a blank line behind ///", "m.rs", "/// @aura-local\n\nfn a() {}", ["m::a @aura-local"]],
    ["a blank line behind /** */", "m.ts", "/** @aura-local */\n\nfunction a() {}", ["m::a @aura-local"]],
    ["a blank line between // and ///", "m.rs", "// @aura-local\n\n/// doc\nfn a() {}", ["m::a -"]],
    ["/// above // above a blank line", "m.rs", "/// @aura-local\n// x\n\nfn a() {}", ["m::a @aura-local"]],
    ["//// is no doc comment", "m.rs", "//// @aura-local\n\nfn a() {}", ["m::a -"]],
    ["behind a statement on its line", "m.ts", "x(); // @aura-local\nfunction a() {}", ["m::a -"]],
    ["/** */ behind a statement on its line", "m.ts", "x(); /** @aura-local */\nfunction a() {}", ["m::a -"]],
    [
      "behind a member on its line",
      "m.ts",
      "const o = {\n  x: 1, // @aura-local\n  a() {},\n}",
      ["m::o::a -"],
    ],
    ["behind a function on its line", "m.rs", "fn a() {} // @aura-local\nfn b() {}", ["m::a -", "m::b -"]],
    [
      "/// behind a statement, which Rust gives to what follows",
      "m.rs",
      "fn a() {} /// @aura-local\nfn b() {}",
      ["m::a -", "m::b @aura-local"],
    ],
    ["all on one line", "m.ts", "x(); /* @aura-local */ function a() {}", ["m::a @aura-local"]],
    [
      "all of an object on one line",
      "m.ts",
      "const o = { /** @aura-local */ a() {}, b() {} }",
      ["m::o::a @aura-local", "m::o::b -"],
    ],
    ["an exported arrow function", "m.ts", "// @aura-local\nexport const a = () => 1", ["m::a @aura-local"]],
    [
      "a default export",
      "m.ts",
      "/** @aura-local */ export default function () {}",
      ["m::default @aura-local"],
    ],
    [
      "a call that is exported",
      "m.ts",
      "/** @aura-local */\nexport default wrap(function a() {})",
      ["m::default::a - (held)"],
    ],
    ["an assignment", "m.js", "// @aura-local\nexports.a = function () {}", ["m::a @aura-local"]],
    [
      "an object's member",
      "m.js",
      "const o = {\n  // @aura-local\n  a: () => 1,\n}",
      ["m::o::a @aura-local"],
    ],
    ["a class field", "m.js", "class A {\n  // @aura-local\n  a = () => 1;\n}", ["m::A::a @aura-local"]],
    [
      "both functions of one statement",
      "m.js",
      "// @aura-local\nconst a = () => 1, b = () => 2",
      ["m::a @aura-local", "m::b @aura-local"],
    ],
    [
      "a closure",
      "m.rs",
      "fn a() {\n  // @aura-local\n  let f = |x| x;\n}",
      ["m::a -", "m::a::f @aura-local"],
    ],
    ["macro_rules", "m.rs", "// @aura-local\nmacro_rules! a { () => {} }", ["m::a @aura-local"]],
    [
      "overloads, which have the docs in TypeScript",
      "m.ts",
      "/** @aura-local */\nexport function a(x: string): void;\n// and\nexport function a(x: number): void;\nexport function a(x: unknown) {}\nfunction b() {}",
      ["m::a @aura-local", "m::b -"],
    ],
    [
      "a method's overloads",
      "m.ts",
      "class A {\n  /** @aura-local */\n  a(x: string): void;\n  a(x: unknown) {}\n  b(): void;\n  c() {}\n}",
      ["m::A::a @aura-local", "m::A::c -"],
    ],
    ["under a byte order mark", "m.ts", "\uFEFF// @aura-local\nfunction a() {}", ["m::a @aura-local"]],
    [
      "under a hash-bang",
      "m.js",
      "#!/usr/bin/env node\n// @aura-local\nfunction a() {}",
      ["m::a @aura-local"],
    ],
    [
      "not in a string",
      "m.ts",
      'const x = "@aura-local";\nfunction a(b = "@aura-local") { "@aura-local" }',
      ["m::a -"],
    ],
    ["not in the body", "m.rs", "fn a() { // @aura-local\n  /* @aura-local */\n}", ["m::a -"]],
    [
      "near a syntax error",
      "m.ts",
      "/** @aura-local */\nexport function a() { if ( }\n",
      ["m::a @aura-local"],
    ],
  ];

  test.each(cases)("%s (%s)", (_, path, source, expected) => {
    expect(markerRows(source, path)).toEqual(expected);
  });
});

test("the docs of a unit are the comments above it from top to bottom, without their line breaks", () => {
  const source = '/// one\r\n#[inline]\n#[doc = "two"]\n/* three */ // four\nfn a() {}';
  expect(unitNamed(source, "m.rs", "m::a").docs.map((doc) => slice(source, doc))).toEqual([
    "/// one",
    '#[doc = "two"]',
    "/* three */",
    "// four",
  ]);
});
