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

const OPENING = /["'`]|\b(?:chrw?|char|unichr)\s?\(\s?(0x[0-9a-fA-F]{2}|\d{2,3})\s?\)/gi;

/**
 * The literals of `text` in order, by what nearly all languages have in common: a quoted text ends on its line, or goes
 * on behind a backslash at its end. What has no end is no literal, as in `don't`.
 */
export function* atomsIn(text: string): Generator<Atom> {
  const opening = new RegExp(OPENING);
  /** Up to where each quote is known to have no end. */
  const unended = new Map<string, number>();
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const start = found.index;
    const quote = found[0];
    const code = found[1];
    if (code !== undefined) {
      const end = opening.lastIndex;
      const from = start + quote.lastIndexOf(code);
      yield { start, end, inner: { start: from, end: from + code.length }, kind: "code", style: "none" };
      continue;
    }
    if ((unended.get(quote) ?? 0) > start || (quote === "'" && isApostrophe(text, start))) continue;
    const { end, isWhole } = literalEnd(text, start + 1, quote);
    if (!isWhole) {
      unended.set(quote, end);
      continue;
    }
    opening.lastIndex = end;
    const isRaw = quote === "`" || /[rR@]$/.test(text.slice(Math.max(0, start - 1), start));
    yield {
      start,
      end,
      inner: { start: start + 1, end: end - 1 },
      kind: "literal",
      style: isRaw ? "none" : "loose",
    };
  }
}

/** Behind more than a prefix such as `b` or `rb`. */
function isApostrophe(text: string, at: number): boolean {
  return /[A-Za-z0-9]{3}$|[0-9]$/.test(text.slice(Math.max(0, at - 3), at));
}

/** Where the literal ends whose contents begin at `from`, or where that is known to be nowhere. */
function literalEnd(
  text: string,
  from: number,
  quote: string,
): { readonly end: number; readonly isWhole: boolean } {
  const closing = quote.charCodeAt(0);
  const last = Math.min(text.length, from + LONGEST);
  for (let at = from; at < last; at++) {
    const unit = text.charCodeAt(at);
    if (unit === closing) return { end: at + 1, isWhole: true };
    if (unit === 10 || unit === 13) return { end: at, isWhole: false };
    if (unit === 92 && quote !== "`") at += text.startsWith("\r\n", at + 1) ? 2 : 1;
  }
  return { end: last, isWhole: false };
}

/** What the atom is to the program. */
export function atomText(text: string, { start, end, inner, kind, style }: Atom): Text {
  if (kind === "literal") return literalText(text, inner.start, inner.end, style);
  const value = String.fromCharCode(Number(text.slice(inner.start, inner.end)));
  return leafText({ value, span: { start, end }, step: 0, how: "codes", literal: start });
}
