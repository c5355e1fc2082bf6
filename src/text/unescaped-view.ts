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

/** Where escapes stand in a text: each thing is found out when it is asked for. */
export type Escapes = {
  /** Whether any may stand in it. */
  readonly any: boolean;
  /** Whether one stands within these offsets, or reaches into them. */
  readonly touch: (from: number, to: number) => boolean;
  /** See `unescapedView`. */
  readonly view: () => string;
};

/** The escapes in `text`. */
export function escapesIn(text: string): Escapes {
  let view: string | null = null;
  let starts: number[] | null = null;
  let searches = 0;
  /** Between these no escape begins; at `next` one does. */
  let gap = { from: 0, next: -1 };
  return {
    any: /[\\%\u0080-\uffff]/.test(text),
    touch(from, to) {
      const least = Math.max(0, from - LONGEST_SEQUENCE);
      if (least >= gap.from && least <= gap.next) return gap.next < to;
      if (starts === null && searches++ < FEW_SEARCHES) {
        // No part of a sequence begins another one, so that it is found from anywhere.
        BEFORE_WORD.lastIndex = least;
        gap = { from: least, next: BEFORE_WORD.exec(text)?.index ?? Number.POSITIVE_INFINITY };
        BEFORE_WORD.lastIndex = 0;
        return gap.next < to;
      }
      starts ??= Array.from(text.matchAll(BEFORE_WORD), (match) => match.index);
      const first = firstFrom(starts, least);
      return first < starts.length && (starts[first] ?? 0) < to;
    },
    view() {
      view ??= unescapedView(text);
      return view;
    },
  };
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
  const named = NAMED[sequence];
  if (named !== undefined) return named;
  const hex = /^(?:\\x|\\u\{?|%)([0-9A-Fa-f]+)\}?$/.exec(sequence)?.[1];
  const character = hex === undefined ? " " : String.fromCharCode(Number.parseInt(hex, 16));
  return /^[\t\n\r "'&/:;<=>?@()[\]{}|,]$/.test(character) ? character : " ";
}

const NAMED: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\t": "\t" };
