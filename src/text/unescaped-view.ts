/**
 * Escape sequences as source code, JSON, URLs and shells write them, and what is no ASCII: right before a token their
 * last letter reads like a part of it (`\nghp_…`, `%3Dghp_…`, `éghp_…`), and no word boundary stands between.
 */
const BEFORE_WORD =
  /\\(?:[abefnrtv0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|[0-7]{3})|%[0-9A-Fa-f]{2}|[\u0080-\uffff]/g;

/**
 * `text` with each of those as spaces of the same length, an escaped `=`, `:`, quote or line break as itself behind
 * them: every offset stays. The same string where there is none.
 */
export function unescapedView(text: string): string {
  if (!/[\\%\u0080-\uffff]/.test(text)) return text;
  return text.replace(BEFORE_WORD, (sequence) => meantBy(sequence).padStart(sequence.length, " "));
}

/** Where escapes stand in a text: each thing is found out when it is asked for, and only where. */
export type Escapes = {
  /** Whether one stands within these offsets, or reaches into them. */
  readonly touch: (from: number, to: number) => boolean;
  /** See `unescapedView`: that of the whole text, from `from` to `to`. */
  readonly view: (from: number, to: number) => string;
};

/** The escapes in `text`. */
export function escapesIn(text: string): Escapes {
  const next = escapeFinder(text);
  let whole: string | null = null;
  let viewed = 0;
  let starts: number[] | null = null;
  let searches = 0;
  /** Between these no escape begins; at `next` one does. */
  let gap = { from: 0, next: -1 };
  return {
    touch(from, to) {
      const least = Math.max(0, from - LONGEST_SEQUENCE);
      if (least >= gap.from && least <= gap.next) return gap.next < to;
      if (starts === null && searches++ < FEW_SEARCHES) {
        gap = { from: least, next: next(least) };
        return gap.next < to;
      }
      starts ??= allFrom(next);
      const first = firstFrom(starts, least);
      return first < starts.length && (starts[first] ?? 0) < to;
    },
    view(from, to) {
      // Who has asked for as much as the text is long will ask for more.
      if (whole === null && viewed > text.length) whole = unescapedView(text);
      if (whole !== null) return whole.slice(from, to);
      // A sequence that is cut in two would be read otherwise.
      const start = Math.max(0, from - LONGEST_SEQUENCE);
      const part = text.slice(start, to + LONGEST_SEQUENCE);
      viewed += part.length;
      return unescapedView(part).slice(from - start, to - start);
    },
  };
}

/**
 * Tells where the first sequence at a place or behind it begins, Infinity for none. No part of a sequence begins another
 * one, so that it is found from anywhere; what may begin one is looked for by itself, which is many times as quick.
 */
function escapeFinder(text: string): (from: number) => number {
  const isWide = Buffer.byteLength(text) !== text.length;
  const backslash = nextOf((from) => text.indexOf("\\", from));
  const percent = nextOf((from) => text.indexOf("%", from));
  const wide = nextOf((from) => {
    if (!isWide) return -1;
    WIDE.lastIndex = from;
    return WIDE.exec(text)?.index ?? -1;
  });
  return (from) => {
    for (let at = from; ; at++) {
      at = Math.min(backslash(at), percent(at), wide(at));
      BEFORE_WORD_HERE.lastIndex = at;
      if (at === Number.POSITIVE_INFINITY || BEFORE_WORD_HERE.test(text)) return at;
    }
  };
}

const BEFORE_WORD_HERE = new RegExp(BEFORE_WORD.source, "y");
const WIDE = /[\u0080-\uffff]/g;

/** The same search, not made again where its last answer holds. */
function nextOf(search: (from: number) => number): (from: number) => number {
  let since = 0;
  let known = -1;
  return (from) => {
    if (from >= since && from <= known) return known;
    const found = search(from);
    since = from;
    known = found < 0 ? Number.POSITIVE_INFINITY : found;
    return known;
  };
}

function allFrom(next: (from: number) => number): number[] {
  const all: number[] = [];
  for (let at = next(0); at !== Number.POSITIVE_INFINITY; at = next(at + 1)) all.push(at);
  return all;
}

/** `\u{10ffff}` */
const LONGEST_SEQUENCE = 10;

/** Whoever asks for more places is better off with a list of all sequences. */
const FEW_SEARCHES = 8;

/** The index of the first of `sorted` that is not less than `least`. */
function firstFrom(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function meantBy(sequence: string): string {
  if (sequence.length < 3) return NAMED[sequence] ?? " ";
  const hex = /^(?:\\x|\\u\{?|%)([0-9A-Fa-f]+)\}?$/.exec(sequence)?.[1];
  const character = hex === undefined ? " " : String.fromCharCode(Number.parseInt(hex, 16));
  return /^[\t\n\r "'&/:;<=>?@()[\]{}|,]$/.test(character) ? character : " ";
}

const NAMED: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\t": "\t" };
