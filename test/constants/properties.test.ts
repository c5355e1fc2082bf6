import fc from "fast-check";
import { expect, test } from "vitest";
import { spansOf } from "../../src/constants/built-string.js";
import { built } from "./folded.js";

/** A token as providers make them; drawn at run time. */
const token = fc
  .array(fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"), {
    minLength: 24,
    maxLength: 48,
  })
  .map((characters) => characters.join(""));

const random = fc.infiniteStream(fc.nat({ max: 1 << 20 })).map((numbers) => (below: number): number => {
  return (numbers.next().value ?? 0) % below;
});

type Draw = (below: number) => number;
type Writer = (value: string, draw: Draw, depth: number) => string;

const quoted = (value: string): string => JSON.stringify(value);
const codes = (value: string): string => [...Buffer.from(value)].join(", ");
const reversed = (value: string): string => [...value].reverse().join("");
const hexEscapes = (value: string): string => Buffer.from(value).toString("hex").replace(/../g, "\\x$&");

function split(value: string, draw: Draw): readonly string[] {
  const at = 1 + draw(Math.max(1, value.length - 1));
  return value.length < 2 ? [value] : [value.slice(0, at), value.slice(at)];
}

/** An expression that is `value`, put together at random from `ways`. */
function expression(ways: readonly Writer[], value: string, draw: Draw, depth = 3): string {
  const way = depth === 0 || value.length < 4 ? undefined : ways[draw(ways.length)];
  return way === undefined ? quoted(value) : way(value, draw, depth - 1);
}

const ecmascript: readonly Writer[] = [
  (value, draw, depth) =>
    split(value, draw)
      .map((part) => expression(ecmascript, part, draw, depth))
      .join(" + "),
  (value, draw, depth) => `(${expression(ecmascript, value, draw, depth)})`,
  (value, draw, depth) => `\`\${${expression(ecmascript, value, draw, depth)}}\``,
  (value, draw, depth) =>
    `[${split(value, draw).map((part) => expression(ecmascript, part, draw, depth))}].join("")`,
  (value, draw, depth) =>
    `"".concat(${split(value, draw).map((part) => expression(ecmascript, part, draw, depth))})`,
  (value) => `String.fromCharCode(${codes(value)})`,
  (value) => `Buffer.from([${codes(value)}]).toString("utf8")`,
  (value, draw, depth) =>
    `(${expression(ecmascript, reversed(value), draw, depth)}).split("").reverse().join("")`,
  (value) => `atob("${Buffer.from(value).toString("base64")}")`,
  (value) => `Buffer.from("${Buffer.from(value).toString("hex")}", "hex").toString()`,
  (value) => `"${hexEscapes(value)}"`,
];

const rust: readonly Writer[] = [
  (value, draw, depth) => `concat!(${split(value, draw).map((part) => rustLiteral(part, draw, depth))})`,
  (value, draw, depth) =>
    `format!("{}{}{}", "", ${split(value, draw).map((part) => rustLiteral(part, draw, depth))})`,
  (value, draw) => `[${split(value, draw).map(quoted)}].concat()`,
  (value) => `String::from_utf8(vec![${codes(value)}]).unwrap()`,
  (value) => `"${reversed(value)}".chars().rev().collect::<String>()`,
  (value, draw) => split(value, draw).map(quoted).join(".to_string() + "),
  (value) => `"${hexEscapes(value)}"`,
];

/** What stands in a macro is a literal or a macro. */
function rustLiteral(value: string, draw: Draw, depth: number): string {
  return depth > 0 && value.length > 3 && draw(2) === 0
    ? (rust[0]?.(value, draw, depth - 1) ?? "")
    : quoted(value);
}

const lexical: readonly Writer[] = [
  (value, draw, depth) =>
    split(value, draw)
      .map((part) => expression(lexical, part, draw, depth))
      .join(" + "),
  (value, draw) => `"".join([${split(value, draw).map(quoted).join(", ")}])`,
  (value) => `bytes([${codes(value)}])`,
  (value) => `"${reversed(value)}"[::-1]`,
  (value) => `"${hexEscapes(value)}"`,
];

const base64 = (value: string): string => Buffer.from(value).toString("base64");

test.each([
  ["JavaScript", "a.js", ecmascript, (written: string) => `const key = ${written};`],
  ["TypeScript", "a.ts", ecmascript, (written: string) => `f(x, ${written} as const);`],
  ["Rust", "a.rs", rust, (written: string) => `fn f() { let key = ${written}; }`],
] as const)("a token is folded back however %s puts it together", (_, path, ways, file) => {
  fc.assert(
    fc.property(token, random, (value, draw) => {
      const written = expression(ways, value, draw);
      fc.pre(written !== quoted(value) && !written.includes(value));
      expect(built(file(written), path).map((string) => string.value)).toContainEqual(
        expect.stringContaining(value),
      );
    }),
    { numRuns: 400 },
  );
});

test.each([
  ["base64", base64],
  ["base64 twice", (value: string) => base64(base64(value))],
  ["hexadecimal", (value: string) => Buffer.from(value).toString("hex")],
  ["percent-encoding", (value: string) => Buffer.from(value).toString("hex").replace(/../g, "%$&")],
  ["escapes", hexEscapes],
  ["codes", codes],
  ["side by side", (value: string) => `${value.slice(0, 9)}7" "${value.slice(9)}`],
  ["reversed", (value: string) => `${reversed(value)}"[::-1] + "`],
] as const)("a token in %s is read in any text", (how, encode) => {
  fc.assert(
    fc.property(token, (value) => {
      // Digits alone are a number: see `hexRuns`.
      fc.pre(how !== "hexadecimal" || /[a-f]/.test(encode(value)));
      const expected = how === "side by side" ? `${value.slice(0, 9)}7${value.slice(9)}` : value;
      for (const text of [`k = "${encode(value)}"\n`, `{"k": "${encode(value)}", "l": 1}`]) {
        const strings = built(how === "codes" ? text.replaceAll(/"(?=\d)|(?<=\d)"/g, " ") : text, "a.py");
        expect(strings.map((string) => string.value)).toContainEqual(expect.stringContaining(expected));
      }
    }),
    { numRuns: 200 },
  );
});

test("a token is folded back lexically", () => {
  fc.assert(
    fc.property(token, random, (value, draw) => {
      const written = (lexical[draw(lexical.length)] ?? quoted)(value, draw, 0);
      expect(built(`key = ${written}\n`, "a.py").map((string) => string.value)).toContain(value);
    }),
    { numRuns: 300 },
  );
});

test("a token in two or three named parts is folded back, where a part looks like one", () => {
  fc.assert(
    fc.property(token, fc.nat({ max: 15 }), (value, cut) => {
      const whole = `${value.slice(0, 12)}a7B${value.slice(12)}`;
      const [left, right] = [whole.slice(0, 4 + cut), whole.slice(4 + cut)];
      const files: readonly (readonly [string, string])[] = [
        ["a.ts", `const L = "${left}";\nconst R = "${right}";\nexport const key = L + R;`],
        ["a.ts", `const K = { l: "${left}", r: "${right}" };\nf(\`\${K.l}\${K.r}\`);`],
        [
          "a.rs",
          `const L: &str = "${left}";\nconst R: &str = "${right}";\nfn f() -> String { format!("{}{}", L, R) }`,
        ],
      ];
      for (const [path, text] of files) {
        expect(built(text, path).map((string) => string.value)).toContain(whole);
      }
    }),
    { numRuns: 200 },
  );
});

test("pieces make up the value, and those that stand as they are say what the text says", () => {
  const words = [
    '"ab',
    'cd"',
    '"',
    "'",
    "`",
    "${",
    "}",
    " + ",
    "\\x61",
    "\\\n",
    "concat!(",
    ")",
    "[",
    "]",
    ".join('')",
  ];
  const more = [
    "97,",
    "YWxwaGFfYmV0YQ==",
    "%61lpha_beta",
    "const A = ",
    ";",
    "A",
    "(",
    ".reverse()",
    "format!(",
    "\n",
  ];
  const text = fc.array(fc.constantFrom(...words, ...more), { maxLength: 60 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.constantFrom("a.ts", "a.rs", "a.py"), (source, path) => {
      for (const string of built(source, path)) {
        let at = 0;
        for (const piece of string.pieces) {
          expect(piece.at).toBe(at);
          at += piece.length;
          expect(piece.span.start).toBeLessThan(piece.span.end);
          expect(piece.span.end).toBeLessThanOrEqual(source.length);
          if (piece.step === 1) {
            expect(source.slice(piece.span.start, piece.span.end)).toBe(string.value.slice(piece.at, at));
          }
        }
        expect(at).toBe(string.value.length);
        expect(string.value.length).toBeGreaterThanOrEqual(8);
        expect(spansOf(string, { start: 0, end: at }).length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1500 },
  );
});
