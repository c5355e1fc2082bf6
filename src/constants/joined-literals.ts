import type { BuiltString } from "./built-string.js";
import { reversedText } from "./derived-text.js";
import { joinOf, mayBeJoined } from "./lists-of-literals.js";
import { type Atom, atomAt, atomText, eachAtom } from "./literals.js";
import { nameBefore } from "./name-before.js";
import { joinedText, leavesOf, type Text } from "./text-value.js";
import { builtFrom } from "./told.js";

/** Literals one behind another, with nothing between them but what joins them. */
export type Chain = { readonly atoms: readonly Atom[] };

/** Between two literals that far apart is more than an operator. */
const FARTHEST = 200;

/**
 * Operators and methods that join texts: `+` nearly everywhere, `.` PHP and Perl, `..` Lua, `&` Basic, `<>` Elixir and
 * Haskell, `||` SQL, `~` Twig and Raku, `<<` Ruby and C++.
 */
const JOINS: ReadonlySet<string> = new Set([
  "+",
  ".",
  "..",
  "&",
  "<>",
  "||",
  "~",
  "<<",
  "++",
  ".concat",
  ".append",
]);

/** The strings that literals of `text` make: joined, listed and joined, reversed, or with escapes in them. */
export function joinedLiterals(text: string): readonly BuiltString[] {
  const built: BuiltString[] = [];
  const list: List = { starts: [], ends: [], firsts: [], telling: [] };
  const closeList = (): void => {
    for (const string of toldOf(text, list)) built.push(string);
    list.starts.length = 0;
    list.ends.length = 0;
    list.firsts.length = 0;
    list.telling.length = 0;
  };
  let lastStart = 0;
  let lastEnd = -1;
  eachAtom(text, (start, end, mayHide) => {
    const link = lastEnd < 0 ? "comma" : linkBetween(text, lastStart, lastEnd, start);
    if (link === "none") closeList();
    if (link !== "join") list.firsts.push(list.starts.length);
    if ((link === "join" || mayHide) && list.telling.at(-1) !== list.firsts.length - 1)
      list.telling.push(list.firsts.length - 1);
    list.starts.push(start);
    list.ends.push(end);
    lastStart = start;
    lastEnd = end;
  });
  closeList();
  return built;
}

/** Chains with commas between: most of them tell nothing, and are not taken apart. */
type List = {
  /** Where each literal begins and ends. */
  readonly starts: number[];
  readonly ends: number[];
  /** Of each chain the first of its literals. */
  readonly firsts: number[];
  /** The chains of several literals, or of one that may hide something. */
  readonly telling: number[];
};

function chainAt(text: string, { starts, ends, firsts }: List, chain: number): Chain {
  const atoms: Atom[] = [];
  const end = firsts[chain + 1] ?? starts.length;
  for (let at = firsts[chain] ?? end; at < end; at++) {
    atoms.push(atomAt(text, starts[at] ?? 0, ends[at] ?? 0));
  }
  return { atoms };
}

type Link = "join" | "comma" | "none";

/** What a character between two literals is to the link between them, by its code. */
const IN_LINK = new Uint8Array(128);
const NOTHING = 1;
const BRACKET = 2;
const MARK = 3;
const LETTER = 4;
for (let unit = 0; unit < 32; unit++) IN_LINK[unit] = LETTER;
for (const character of "\t\n\v\f\r \\") IN_LINK[character.charCodeAt(0)] = NOTHING;
for (const character of "()") IN_LINK[character.charCodeAt(0)] = BRACKET;
for (const character of "+.&<>|~,%[]{}") IN_LINK[character.charCodeAt(0)] = MARK;
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@$_")
  IN_LINK[character.charCodeAt(0)] = LETTER;

/** The link between a literal and the next one, which begins at `to`: nearly always told by one mark. */
function linkBetween(text: string, start: number, end: number, to: number): Link {
  if (to - end > FARTHEST) return "none";
  let mark = 0;
  let marks = 0;
  let brackets = 0;
  for (let at = end; at < to; at++) {
    const unit = text.charCodeAt(at);
    const kind = unit > 126 ? LETTER : IN_LINK[unit];
    // No link has such a character.
    if (kind === 0) return "none";
    if (kind === LETTER || (kind === MARK && ++marks > 1)) return writtenLink(text, start, end, to);
    if (kind === MARK) mark = unit;
    else if (kind === BRACKET) brackets++;
  }
  // Python and C join literals that stand side by side; `("a")("b")` and quoted words in a text are something else.
  if (marks === 0) return brackets === 0 && text.charCodeAt(start) !== 96 ? "join" : "none";
  if (mark === 44 || mark === 37) return "comma";
  return mark === 43 || mark === 46 || mark === 38 || mark === 126 ? "join" : "none";
}

function writtenLink(text: string, start: number, end: number, to: number): Link {
  if (isMore(text, end, to)) return "none";
  const written = text.slice(end, to);
  // The letters of a prefix (`f"…"`), the brackets of a group, the marks of a line that goes on.
  const between = written
    .replace(/[A-Za-z@$]{1,2}$/, "")
    .replace(/ _(?=\r?\n)/, "")
    .replace(/[\s()\\]+/g, "");
  if (between === "") return isAdjacent(text, start, written) ? "join" : "none";
  if (JOINS.has(between)) return "join";
  return /^[\])}]?,[[({]?(?:array)?$|^%$|^\.format$/.test(between) ? "comma" : "none";
}

/** The longest link, the prefix of a literal and the mark of a line that goes on, in characters that count. */
const LONGEST_LINK = "],[array".length + "rb".length + "_".length;

/** Whether more stands there than any link has: found out after a few characters, and nearly always so. */
function isMore(text: string, from: number, until: number): boolean {
  let count = 0;
  for (let at = from; at < until; at++) {
    const unit = text.charCodeAt(at);
    // White space, brackets and backslashes do not count; what is no ASCII may be white space.
    const isNothing = unit <= 32 || unit === 40 || unit === 41 || unit === 92 || unit > 126;
    if (!isNothing && ++count > LONGEST_LINK) return true;
  }
  return false;
}

/** Python and C join literals that stand side by side; `("a")("b")` and quoted words in a text are something else. */
function isAdjacent(text: string, start: number, written: string): boolean {
  return text.charAt(start) !== "`" && !/[()]/.test(written);
}

function toldOf(text: string, list: List): readonly BuiltString[] {
  const { starts, ends, firsts, telling } = list;
  const [first] = starts;
  if (first === undefined) return NONE;
  if (firsts.length > 1 && mayBeJoined(text, first, ends.at(-1) ?? first)) {
    const joined = joinOf(
      text,
      firsts.map((_, chain) => chainAt(text, list, chain)),
    );
    if (joined !== null) return told(text, first, joined);
  }
  const built: BuiltString[] = [];
  for (let chain = 0, next = 0; chain < firsts.length; chain++) {
    const isTelling = telling[next] === chain;
    if (isTelling) next++;
    const start = starts[firsts[chain] ?? 0] ?? 0;
    const end = ends[(firsts[chain + 1] ?? starts.length) - 1] ?? 0;
    if (!isTelling && !turnsAround(text, start, end)) continue;
    for (const string of chainStrings(text, chainAt(text, list, chain).atoms)) built.push(string);
  }
  return built;
}

const NONE: readonly BuiltString[] = [];

function chainStrings(text: string, atoms: readonly Atom[]): readonly BuiltString[] {
  const [first] = atoms;
  const last = atoms.at(-1);
  if (first === undefined || last === undefined) return [];
  const isReversed = turnsAround(text, first.start, last.end);
  if (atoms.length === 1 && !isReversed && !text.slice(first.start, first.end).includes("\\")) return [];
  // Go lists its imports side by side.
  if (/\bimport \(\s{0,8}$/.test(text.slice(Math.max(0, first.start - 16), first.start))) return [];
  const chain = joinedText(
    atoms.map((atom) => atomText(text, atom)),
    "concatenation",
  );
  if (chain === null) return [];
  const value = isReversed ? (reversedText(chain) ?? chain) : chain;
  return told(text, first.start, value);
}

/** Whether what stands around says that the text is read from its end. */
function turnsAround(text: string, start: number, end: number): boolean {
  if (mayTurnBehind(text, end) && TURNED_BEHIND.test(text.slice(end, end + 24))) return true;
  return mayTurnBefore(text, start) && TURNED_BEFORE.test(text.slice(Math.max(0, start - 16), start));
}

const TURNED_BEHIND = /^\)?\s?(?:\[::-1\]|\.\s?(?:reverse|reversed)\b)/;
const TURNED_BEFORE = /(?:strrev|reverse)\s?\(?\s?$/i;

/** Whether the character stands there that `TURNED_BEHIND` needs: without one, two patterns a literal are too many. */
function mayTurnBehind(text: string, end: number): boolean {
  let at = end;
  if (text.charAt(at) === ")") at++;
  if (mayBeSpace(text.charCodeAt(at))) at++;
  const unit = text.charCodeAt(at);
  return unit === 91 || unit === 46;
}

/** The same for `TURNED_BEFORE`: both words end with one of two letters. */
function mayTurnBefore(text: string, start: number): boolean {
  let at = start - 1;
  if (mayBeSpace(text.charCodeAt(at))) at--;
  if (text.charAt(at) === "(") at--;
  if (mayBeSpace(text.charCodeAt(at))) at--;
  const letter = text.charCodeAt(at) | 32;
  return letter === 118 || letter === 101;
}

/** What is no ASCII may be white space. */
function mayBeSpace(unit: number): boolean {
  return unit <= 32 || unit > 126;
}

function told(text: string, at: number, value: Text): readonly BuiltString[] {
  const strings = builtFrom(leavesOf(value), value.how, null);
  const name = strings.length === 0 ? null : nameBefore(text, at);
  return strings.map((string) => ({ ...string, name }));
}
