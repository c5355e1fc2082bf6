import type { Family } from "../clues.js";
import { SAME_TEXT } from "../rust-macros.js";

/** The words by which a language puts constants together, as `../*-calls.ts` and `../rust-macros.ts` read them. */
export type Words = {
  /** Words in front of a value that leave it what it is. */
  readonly prefixes: ReadonlySet<string>;
  /** Words between a value and a type. */
  readonly casts: ReadonlySet<string>;
  /** Methods of a constant that give a constant. */
  readonly methods: ReadonlySet<string>;
  /** Of these, those that make something new of it. */
  readonly joining: ReadonlySet<string>;
  /** Functions that give a constant for one, and of them those that only one of these owners has; none: whoever's. */
  readonly functions: ReadonlyMap<string, ReadonlySet<string> | null>;
  /** Of these, those that make something new of it. */
  readonly making: ReadonlySet<string>;
  /** Words that turn a list of codes into a text, whatever the codes. */
  readonly spelling: readonly string[];
  /** Words in front of a name that is given a value. */
  readonly declaring: ReadonlySet<string>;
};

const words = (written: string): ReadonlySet<string> => new Set(written.split(" "));

const ecmascript: Words = {
  prefixes: words("new await"),
  casts: words("as satisfies"),
  methods: words("toString valueOf trim normalize concat join reverse toReversed split map"),
  joining: words("concat join"),
  functions: new Map<string, ReadonlySet<string> | null>([
    ["fromCharCode", null],
    ["fromCodePoint", null],
    ["apply", words("fromCharCode fromCodePoint")],
    ["atob", null],
    ["decodeURIComponent", null],
    ["decodeURI", null],
    ["unescape", null],
    ["decode", null],
    ["from", words("Buffer Array Uint8Array")],
    ["of", words("Array Uint8Array")],
    ["concat", words("Buffer")],
    ["freeze", words("Object")],
    ["String", null],
    ["Uint8Array", null],
    ["Buffer", null],
  ]),
  making: words("atob decodeURIComponent decodeURI unescape decode concat"),
  spelling: ["fromCharCode", "fromCodePoint", "toString", "decode", "Buffer"],
  declaring: words("const let var"),
};

const rust: Words = {
  prefixes: words("mut"),
  casts: words("as"),
  methods: new Set([...SAME_TEXT, ..."chars bytes graphemes rev map collect concat join add".split(" ")]),
  joining: words("concat join add collect"),
  functions: new Map<string, ReadonlySet<string> | null>([
    ["from_utf8", null],
    ["from_utf8_lossy", null],
    ["from_utf8_unchecked", null],
    ["from", words("String Cow Box Rc Arc Vec")],
    ["Some", null],
    ["Ok", null],
    ["new", words("Box Arc Rc")],
    ["Borrowed", words("Cow")],
    ["decode", null],
  ]),
  making: words("decode"),
  spelling: ["from_utf8", "collect"],
  declaring: words("let const static"),
};

export function wordsOf(family: Family): Words {
  return family === "rust" ? rust : ecmascript;
}

/** Macros whose arguments are put together, and `vec`. */
export const MACROS: ReadonlySet<string> = words(
  "format format_args formatcp concat concatcp concat_bytes vec",
);
