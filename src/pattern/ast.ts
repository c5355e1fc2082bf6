/** A class: a bit for each ASCII character, 32 to a word, and whether it holds all that are not ASCII. */
export type CharSet = { readonly words: readonly [number, number, number, number]; readonly others: boolean };

/** A parsed pattern, of the part of Rust's regex syntax that `parsePattern` takes. */
export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: CharSet }
  | { readonly kind: "look"; readonly at: "start" | "end" | "line-start" | "line-end" | "word" | "not-word" }
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

/** How many ASCII characters there are. */
export const ASCII = 128;

/** Whether `set` holds the ASCII character `code`. */
export function holds({ words }: CharSet, code: number): boolean {
  return (((words[code >> 5] ?? 0) >>> (code & 31)) & 1) === 1;
}

/** The set of the characters that `isIn` says yes to. */
export function charSet(isIn: (code: number) => boolean, others = false): CharSet {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (let code = 0; code < ASCII; code++)
    if (isIn(code)) words[code >> 5] = (words[code >> 5] ?? 0) | (1 << (code & 31));
  return { words, others };
}

/** The set of one character. */
export function single(code: number): CharSet {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  words[code >> 5] = 1 << (code & 31);
  return { words, others: false };
}

/** What `set` does not hold. */
export function complement({ words: [a, b, c, d], others }: CharSet): CharSet {
  return { words: [~a, ~b, ~c, ~d], others: !others };
}

/** What either of the two holds. */
export function union(one: CharSet, other: CharSet): CharSet {
  const [a, b, c, d] = one.words;
  const [e, f, g, h] = other.words;
  return { words: [a | e, b | f, c | g, d | h], others: one.others || other.others };
}

/** Whether a character is in both. */
export function meet(one: CharSet, other: CharSet): boolean {
  const [a, b, c, d] = one.words;
  const [e, f, g, h] = other.words;
  return (one.others && other.others) || ((a & e) | (b & f) | (c & g) | (d & h)) !== 0;
}

/** The only character that `set` holds, letters of both cases counting as the small one; null for any other set. */
export function onlyLetter(set: CharSet): string | null {
  if (set.others) return null;
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
