import { expect, test } from "vitest";
import { unitRows } from "./taken-apart.js";

type Case = readonly [what: string, source: string, units: readonly string[]];

const everywhere: readonly Case[] = [
  ["a function", "function a() { 1 }", ["m::a | a | function a()  | { 1 }"]],
  ["an exported one", "export async function a() {}", ["m::a | a | export async function a()  | {}"]],
  [
    "generators",
    "function* a() {}\nconst b = async function* () {}",
    ["m::a | a | function* a()  | {}", "m::b | b | const b = async function* ()  | {}"],
  ],
  [
    "an arrow function bound to a name",
    "export const a = (x) => x + 1;",
    ["m::a | a | export const a = (x) =>  | x + 1"],
  ],
  [
    "an arrow function in parentheses",
    "const a = /* c */ ((x) => ({ x }));",
    ["m::a | a | const a = /* c */ ((x) =>  | ({ x })"],
  ],
  [
    "two in one statement",
    "let a = () => 1, b = () => 2",
    ["m::a | a | let a = () =>  | 1", "m::b | b | b = () =>  | 2"],
  ],
  [
    "a bound name before the function's own",
    "const a = function b() {}",
    ["m::a | a | const a = function b()  | {}"],
  ],
  [
    "a default export without a name",
    "export default () => 1",
    ["m::default | default | export default () =>  | 1"],
  ],
  [
    "an anonymous default function",
    "export default async function () {}",
    ["m::default | default | export default async function ()  | {}"],
  ],
  [
    "a default export with a name",
    "export default function a() {}",
    ["m::a | a | export default function a()  | {}"],
  ],
  [
    "everything in a class",
    "class A { constructor() {} b() {} static async c() {} get d() { 1 } set d(v) {} #e() {} 'f g'() {} [h]() {} i = () => 1; static #j = function () {} }",
    [
      "m::A::constructor | constructor | constructor()  | {}",
      "m::A::b | b | b()  | {}",
      "m::A::c | c | static async c()  | {}",
      "m::A::d#get | d | get d()  | { 1 }",
      "m::A::d#set | d | set d(v)  | {}",
      "m::A::#e | #e | #e()  | {}",
      "m::A::f g | f g | 'f g'()  | {}",
      "m::A::[h] | [h] | [h]()  | {}",
      "m::A::i | i | i = () =>  | 1",
      "m::A::#j | #j | static #j = function ()  | {}",
    ],
  ],
  [
    "a method that is called get",
    "class A { get() {} set = () => 1 }",
    ["m::A::get | get | get()  | {}", "m::A::set | set | set = () =>  | 1"],
  ],
  ["a class by its bound name", "const A = class B { c() {} }", ["m::A::c | c | c()  | {}"]],
  ["a default class", "export default class { a() {} }", ["m::default::a | a | a()  | {}"]],
  [
    "everything in an object",
    "const o = { a() {}, b: () => 1, 'c-d': function () {}, ['e']: () => 2, get f() { 3 }, g: { h() {} } }",
    [
      "m::o::a | a | a()  | {}",
      "m::o::b | b | b: () =>  | 1",
      "m::o::c-d | c-d | 'c-d': function ()  | {}",
      "m::o::e | e | ['e']: () =>  | 2",
      "m::o::f#get | f | get f()  | { 3 }",
      "m::o::g::h | h | h()  | {}",
    ],
  ],
  ["a default object", "export default { methods: { a() {} } }", ["m::default::methods::a | a | a()  | {}"]],
  [
    "an object that is an argument",
    "const app = make({ setup() {} }); run({ go() {} })",
    ["m::app::setup | setup | setup()  | {}", "m::go | go | go()  | {}"],
  ],
  [
    "assignments",
    "exports.a = function () {}; module.exports.b = () => 1; exports['c'] = function x() {}; A.prototype.d = function () {}; e ??= () => 2",
    [
      "m::a | a | exports.a = function ()  | {}",
      "m::b | b | module.exports.b = () =>  | 1",
      "m::c | c | exports['c'] = function x()  | {}",
      "m::A::prototype::d | d | A.prototype.d = function ()  | {}",
      "m::e | e | e ??= () =>  | 2",
    ],
  ],
  [
    "module.exports",
    "module.exports = function () {}",
    ["m::exports | exports | module.exports = function ()  | {}"],
  ],
  [
    "a chain of assignments, from its statement's first word",
    "exports.a = exports.b = () => 1",
    ["m::b | b | exports.a = exports.b = () =>  | 1"],
  ],
  [
    "a nested function, in its outer one and by itself",
    "function a() { function b() {} }",
    ["m::a | a | function a()  | { function b() {} }", "m::a::b | b | function b()  | {}"],
  ],
  ["a named function that is an argument", "on('x', function a() {})", ["m::a | a | function a()  | {}"]],
  [
    "no function without a name",
    "run(() => 1); (function () {})(); [() => 2]; function a(x = () => 3) {}",
    ["m::a | a | function a(x = () => 3)  | {}"],
  ],
  [
    "duplicates",
    "{ function a() {} }\n{ function a() {} }",
    ["m::a | a | function a()  | {}", "m::a#2 | a | function a()  | {}"],
  ],
];

const typed: readonly Case[] = [
  [
    "no overload, no declaration",
    "function a(x: string): void;\nfunction a(x) {}\ndeclare function b(): void;",
    ["m::a | a | function a(x)  | {}"],
  ],
  [
    "no abstract method, no interface",
    "abstract class A { abstract b(): void; c(): void {} }\ninterface I { d(): void }",
    ["m::A::c | c | c(): void  | {}"],
  ],
  [
    "a function in a namespace",
    "export namespace A.B { export function c() {} }",
    ["m::A::B::c | c | export function c()  | {}"],
  ],
  [
    "an arrow function behind casts",
    "const a = <T>(x => x) as F satisfies G;",
    ["m::a | a | const a = <T>(x =>  | x"],
  ],
  ["export =", "export = function () {};", ["m::default | default | export = function ()  | {}"]],
  [
    "a decorated class without its decorators",
    "@A() export class B { @C() private d(): void {} @E f = () => 1 }",
    ["m::B::d | d | private d(): void  | {}", "m::B::f | f | f = () =>  | 1"],
  ],
  [
    "a return type in the signature",
    "const a = <T,>(x: T): x is T => { return true }",
    ["m::a | a | const a = <T,>(x: T): x is T =>  | { return true }"],
  ],
];

test.each(everywhere.flatMap((row) => ["js", "ts", "tsx"].map((extension) => [extension, ...row] as const)))(
  "in .%s, the units are: %s",
  (extension, _, source, units) => {
    expect(unitRows(source, `src/m.${extension}`)).toEqual(units);
  },
);

test.each(typed)("in TypeScript, the units are: %s", (_, source, units) => {
  expect(unitRows(source, "src/m.ts")).toEqual(units);
});

test("in TSX, a component is a unit and its handlers are its text", () => {
  const source = "export const A = () => <b onClick={() => 1}>x</b>;";
  expect(unitRows(source, "src/A.tsx")).toEqual([
    "A::A | A | export const A = () =>  | <b onClick={() => 1}>x</b>",
  ]);
});
