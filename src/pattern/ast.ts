/** A class: a bit for each ASCII character, 32 to a word, and for what is not ASCII a bit for each kind of `OTHERS`. */
export type CharSet = { readonly words: readonly [number, number, number, number]; readonly others: number };

/**
 * The kinds of characters beyond ASCII that classes can tell apart: white space (`\s`), the two letters that `(?i)` takes
 * for s and k (U+017F and U+212A), and all the rest.
 */
export const OTHERS = { none: 0, rest: 1, spaces: 2, longS: 4, kelvin: 8, all: 15 } as const;

/** A parsed pattern, of the part of Rust's regex syntax that `parsePattern` takes. */
export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "look"; readonly at: "start" | "end" | "line-start" | "line-end" | Boundary }
  | { readonly kind: "concat"; readonly parts: readonly Node[] }
  | { readonly kind: "either"; readonly branches: readonly Node[] }
  | { readonly kind: "group"; readonly name: string | null; readonly body: Node }
  | {
      readonly kind: "repeat";
      readonly body: Node;
      readonly min: number;
      /** Infinity for no bound. */
      readonly max: number;
      readonly lazy: boolean;
    };

/** `ascii-`: told by ASCII letters only, as under `(?-u)`. */
export type Boundary = "word" | "not-word" | "ascii-word" | "ascii-not-word";

/** How many ASCII characters there are. */
export const ASCII = 128;

/** Whether `set` holds the ASCII character `code`. */
export function holds({ words }: CharSet, code: number): boolean {
  return (((words[code >> 5] ?? 0) >>> (code & 31)) & 1) === 1;
}

/** The set of the characters that `isIn` says yes to. */
export function charSet(isIn: (code: number) => boolean, others: number = OTHERS.none): CharSet {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (let code = 0; code < ASCII; code++)
    if (isIn(code)) words[code >> 5] = (words[code >> 5] ?? 0) | (1 << (code & 31));
  return { words, others };
}

/** The set of one character. */
export function single(code: number): CharSet {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  words[code >> 5] = 1 << (code & 31);
  return { words, others: OTHERS.none };
}

/** What `set` does not hold. */
export function complement({ words: [a, b, c, d], others }: CharSet): CharSet {
  return { words: [~a, ~b, ~c, ~d], others: ~others & OTHERS.all };
}

/** What either of the two holds. */
export function union(one: CharSet, other: CharSet): CharSet {
  const [a, b, c, d] = one.words;
  const [e, f, g, h] = other.words;
  return { words: [a | e, b | f, c | g, d | h], others: one.others | other.others };
}

/** Whether a character is in both. */
export function meet(one: CharSet, other: CharSet): boolean {
  const [a, b, c, d] = one.words;
  const [e, f, g, h] = other.words;
  return ((one.others & other.others) | (a & e) | (b & f) | (c & g) | (d & h)) !== 0;
}

/** Whether `set` holds more than the letters beyond ASCII that come with `(?i)`. */
export function isBeyondAscii({ others }: CharSet): boolean {
  return (others & (OTHERS.rest | OTHERS.spaces)) !== 0;
}

/** The only character that `set` holds, letters of both cases counting as the small one; null for any other set. */
export function onlyLetter(set: CharSet): string | null {
  if (isBeyondAscii(set)) return null;
  const held: number[] = [];
  for (const [index, word] of set.words.entries()) {
    for (let rest = word; rest !== 0; rest &= rest - 1) {
      held.push(index * 32 + 31 - Math.clz32(rest & -rest));
      if (held.length > 2) return null;
    }
  }
  const letters = held.map((code) => String.fromCharCode(code).toLowerCase());
  const [first = null] = letters;
  return letters.every((letter) => letter === first) ? first : null;
}

/** The characters from `first` to `last`, both included. */
export function range(first: number, last: number): CharSet {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (let code = first; code <= last; code++)
    words[code >> 5] = (words[code >> 5] ?? 0) | (1 << (code & 31));
  return { words, others: OTHERS.none };
}

/** Letters, by their places in the third and the fourth word. */
const LETTERS = 0x07fffffe;
const K = 1 << 11;
const S = 1 << 19;

/** `set` with both cases of every letter; beyond ASCII too where `wide`. */
export function caseBlind({ words: [a, b, c, d], others }: CharSet, wide: boolean): CharSet {
  const far = wide ? (others & OTHERS.kelvin ? K : 0) | (others & OTHERS.longS ? S : 0) : 0;
  const letters = ((c | d) & LETTERS) | far;
  const near = wide ? (letters & K ? OTHERS.kelvin : 0) | (letters & S ? OTHERS.longS : 0) : 0;
  return { words: [a, b, c | letters, d | letters], others: others | near };
}
