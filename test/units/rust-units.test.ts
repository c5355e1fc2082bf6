import { expect, test } from "vitest";
import { unitRows } from "./taken-apart.js";

const cases: readonly (readonly [what: string, source: string, units: readonly string[]])[] = [
  ["a function", "fn a() { 1 }", ["m::a | a | fn a()  | { 1 }"]],
  ["a public one", "pub(crate) fn a() -> u8 { 1 }", ["m::a | a | pub(crate) fn a() -> u8  | { 1 }"]],
  [
    "const, async, unsafe and extern functions",
    'const fn a() {}\nasync fn b() {}\nunsafe fn c() {}\npub extern "C" fn d() {}',
    [
      "m::a | a | const fn a()  | {}",
      "m::b | b | async fn b()  | {}",
      "m::c | c | unsafe fn c()  | {}",
      'm::d | d | pub extern "C" fn d()  | {}',
    ],
  ],
  ["a raw name", "fn r#type() {}", ["m::r#type | r#type | fn r#type()  | {}"]],
  [
    "generics and a where clause in the signature",
    "fn a<T>(x: T) -> T where T: Copy { x }",
    ["m::a | a | fn a<T>(x: T) -> T where T: Copy  | { x }"],
  ],
  [
    "a method, generics dropped from its type",
    "impl<T> Cart<T> { fn total(&self) {} }",
    ["m::Cart::total | total | fn total(&self)  | {}"],
  ],
  [
    "a path as type",
    "impl crate::shop::Cart<u8> { fn a() {} }",
    ["m::crate::shop::Cart::a | a | fn a()  | {}"],
  ],
  [
    "a reference as type",
    "impl Show for &'a [Cart<T>] { fn a() {} }",
    ["m::<&'a [Cart] as Show>::a | a | fn a()  | {}"],
  ],
  [
    "two traits of one type",
    "impl Display for Cart { fn fmt() {} }\nimpl fmt::Debug for Cart { fn fmt() {} }",
    [
      "m::<Cart as Display>::fmt | fmt | fn fmt()  | {}",
      "m::<Cart as fmt::Debug>::fmt | fmt | fn fmt()  | {}",
    ],
  ],
  [
    "one trait with two arguments",
    "impl From<A> for C { fn from() {} }\nimpl From<B> for C { fn from() {} }",
    ["m::<C as From<A>>::from | from | fn from()  | {}", "m::<C as From<B>>::from | from | fn from()  | {}"],
  ],
  [
    "a trait's default body, not its signatures",
    "trait S { fn a(); fn b() {} }",
    ["m::S::b | b | fn b()  | {}"],
  ],
  ["nothing in an extern block", 'extern "C" { fn a(); fn b(); }', []],
  ["a function in a module", "mod a { pub mod b { fn c() {} } }", ["m::a::b::c | c | fn c()  | {}"]],
  [
    "a function in tests",
    "#[cfg(test)]\nmod tests {\n  #[test]\n  fn a() {}\n}",
    ["m::tests::a | a | fn a()  | {}"],
  ],
  [
    "a nested function, in its outer one and by itself",
    "fn a() { fn b() { 2 } b() }",
    ["m::a | a | fn a()  | { fn b() { 2 } b() }", "m::a::b | b | fn b()  | { 2 }"],
  ],
  [
    "a closure bound by let",
    "fn a() { let mut f = move |x: u8| { x }; }",
    [
      "m::a | a | fn a()  | { let mut f = move |x: u8| { x }; }",
      "m::a::f | f | let mut f = move |x: u8|  | { x }",
    ],
  ],
  [
    "a closure whose body is an expression",
    "const F: fn(u8) -> u8 = |x| x + 1;",
    ["m::F | F | const F: fn(u8) -> u8 = |x|  | x + 1"],
  ],
  [
    "no closure that has no name",
    "fn a() { run(|x| x); let (p, q) = t; }",
    ["m::a | a | fn a()  | { run(|x| x); let (p, q) = t; }"],
  ],
  [
    "macro_rules",
    "macro_rules! m { () => { fn x() {} }; }",
    ["m::m | m | macro_rules! m  | { () => { fn x() {} }; }"],
  ],
  [
    "macro_rules in parentheses",
    "macro_rules! m /* ; */ ( () => {} );\nfn a() {}",
    ["m::m | m | macro_rules! m /* ; */  | ( () => {} )", "m::a | a | fn a()  | {}"],
  ],
  [
    "no function in a macro's arguments",
    "lazy! { fn a() { 1 } }\nfn b() { m!(fn c() {}) }",
    ["m::b | b | fn b()  | { m!(fn c() {}) }"],
  ],
  [
    "a function without its attributes",
    '/// doc\n#[inline]\n#[doc = "x"]\npub fn a() {}',
    ["m::a | a | pub fn a()  | {}"],
  ],
  [
    "duplicates by cfg",
    "#[cfg(unix)]\nfn a() { 1 }\n#[cfg(windows)]\nfn a() { 2 }",
    ["m::a | a | fn a()  | { 1 }", "m::a#2 | a | fn a()  | { 2 }"],
  ],
];

test.each(cases)("in Rust, the units are: %s", (_, source, units) => {
  expect(unitRows(source, "src/m.rs")).toEqual(units);
});
