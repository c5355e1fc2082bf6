/**
 * The words and marks of a source text in order, each known by its number: what a compiler's first step sees, without
 * comments and white space.
 */
export type Tokens = {
  readonly text: string;
  readonly count: number;
  /** Of `KIND`; the columns have room for more. */
  readonly kinds: Uint8Array;
  /** For a mark its character, or one of `MARK`; for a literal 1 if a backslash stands in it that may be an escape. */
  readonly marks: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** For a bracket the number of the other one; else -1. */
  readonly partners: Int32Array;
  /** The innermost open bracket around; -1 for none. */
  readonly arounds: Int32Array;
};

export const KIND = { word: 0, number: 1, string: 2, character: 3, chunk: 4, mark: 5, pattern: 6 } as const;

type Kind = (typeof KIND)[keyof typeof KIND];

/** Marks of more than one character; all others are their character. */
export const MARK = {
  /** `++` `--` */
  step: 128,
  /** `+=` and its like */
  assign: 129,
  /** `==` `!=` `<=` */
  compare: 130,
  /** `=>` `->` */
  arrow: 131,
  /** `&&` `||` `??` */
  logic: 132,
  /** `..` `...` */
  spread: 133,
  /** `?.` */
  chain: 134,
  /** `::` */
  path: 135,
} as const;

export const code = (character: string): number => character.charCodeAt(0);

/** In front of what a template takes in: `${`. */
export const HOLE_MARK = code("$");
const BRACE = code("{");

const CLOSED_BY: ReadonlyMap<number, number> = new Map([
  [code("("), code(")")],
  [code("["), code("]")],
  [BRACE, code("}")],
  [HOLE_MARK, code("}")],
  [code("`"), code("`")],
]);

type Token = {
  readonly kind: Kind;
  readonly mark: number;
  readonly start: number;
  readonly end: number;
};

/** Takes tokens down one by one. */
export type TokenWriter = {
  readonly add: (kind: Kind, mark: number, start: number, end: number) => void;
  readonly open: (mark: number, start: number, end: number) => void;
  /** Closes the innermost bracket and returns what opened it; 0 where none is open that this closes. */
  readonly close: (mark: number, start: number, end: number) => number;
  /** The mark of the innermost open bracket; 0 for none. */
  readonly around: () => number;
  readonly last: () => Token | null;
  /** The one in front of what the bracket that was closed last had opened. */
  readonly beforeBracket: () => Token | null;
  /** The tokens; null where a bracket is still open. */
  readonly done: () => Tokens | null;
};

export function tokenWriter(text: string): TokenWriter {
  let room = Math.max(256, text.length >> 2);
  let kinds = new Uint8Array(room);
  let marks = new Uint8Array(room);
  let starts = new Int32Array(room);
  let ends = new Int32Array(room);
  let partners = new Int32Array(room);
  let arounds = new Int32Array(room);
  let count = 0;
  let innermost = -1;
  const grow = (): void => {
    room *= 2;
    const wider = <T extends Uint8Array | Int32Array>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    kinds = wider(new Uint8Array(room), kinds);
    marks = wider(new Uint8Array(room), marks);
    starts = wider(new Int32Array(room), starts);
    ends = wider(new Int32Array(room), ends);
    partners = wider(new Int32Array(room), partners);
    arounds = wider(new Int32Array(room), arounds);
  };
  const add = (kind: Kind, mark: number, start: number, end: number): void => {
    if (count === room) grow();
    kinds[count] = kind;
    marks[count] = mark;
    starts[count] = start;
    ends[count] = end;
    partners[count] = -1;
    arounds[count] = innermost;
    count++;
  };
  const tokenAt = (token: number): Token | null =>
    token < 0
      ? null
      : {
          kind: kinds[token] as Kind,
          mark: marks[token] ?? 0,
          start: starts[token] ?? 0,
          end: ends[token] ?? 0,
        };
  const around = (): number => (innermost === -1 ? 0 : (marks[innermost] ?? 0));
  return {
    add,
    open(mark, start, end) {
      add(KIND.mark, mark, start, end);
      innermost = count - 1;
    },
    close(mark, start, end) {
      const opening = around();
      if (CLOSED_BY.get(opening) !== mark) return 0;
      const open = innermost;
      innermost = arounds[open] ?? -1;
      add(KIND.mark, mark, start, end);
      partners[open] = count - 1;
      partners[count - 1] = open;
      return opening;
    },
    around,
    last: () => tokenAt(count - 1),
    beforeBracket: () => tokenAt((partners[count - 1] ?? 0) - 1),
    done: () => (innermost === -1 ? { text, count, kinds, marks, starts, ends, partners, arounds } : null),
  };
}

/** Classes of the first character of a token. */
export const CLASS = { other: 0, space: 1, word: 2, digit: 3 } as const;

const classes = new Uint8Array(128);
for (let at = 0; at < 128; at++) {
  const character = String.fromCharCode(at);
  if (/[A-Za-z_$]/.test(character)) classes[at] = CLASS.word;
  else if (/\d/.test(character)) classes[at] = CLASS.digit;
  else if (/\s/.test(character)) classes[at] = CLASS.space;
}

/** What is not ASCII is a space or part of a word; behind a text's end (NaN) stands nothing. */
export function classOf(unit: number): number {
  if (!(unit >= 128)) return classes[unit] ?? CLASS.other;
  return /\s/.test(String.fromCharCode(unit)) ? CLASS.space : CLASS.word;
}

/** Behind the word that begins at `at`. */
export function wordEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && classOf(text.charCodeAt(end)) >= CLASS.word) end++;
  return end;
}

/** Behind the number that begins at `at`: its point only before a digit, and the sign of its exponent. */
export function numberEnd(text: string, at: number): number {
  const isRadix = text.charCodeAt(at) === 48 && /[xXbBoO]/.test(text.charAt(at + 1));
  let end = at + 1;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (classOf(unit) >= CLASS.word) continue;
    const isPoint = unit === 46 && !isRadix && classOf(text.charCodeAt(end + 1)) === CLASS.digit;
    const isSign = (unit === 43 || unit === 45) && !isRadix && /[eE]/.test(text.charAt(end - 1));
    if (!isPoint && !isSign) break;
  }
  return end;
}

/** Behind the quoted text whose first character stands at `at`, and whether a backslash stands in it; -1: it has no end. */
export function quotedEnd(
  text: string,
  at: number,
  quote: number,
  lines: boolean,
): { readonly end: number; readonly escaped: boolean } {
  let escaped = false;
  for (let place = at; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit === quote) return { end: place + 1, escaped };
    if (unit === 92) {
      escaped = true;
      // `\r\n` is one.
      if (text.charCodeAt(place + 1) === 13 && text.charCodeAt(place + 2) === 10) place++;
      place++;
    } else if (!lines && (unit === 10 || unit === 13)) break;
  }
  return { end: -1, escaped };
}
