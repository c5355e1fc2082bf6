import { type EscapeStyle, literalText } from "./escapes.js";
import { leafText, type Text } from "./text-value.js";

/** A quoted literal, or a call such as `chr(65)`, in a language without a grammar here. */
export type Atom = {
  /** Where it begins, at the quote, and ends, behind the other one. */
  readonly start: number;
  readonly end: number;
  readonly inner: { readonly start: number; readonly end: number };
  readonly kind: "literal" | "code";
  readonly style: EscapeStyle;
};

/** Longer literals are data. */
const LONGEST = 16_384;

const CODE = /(?:chrw?|char|unichr)\s?\(\s?(0x[0-9a-fA-F]{2}|\d{2,3})\s?\)/iy;

const DOUBLE = 34;
const SINGLE = 39;
const BACKTICK = 96;
const BACKSLASH = 92;

/** What begins an atom, by its UTF-16 unit: 1 for a quote, 2 for the first letter of a call. */
const OPENS = new Uint8Array(0x10000);
for (const quote of [DOUBLE, SINGLE, BACKTICK]) OPENS[quote] = 1;
for (const letter of "cCuU") OPENS[letter.charCodeAt(0)] = 2;

/** So many units are looked at one by one; over what is longer, an expression goes faster. */
const NEAR = 24;

/** What begins an atom, or the call of one. */
const OPENING = /["'`]|\b(?:chrw?|char|unichr)\s?\(/gi;

/** What may end a literal, or be part of an escape in it. */
const TELLING: Readonly<Record<number, RegExp>> = {
  [DOUBLE]: /["\\\n\r]/g,
  [SINGLE]: /['\\\n\r]/g,
  [BACKTICK]: /[`\n\r]/g,
};

/**
 * Tells `take` where each literal of `text` begins and ends, in order, by what nearly all languages have in common: a
 * quoted text ends on its line, or goes on behind a backslash at its end. What has no end is no literal, as in `don't`.
 * `mayHide` is false where no escape in it stands for a printable character and none goes over a line's end.
 */
export function eachAtom(text: string, take: (start: number, end: number, mayHide: boolean) => void): void {
  const { length } = text;
  /** Up to where each quote is known to have no end. */
  const unended = [0, 0, 0];
  let near = NEAR;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    const opens = OPENS[unit];
    if (opens === 0 || opens === undefined) {
      if (at < near) continue;
      const next = nextOf(OPENING, text, at + 1);
      if (next < 0) return;
      // Behind a bracket the call has begun before.
      at = text.charCodeAt(next) === OPEN_BRACKET ? Math.max(at, next - LONGEST_CALL) : next - 1;
      near = at + NEAR;
      continue;
    }
    if (opens === 2) {
      const end = codeEnd(text, at);
      if (end === 0) continue;
      take(at, end, false);
      at = end - 1;
      near = end + NEAR;
      continue;
    }
    const kind = unit === DOUBLE ? 0 : unit === SINGLE ? 1 : 2;
    if ((unended[kind] ?? 0) > at || (unit === SINGLE && isApostrophe(text, at))) continue;
    const { end, isWhole, mayHide } = literalEnd(text, at + 1, unit);
    if (!isWhole) {
      unended[kind] = end;
      continue;
    }
    take(at, end, mayHide);
    at = end - 1;
    near = end + NEAR;
  }
}

const OPEN_BRACKET = 40;

/** `unichr (` up to its bracket. */
const LONGEST_CALL = 8;

type Ending = { readonly end: number; readonly isWhole: boolean; readonly mayHide: boolean };

/** Where the literal ends whose contents begin at `from`, or where that is known to be nowhere. */
function literalEnd(text: string, from: number, quote: number): Ending {
  const last = Math.min(text.length, from + LONGEST);
  let mayHide = false;
  let near = from + NEAR;
  for (let at = from; at < last; at++) {
    if (at >= near) {
      const next = nextOf(TELLING[quote] ?? OPENING, text, at);
      if (next < 0 || next >= last) break;
      at = next;
      near = at + NEAR;
    }
    const unit = text.charCodeAt(at);
    if (unit === quote) return { end: at + 1, isWhole: true, mayHide };
    if (unit === 10 || unit === 13) return { end: at, isWhole: false, mayHide };
    if (unit !== BACKSLASH || quote === BACKTICK) continue;
    mayHide ||= mayHideAt(text, at + 1);
    at += text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 ? 2 : 1;
  }
  return { end: last, isWhole: false, mayHide };
}

/** Where the last character of what the expression finds from `from` on stands; -1 where it finds nothing. */
function nextOf(expression: RegExp, text: string, from: number): number {
  expression.lastIndex = from;
  return expression.test(text) ? expression.lastIndex - 1 : -1;
}

/** The atom that `eachAtom` told of. */
export function atomAt(text: string, start: number, end: number): Atom {
  const quote = text.charCodeAt(start);
  if (OPENS[quote] === 2) {
    CODE.lastIndex = start;
    const [whole = "", code = ""] = CODE.exec(text) ?? [];
    const from = start + whole.lastIndexOf(code);
    return { start, end, inner: { start: from, end: from + code.length }, kind: "code", style: "none" };
  }
  const isRaw = quote === BACKTICK || /[rR@]$/.test(text.slice(Math.max(0, start - 1), start));
  const inner = { start: start + 1, end: end - 1 };
  return { start, end, inner, kind: "literal", style: isRaw ? "none" : "loose" };
}

/** Where the call that makes a character of its code ends; 0 where none begins at `at`. */
function codeEnd(text: string, at: number): number {
  const next = text.charCodeAt(at + 1) | 32;
  if ((next !== 104 && next !== 110) || isWordUnit(text.charCodeAt(at - 1))) return 0;
  CODE.lastIndex = at;
  return CODE.test(text) ? CODE.lastIndex : 0;
}

/** Behind more than a prefix such as `b` or `rb`. */
function isApostrophe(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (isDigit(before)) return true;
  return isLetter(before) && isPlain(text.charCodeAt(at - 2)) && isPlain(text.charCodeAt(at - 3));
}

/** Whether what stands behind a backslash may be an escape of a printable character, a slash or a line's end. */
function mayHideAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (unit === 120) return next >= 50 && next <= 55;
  if (unit === 117) return next === 123 || (next === 48 && text.charCodeAt(at + 2) === 48);
  if (unit === 85) return next === 48;
  if (isOctal(unit)) return isPrintable(octalAt(text, at));
  return unit === 47 || unit === 10 || unit === 13 || unit === 0x2028 || unit === 0x2029;
}

/** The number that one to three octal digits make. */
function octalAt(text: string, at: number): number {
  const most = text.charCodeAt(at) <= 51 ? 3 : 2;
  let value = 0;
  for (let digit = at; digit < at + most && isOctal(text.charCodeAt(digit)); digit++)
    value = value * 8 + text.charCodeAt(digit) - 48;
  return value;
}

function isOctal(unit: number): boolean {
  return unit >= 48 && unit <= 55;
}

function isPrintable(point: number): boolean {
  return point > 32 && point < 127;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function isLetter(unit: number): boolean {
  const letter = unit | 32;
  return letter >= 97 && letter <= 122 && unit < 128;
}

function isPlain(unit: number): boolean {
  return isDigit(unit) || isLetter(unit);
}

function isWordUnit(unit: number): boolean {
  return isPlain(unit) || unit === 95;
}

/** What the atom is to the program. */
export function atomText(text: string, { start, end, inner, kind, style }: Atom): Text {
  if (kind === "literal") return literalText(text, inner.start, inner.end, style);
  const value = String.fromCharCode(Number(text.slice(inner.start, inner.end)));
  return leafText({ value, span: { start, end }, step: 0, how: "codes", literal: start });
}
