import type { PatternTree } from "../pattern/pattern-tree.js";

/**
 * Sample templates (see `expandSample`) of texts that the pattern most likely matches, at most `MOST_TEMPLATES`: one,
 * and one more for each other branch of an alternation. What stands around a match (`\b`, `^`) is left to the caller.
 */
export function matchTemplates(tree: PatternTree): readonly string[] {
  return templates(tree).filter((template) => template.length <= LONGEST);
}

const MOST_TEMPLATES = 32;

/** In characters of the template. */
const LONGEST = 4096;

/** How many characters stand for a class without an upper bound that may be the secret itself. */
const ENOUGH = 20;

function templates(tree: PatternTree): readonly string[] {
  switch (tree.kind) {
    case "text":
      return [withoutHoles(tree.text)];
    case "class":
      return [drawnFrom(tree.ranges, 1)];
    case "look":
      return [""];
    case "group":
      return templates(tree.part);
    case "any":
      return tree.parts.flatMap(templates).slice(0, MOST_TEMPLATES);
    case "all":
      return variedOneByOne(tree.parts.map(templates));
    case "repeat": {
      const { least, most, part } = tree;
      const inner = part.kind === "group" ? part.part : part;
      if (inner.kind === "class") {
        const times = most === Number.POSITIVE_INFINITY && least > 0 ? Math.max(least, ENOUGH) : least;
        return [drawnFrom(inner.ranges, isWide(inner.ranges) ? times : least)];
      }
      return least === 0 ? [""] : templates(inner).map((once) => repeatedText(once, least));
    }
  }
}

function repeatedText(once: string, times: number): string {
  return once.length * times > LONGEST
    ? once.repeat(Math.ceil(LONGEST / once.length) + 1)
    : once.repeat(times);
}

/** The first choice everywhere, then each part's other choices with the first ones around it. */
function variedOneByOne(parts: readonly (readonly string[])[]): readonly string[] {
  const first = parts.map(([one]) => one ?? "");
  const made = [first.join("")];
  for (const [at, choices] of parts.entries()) {
    const [, ...others] = choices;
    for (const other of others) {
      if (made.length === MOST_TEMPLATES) return made;
      made.push([...first.slice(0, at), other, ...first.slice(at + 1)].join(""));
    }
  }
  return made;
}

/** A text that holds braces of its own is taken apart, as `{{}}` stands for nothing. */
function withoutHoles(text: string): string {
  return text.replace(/\{(?=\{)/g, "{{{}}");
}

type Ranges = readonly (readonly [number, number])[];

function isWide(ranges: Ranges): boolean {
  return ALNUM.reduce((sum, [first, last]) => sum + sizeOf(common(ranges, first, last)), 0) >= 10;
}

const ALNUM = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x61, 0x7a],
] as const;

/** A hole for `times` characters of the class: letters and digits where it has them, else its plainest character. */
function drawnFrom(ranges: Ranges, times: number): string {
  if (times === 0) return "";
  const alphabet = ALNUM.flatMap(([first, last]) => common(ranges, first, last));
  const letter = oneLetter(alphabet);
  if (letter !== null) return letter.repeat(times);
  if (alphabet.length > 0) return `{{[${alphabet.map(spelled).join("")}]*${times}}}`;
  const printable = common(ranges, 0x20, 0x7e)[0] ?? ranges[0];
  return printable === undefined ? "" : withoutHoles(String.fromCodePoint(printable[0]).repeat(times));
}

/** The one letter in both cases that the alphabet is, as `(?i)` makes it. */
function oneLetter(alphabet: Ranges): string | null {
  const letters = alphabet.map(([first]) => String.fromCodePoint(first).toLowerCase());
  return sizeOf(alphabet) <= 2 && new Set(letters).size === 1 ? (letters[0] ?? null) : null;
}

function common(ranges: Ranges, first: number, last: number): Ranges {
  return ranges.flatMap(([from, to]) => {
    const start = Math.max(from, first);
    const end = Math.min(to, last);
    return start <= end ? [[start, end] as const] : [];
  });
}

function sizeOf(ranges: Ranges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}

function spelled([first, last]: readonly [number, number]): string {
  const from = String.fromCodePoint(first);
  return first === last ? from : `${from}-${String.fromCodePoint(last)}`;
}
