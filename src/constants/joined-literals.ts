import type { BuiltString } from "./built-string.js";
import { reversedText } from "./derived-text.js";
import { joinOf } from "./lists-of-literals.js";
import { type Atom, atomsIn, atomText } from "./literals.js";
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
  let list: Chain[] = [];
  let chain: Atom[] = [];
  const closeList = (): void => {
    if (chain.length > 0) list.push({ atoms: chain });
    chain = [];
    for (const string of toldOf(text, list)) built.push(string);
    list = [];
  };
  for (const atom of atomsIn(text)) {
    const last = chain.at(-1);
    const link = last === undefined ? "none" : linkBetween(text, last, atom);
    if (link === "comma") {
      list.push({ atoms: chain });
      chain = [];
    } else if (link === "none") closeList();
    chain.push(atom);
  }
  closeList();
  return built;
}

type Link = "join" | "comma" | "none";

function linkBetween(text: string, left: Atom, right: Atom): Link {
  if (right.start - left.end > FARTHEST || isMore(text, left.end, right.start)) return "none";
  const written = text.slice(left.end, right.start);
  // The letters of a prefix (`f"…"`), the brackets of a group, the marks of a line that goes on.
  const between = written
    .replace(/[A-Za-z@$]{1,2}$/, "")
    .replace(/ _(?=\r?\n)/, "")
    .replace(/[\s()\\]+/g, "");
  if (between === "") return isAdjacent(text, left, written) ? "join" : "none";
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
function isAdjacent(text: string, left: Atom, written: string): boolean {
  return text.charAt(left.start) !== "`" && !/[()]/.test(written);
}

function toldOf(text: string, list: readonly Chain[]): readonly BuiltString[] {
  const joined = list.length > 1 ? joinOf(text, list) : null;
  if (joined !== null) return told(text, list[0]?.atoms[0]?.start ?? 0, joined);
  return list.flatMap(({ atoms }) => chainStrings(text, atoms));
}

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
