import { expect, test } from "vitest";
import { markerRows } from "./taken-apart.js";

test.each([
  [
    "impl",
    "m.rs",
    "/// @aura-local\nimpl A { fn b() {} }\nimpl C { fn d() {} }",
    ["m::A::b - (held)", "m::C::d -"],
  ],
  ["trait", "m.rs", "// @aura-local\ntrait A { fn b() {} }", ["m::A::b - (held)"]],
  [
    "mod, through everything in it",
    "m.rs",
    "/// @aura-local\nmod a { impl B { /// @aura-public\nfn c() { fn d() {} } } }",
    ["m::a::B::c @aura-public (held)", "m::a::B::c::d - (held)"],
  ],
  [
    "function",
    "m.rs",
    "/// @aura-local\nfn a() { fn b() {} let c = |x| x; }",
    ["m::a @aura-local", "m::a::b - (held)", "m::a::c - (held)"],
  ],
  ["class", "m.ts", "/** @aura-local */\nexport default class A { b() {} }", ["m::A::b - (held)"]],
  ["namespace", "m.ts", "/** @aura-local */\nnamespace A { export function b() {} }", ["m::A::b - (held)"]],
  [
    "object",
    "m.ts",
    "/** @aura-local */\nexport const a = { b() {}, c: { d: () => 1 } }",
    ["m::a::b - (held)", "m::a::c::d - (held)"],
  ],
  [
    "member that is an object",
    "m.ts",
    "const a = { /** @aura-local */ b: { c() {} }, d() {} }",
    ["m::a::b::c - (held)", "m::a::d -"],
  ],
  [
    "block",
    "m.ts",
    "// @aura-local\nif (dev) { function a() {} }\nif (dev) { function b() {} }",
    ["m::a - (held)", "m::b -"],
  ],
  [
    "statement",
    "m.ts",
    "// @aura-local\non(function a() {})\non(function b() {})",
    ["m::a - (held)", "m::b -"],
  ],
])("a unit stays where the %s around it is @aura-local", (_, path, source, expected) => {
  expect(markerRows(source, path)).toEqual(expected);
});

test("an enclosing @aura-public gives nothing away", () => {
  expect(markerRows("/// @aura-public\nmod a { fn b() {} }", "m.rs")).toEqual(["m::a::b -"]);
});
