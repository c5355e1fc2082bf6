import { expect, test } from "vitest";
import { rows } from "./folded.js";

const names = 'const A: &str = "Alpha_77"; static B: &str = "beta_8899";';
const codes = "97, 108, 112, 104, 97, 98, 101, 116";

test.each([
  ["concat!", 'let k = concat!("alpha", "_beta", 7);', ["concatenation k: alpha_beta7 = alpha · _beta · 7"]],
  [
    "concat! by its path",
    'const K: &str = std::concat!("alpha", "_beta");',
    ["concatenation K: alpha_beta = alpha · _beta"],
  ],
  [
    "format! in order",
    `${names} fn f() { let k = format!("{}{}", A, B); }`,
    ["template k: Alpha_77beta_8899 = Alpha_77 · beta_8899"],
  ],
  [
    "format! by place and by name",
    `${names} fn f() { let k = format!("{1}-{x}-{0:>3}", A, B, x = "y"); }`,
    ["template k: beta_8899-y-Alpha_77 = beta_8899 · - · y · - · Alpha_77"],
  ],
  [
    "format! of names around",
    `${names} fn f() { let k = format!("{A}-{B}"); }`,
    ["template k: Alpha_77-beta_8899 = Alpha_77 · - · beta_8899"],
  ],
  [
    "format! with braces",
    'let k = format!("{{{}}}_beta", "alpha");',
    ["template k: {alpha}_beta = { · alpha · } · _beta"],
  ],
  [
    "format! with the unknown",
    'let k = format!("{}{}{}gamma", x, "alpha", "_beta");',
    ["template k: alpha_betagamma = alpha · _beta · gamma"],
  ],
  [
    "a sum",
    `${names} fn f() { let k = A.to_string() + "-" + &B; }`,
    ["concatenation k: Alpha_77-beta_8899 = Alpha_77 · - · beta_8899"],
  ],
  ["concat of a list", 'let k = ["alpha", "_beta"].concat();', ["join k: alpha_beta = alpha · _beta"]],
  ["join of a list", 'let k = vec!["alpha", "beta"].join("-");', ["join k: alpha-beta = alpha · - · beta"]],
  ["collected literals", 'let k = ["alpha", "beta"].iter().copied().collect::<String>();', []],
  [
    "bytes",
    `let k: &[u8] = &[0x61u8, b'l', 112, 104, 97, 98, 101, b't'];`,
    ["codes k: alphabet = 0x61u8, b'l', 112, 104, 97, 98, 101, b't"],
  ],
  [
    "a vector of bytes as text",
    `let k = String::from_utf8(vec![${codes}]).unwrap();`,
    [`codes k: alphabet = ${codes}`],
  ],
  [
    "a slice of bytes as text",
    `let k = std::str::from_utf8(&[${codes}])?;`,
    [`codes k: alphabet = ${codes}`],
  ],
  [
    "bytes as characters",
    `let k: String = [${codes}].iter().map(|b| *b as char).collect();`,
    [`codes k: alphabet = ${codes}`],
  ],
  ["a repeated byte", "let k = [65u8; 32]; let l = vec![65u8; 32];", []],
  [
    "characters",
    "let k: String = ['a', 'l', 'p', 'h', 'a', 'b', 'e', '\\x74'].iter().collect();",
    ["codes k: alphabet = a', 'l', 'p', 'h', 'a', 'b', 'e', '\\x74"],
  ],
  [
    "a reversed literal",
    'let k = "ateb_ahpla".chars().rev().collect::<String>();',
    ["reversed k: alpha_beta = ateb_ahpla"],
  ],
  [
    "escapes",
    'let k = "\\x61lpha\\u{5f}beta"; let l = b"alpha\\x5fbeta";',
    ["escapes k: alpha_beta = \\x61 · lpha · \\u{5f} · beta", "escapes l: alpha_beta = alpha · \\x5f · beta"],
  ],
  [
    "a raw literal has none",
    'let k = r"\\x61lpha"; let l = concat!(r#"al"pha"#, "_beta");',
    ['concatenation l: al"pha_beta = al"pha · _beta'],
  ],
  [
    "a line that goes on",
    'let k = "alpha\\\n        _beta";',
    ["continuation k: alpha_beta = alpha · _beta"],
  ],
  [
    "base64 and hex",
    'let k = hex::decode("616c7068615f62657461"); let l = STANDARD.decode("YWxwaGFfYmV0YQ==")?;',
    ["hex k: alpha_beta = 616c7068615f62657461", "base64 l: alpha_beta = YWxwaGFfYmV0YQ=="],
  ],
  [
    "a macro in a macro",
    'println!("{}", concat!("alpha", "_beta"));',
    ["concatenation: alpha_beta = alpha · _beta"],
  ],
  ["a macro nobody knows", 'foo!("alpha", "_beta");', []],
  [
    "a name that is bound again",
    'fn f() { let k = "Alpha_77"; let k = k.to_owned() + "_beta"; g(k + "x"); }',
    [
      "concatenation k: Alpha_77_beta = Alpha_77 · _beta",
      "concatenation: Alpha_77_betax = Alpha_77 · _beta · x",
    ],
  ],
  ["a name that may change", 'fn f() { let mut k = "Alpha_77".to_owned(); g(k + "_beta"); }', []],
  ["a parameter", 'fn f() { let a = "Alpha_77"; let g = |a: &str| a.to_owned() + "_beta"; }', []],
  [
    "a constant of a type",
    'impl S { const P: &str = "Alpha_77"; fn f() { Self::P.to_owned() + "_beta" } }',
    ["concatenation: Alpha_77_beta = Alpha_77 · _beta"],
  ],
  [
    "a field",
    `${names} fn f() -> C { C { token: format!("{A}{B}") } }`,
    ["template token: Alpha_77beta_8899 = Alpha_77 · beta_8899"],
  ],
])("%s", (_, text, told) => {
  expect(rows(text, "a.rs")).toEqual(told);
});
