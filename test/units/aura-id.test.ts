import fc from "fast-check";
import { expect, test } from "vitest";
import { distinctIds, modulePath } from "../../src/units/aura-id.js";
import { languageOf } from "../../src/units/languages.js";
import { parsed, unitRows } from "./taken-apart.js";

test.each([
  ["src/billing.rs", "billing"],
  ["src/billing/mod.rs", "billing"],
  ["crates/shop/src/lib.rs", "crates::shop"],
  ["src/main.rs", ""],
  ["index.ts", ""],
  ["app/pages/index.tsx", "app::pages"],
  ["src/date-time/parse.test.ts", "date-time::parse.test"],
  ["main/a.js", "main::a"],
  ["src/.hidden.js", ".hidden"],
])("the module of %s is %j", (path, module) => {
  expect(modulePath(path)).toBe(module);
});

test.each([
  ["a.rs", "rust"],
  ["a.ts", "typescript"],
  ["a.mts", "typescript"],
  ["a.cts", "typescript"],
  ["a.d.ts", "typescript"],
  ["a.tsx", "tsx"],
  ["a.js", "javascript"],
  ["a.mjs", "javascript"],
  ["a.cjs", "javascript"],
  ["a.jsx", "javascript"],
  ["x/A.RS", "rust"],
  ["a.py", null],
  ["rs", null],
  ["a.rs/b", null],
  ["", null],
])("the language of %j is %s", (path, language) => {
  expect(languageOf(path)).toBe(language);
});

test("a function of the root module has its name as its id", () => {
  expect(unitRows("fn main() {}", "src/main.rs")).toEqual(["main | main | fn main()  | {}"]);
});

test("ids are distinct whatever the names are", () => {
  const name = fc.constantFrom("a", "a#2", "a#2#2", "b");
  fc.assert(
    fc.property(fc.array(name), (names) => {
      const ids = distinctIds(names);
      expect(new Set(ids).size).toBe(names.length);
    }),
  );
});

const rustItem = fc.constantFrom(
  "fn {}() {}",
  "impl {} { fn a() {} fn a() {} }",
  "mod {} { fn a() {} }",
  "macro_rules! {} { () => {} }",
);

test("ids are unique in any file", () => {
  const item = fc.tuple(rustItem, fc.constantFrom("x", "y", "z"));
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const source = items.map(([shape, name]) => shape.replace("{}", name)).join("\n");
      const ids = parsed(source, "src/m.rs").units.map((unit) => unit.auraId);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test("moving distinct functions around in a file changes no id", () => {
  const functions = [
    "function a() {}",
    "const b = () => 1;",
    "class C { d() {} get e() { return 1 } }",
    "exports.f = function () {};",
    "const g = { h() {} };",
  ];
  const ids = (source: readonly string[]) =>
    parsed(source.join("\n// between\n"), "m.js")
      .units.map((unit) => unit.auraId)
      .toSorted();
  fc.assert(
    fc.property(fc.shuffledSubarray(functions, { minLength: functions.length }), (moved) => {
      expect(ids(moved)).toEqual(ids(functions));
    }),
  );
});

test("a name or a nesting without end makes no id without end", () => {
  const deep = `${"function a(){".repeat(2_000)}${"}".repeat(2_000)}`;
  const long = `const o = { "${"k".repeat(100_000)}": () => 1 }`;
  const units = [...parsed(deep, "m.js").units, ...parsed(long, "m.js").units];
  expect(units).toHaveLength(2_001);
  expect(Math.max(...units.map((unit) => unit.auraId.length))).toBeLessThan(1_000);
});
