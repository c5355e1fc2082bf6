import { isAscii } from "node:buffer";
import {
  ASCII,
  type CharSet,
  caseBlind,
  charSet,
  complement,
  type Node,
  OTHERS,
  range,
  single,
  union,
} from "./ast.js";

/** Flags in force: case (`i`), what `.` takes (`s`), what `^` and `$` are (`m`), whether letters beyond ASCII count (`u`). */
type Flags = { readonly i: boolean; readonly s: boolean; readonly m: boolean; readonly u: boolean };

type Reader = { readonly source: string; at: number; flags: Flags };

/** Thrown inside for what is not taken: the caller gets null. */
class NotTaken extends Error {}

/**
 * The pattern `source` parsed, or null where it uses more than a part of Rust's syntax: literals, ASCII classes, groups, `|`, repetitions, `^ $ \b`, and the flags i, s, m, u
 * (https://docs.rs/regex/latest/regex/#syntax). Whether it is valid at all is for the crate itself to say.
 */
export function parsePattern(source: string): Node | null {
  if (!isAscii(Buffer.from(source))) return null;
  const reader: Reader = { source, at: 0, flags: { i: false, s: false, m: false, u: true } };
  try {
    const node = alternation(reader);
    return reader.at === source.length ? node : null;
  } catch (error) {
    if (error instanceof NotTaken) return null;
    throw error;
  }
}

function alternation(reader: Reader): Node {
  const branches = [sequence(reader)];
  while (peek(reader) === "|") {
    reader.at++;
    branches.push(sequence(reader));
  }
  const [only] = branches;
  return only !== undefined && branches.length === 1 ? only : { kind: "either", branches };
}

function sequence(reader: Reader): Node {
  const parts: Node[] = [];
  while (reader.at < reader.source.length && peek(reader) !== "|" && peek(reader) !== ")") {
    const atom = atomAt(reader);
    if (atom !== null) parts.push(repeated(reader, atom));
  }
  return parts.length === 0 ? { kind: "empty" } : { kind: "concat", parts };
}

/** Null for flags that hold from here on: they match nothing themselves. */
function atomAt(reader: Reader): Node | null {
  const char = take(reader);
  switch (char) {
    case "(":
      return groupAt(reader);
    case "[":
      return { kind: "set", set: cased(reader, classAt(reader)) };
    case ".":
      return { kind: "set", set: reader.flags.s ? ANY : BUT_NEW_LINE };
    case "^":
      return { kind: "look", at: reader.flags.m ? "line-start" : "start" };
    case "$":
      return { kind: "look", at: reader.flags.m ? "line-end" : "end" };
    case "\\":
      return escapeAt(reader);
    case "*":
    case "+":
    case "?":
    case "{":
      throw new NotTaken();
    default:
      return { kind: "set", set: cased(reader, singleOf(char)) };
  }
}

function groupAt(reader: Reader): Node | null {
  const before = reader.flags;
  const opening = /(?:\?(?:P?<([A-Za-z_][A-Za-z0-9_]*)>|([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])))?/y;
  opening.lastIndex = reader.at;
  const [all = "", name, on, off, end] = opening.exec(reader.source) ?? [];
  if (all === "" && peek(reader) === "?") throw new NotTaken();
  reader.at += all.length;
  if (end !== undefined) reader.flags = flagged(before, on ?? "", off ?? "");
  if (end === ")") return null;
  const body = alternation(reader);
  if (take(reader) !== ")") throw new NotTaken();
  reader.flags = before;
  return end === ":" ? body : { kind: "group", name: name ?? null, body };
}

function flagged(flags: Flags, on: string, off: string): Flags {
  // Swapped greed and free spacing are not taken.
  if (/[^ismu]/.test(on + off)) throw new NotTaken();
  const set = (flag: keyof Flags): boolean =>
    on.includes(flag) ? true : off.includes(flag) ? false : flags[flag];
  return { i: set("i"), s: set("s"), m: set("m"), u: set("u") };
}

function repeated(reader: Reader, body: Node): Node {
  if (!"*+?{".includes(peek(reader) || " ")) return body;
  const times = /(?:([*+?])|\{(\d{1,5})(?:(,)(\d{1,5})?)?\})(\??)/y;
  times.lastIndex = reader.at;
  const match = times.exec(reader.source);
  if (match === null) return body;
  reader.at = times.lastIndex;
  const [, sign, least, comma, most, lazy] = match;
  const min = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
  const max =
    sign === undefined
      ? comma === undefined
        ? min
        : most === undefined
          ? Number.POSITIVE_INFINITY
          : Number(most)
      : sign === "?"
        ? 1
        : Number.POSITIVE_INFINITY;
  if (body.kind === "look" || max < min) throw new NotTaken();
  return repeated(reader, { kind: "repeat", body, min, max, lazy: lazy === "?" });
}

function escapeAt(reader: Reader): Node {
  const char = take(reader);
  const { u } = reader.flags;
  if (char === "b") return { kind: "look", at: u ? "word" : "ascii-word" };
  if (char === "B") return { kind: "look", at: u ? "not-word" : "ascii-not-word" };
  if (char === "A") return { kind: "look", at: "start" };
  if (char === "z") return { kind: "look", at: "end" };
  return { kind: "set", set: cased(reader, escapedSet(reader, char)) };
}

const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", a: "\x07" };

const NOTHING = charSet(() => false);
const ANY = charSet(() => true, OTHERS.all);
const BUT_NEW_LINE = charSet((code) => code !== 10, OTHERS.all);
const ASCII_SPACES = charSet((code) => "\t\n\v\f\r ".includes(String.fromCharCode(code)));
const SPACES: CharSet = { ...ASCII_SPACES, others: OTHERS.spaces };

function escapedSet(reader: Reader, char: string): CharSet {
  const control = CONTROLS[char];
  if (control !== undefined) return singleOf(control);
  if (char === "s") return reader.flags.u ? SPACES : ASCII_SPACES;
  if (char === "S") return complement(reader.flags.u ? SPACES : ASCII_SPACES);
  if (char === "x") {
    const hex = /^(?:([0-7][0-9A-Fa-f])|\{0{0,4}([0-7]?[0-9A-Fa-f])\})/.exec(reader.source.slice(reader.at));
    if (hex === null) throw new NotTaken();
    reader.at += hex[0].length;
    return single(Number.parseInt(hex[1] ?? hex[2] ?? "", 16));
  }
  if (/[A-Za-z0-9]/.test(char) || char === "") throw new NotTaken();
  return singleOf(char);
}

function classAt(reader: Reader): CharSet {
  const isNegated = peek(reader) === "^";
  if (isNegated) reader.at++;
  let set = NOTHING;
  for (let first = true; first || peek(reader) !== "]"; first = false) {
    const from = classItem(reader);
    const next = reader.source.slice(reader.at, reader.at + 2);
    if (next.startsWith("-") && next !== "-]" && from.letter !== null) {
      reader.at++;
      const to = classItem(reader);
      if (to.letter === null || to.letter < from.letter) throw new NotTaken();
      set = union(set, range(from.letter.charCodeAt(0), to.letter.charCodeAt(0)));
    } else set = union(set, from.set);
  }
  reader.at++;
  // A case-blind class is negated after it was widened.
  return isNegated ? complement(cased(reader, set)) : set;
}

function classItem(reader: Reader): { readonly set: CharSet; readonly letter: string | null } {
  const char = take(reader);
  if (
    char === "[" ||
    char === "" ||
    /^(?:&&|--|~~)/.test(reader.source.slice(reader.at - 1, reader.at + 1))
  ) {
    throw new NotTaken();
  }
  if (char !== "\\") return { set: singleOf(char), letter: char };
  const escaped = take(reader);
  const set = escapedSet(reader, escaped);
  const letter = onlyCharacter(set);
  return { set, letter };
}

/** Patterns are mostly literals: each character's set is made once. */
const singles: readonly CharSet[] = Array.from({ length: ASCII }, (_, code) => single(code));

function singleOf(char: string): CharSet {
  return singles[char.charCodeAt(0)] ?? single(char.charCodeAt(0));
}

function onlyCharacter({ words, others }: CharSet): string | null {
  const held = words.findIndex((word) => word !== 0);
  const word = words[held] ?? 0;
  const isOnly =
    others === OTHERS.none && (word & (word - 1)) === 0 && words.every((w, at) => w === 0 || at === held);
  return held >= 0 && isOnly ? String.fromCharCode(held * 32 + 31 - Math.clz32(word)) : null;
}

const blind = new Map<boolean, WeakMap<CharSet, CharSet>>([
  [false, new WeakMap()],
  [true, new WeakMap()],
]);

/** With the flag `i`, both cases of every letter. */
function cased({ flags: { i, u } }: Reader, set: CharSet): CharSet {
  if (!i) return set;
  const known = blind.get(u)?.get(set);
  if (known !== undefined) return known;
  const both = caseBlind(set, u);
  blind.get(u)?.set(set, both);
  return both;
}

function peek(reader: Reader): string {
  return reader.source.charAt(reader.at);
}

function take(reader: Reader): string {
  return reader.source.charAt(reader.at++);
}
