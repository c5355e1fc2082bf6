import type { PatternTree } from "./pattern-tree.js";

/**
 * Words of which at least one stands in every match of the pattern, in lower case: printable ASCII, of `shortest`
 * characters and more. Null where the pattern has none, or where they would be too many to look for. The two letters
 * outside of ASCII that `(?i)` takes for k and s (U+212A, U+017F) count as those.
 */
export function requiredWords(tree: PatternTree, shortest: number): readonly string[] | null {
  const { texts, words } = seen(tree, shortest);
  const found = better(usable(texts, shortest), words);
  return found === null
    ? null
    : found.filter((word) => !found.some((other) => other !== word && word.includes(other)));
}

/** `texts`: all that a part can match, if they are few; `words`: of which one stands in all that it matches. */
type Seen = { readonly texts: readonly string[] | null; readonly words: readonly string[] | null };

/** More texts than this are not written out. */
const MOST_TEXTS = 48;

/** A class of more letters than this ends a word. */
const MOST_LETTERS = 4;

/** More words than this make a rule slow to look for. */
const MOST_WORDS = 64;

function seen(tree: PatternTree, shortest: number): Seen {
  switch (tree.kind) {
    case "text":
      return { texts: [folded(tree.text)], words: null };
    case "class":
      return { texts: lettersOf(tree.ranges), words: null };
    case "look":
      return { texts: [""], words: null };
    case "group":
      return seen(tree.part, shortest);
    case "repeat":
      return repeated(seen(tree.part, shortest), tree.least, tree.most, shortest);
    case "all":
      return joined(
        tree.parts.map((part) => seen(part, shortest)),
        shortest,
      );
    case "any":
      return oneOf(
        tree.parts.map((part) => seen(part, shortest)),
        shortest,
      );
  }
}

function repeated(part: Seen, least: number, most: number, shortest: number): Seen {
  if (least === 0) {
    const texts = most === 0 ? [""] : most === 1 && part.texts !== null ? ["", ...part.texts] : null;
    return { texts: texts === null ? null : distinct(texts), words: null };
  }
  const times = Math.min(least, MOST_TEXTS);
  const { texts, words } = joined(
    Array.from({ length: times }, () => part),
    shortest,
  );
  return least === most && times === least
    ? { texts, words }
    : { texts: null, words: better(usable(texts, shortest), words) };
}

function joined(parts: readonly Seen[], shortest: number): Seen {
  let run: readonly string[] = [""];
  let words: readonly string[] | null = null;
  let whole = true;
  for (const part of parts) {
    words = better(words, part.words);
    const longer = part.texts === null ? null : product(run, part.texts);
    if (longer !== null) {
      run = longer;
      continue;
    }
    whole = false;
    words = better(words, usable(run, shortest));
    run = part.texts ?? [""];
  }
  return whole ? { texts: run, words } : { texts: null, words: better(words, usable(run, shortest)) };
}

function oneOf(parts: readonly Seen[], shortest: number): Seen {
  const all = parts.flatMap(({ texts }) => texts ?? []);
  const few = parts.every(({ texts }) => texts !== null) && all.length <= MOST_TEXTS;
  const each = parts.map(({ texts, words }) => better(usable(texts, shortest), words));
  const words = each.every((one) => one !== null) ? distinct(each.flatMap((one) => one ?? [])) : null;
  return {
    texts: few ? distinct(all) : null,
    words: words === null || words.length > MOST_WORDS ? null : words,
  };
}

function product(before: readonly string[], after: readonly string[]): readonly string[] | null {
  if (before.length * after.length > MOST_TEXTS) return null;
  return distinct(before.flatMap((start) => after.map((end) => start + end)));
}

/** The longest printable stretch of each text; null if one of them has none that is long enough. */
function usable(texts: readonly string[] | null, shortest: number): readonly string[] | null {
  if (texts === null) return null;
  const words = texts.map((text) =>
    text.split(/[^ -~]+/).reduce((longest, run) => (run.length > longest.length ? run : longest), ""),
  );
  const fits = words.length > 0 && words.every((word) => word.length >= shortest);
  return fits ? distinct(words) : null;
}

/** The set that a scan finds less often by chance. */
function better(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  if (a === null || b === null) return a ?? b;
  return rarity(b) > rarity(a) ? b : a;
}

/** Beyond this length a word is as rare as it gets. */
const RARE = 12;

function rarity(words: readonly string[]): number {
  return Math.min(RARE, ...words.map((word) => word.length)) - Math.log2(words.length);
}

function lettersOf(ranges: readonly (readonly [number, number])[]): readonly string[] | null {
  const size = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (size > MOST_LETTERS * 3) return null;
  const letters = ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => folded(String.fromCodePoint(first + at))),
  );
  const few = distinct(letters);
  return few.length <= MOST_LETTERS ? few : null;
}

function folded(text: string): string {
  return text.replaceAll("ſ", "s").toLowerCase();
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
