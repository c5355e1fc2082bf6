import type { Source } from "../units/source.js";
import { type Allowance, allowance } from "./allowance.js";
import { base64Runs } from "./base64.js";
import { type BuiltString, spansOf } from "./built-string.js";
import { ALL_CLUES, CLUE, mayBeComposed, mayBeEncoded } from "./clues.js";
import { codeLists } from "./code-lists.js";
import { continuedLines } from "./continued-lines.js";
import { placesOf, spread } from "./derived-text.js";
import type { EncodedRun } from "./encoded-run.js";
import { hexRuns } from "./hex.js";
import { joinedLiterals } from "./joined-literals.js";
import { nameBefore } from "./name-before.js";
import { percentRuns } from "./percent.js";
import type { Leaf } from "./text-value.js";
import { builtFrom } from "./told.js";
import { familyOf, treeStrings } from "./tree-strings.js";

/** Strings that are told of one text. */
export const MOST_STRINGS = 10_000;

/** What is told of a text is at most so many times its length; a small text may be told this much. */
const MOST_TIMES = 4;
const ENOUGH = 16_384;

/** A text that was encoded more often is nobody's configuration. */
const DEEPEST = 3;

/**
 * The constant strings of `text` that it does not show as they are: put together from literals, escaped, written as
 * codes, backwards or encoded, each with the places that make it; in order of place. `source` is the text with its
 * syntax tree, null where it has none: then only what most languages have in common is understood. `isComposed` is what
 * `mayBeComposed` says, where it was asked before.
 */
export function builtStrings(
  text: string,
  source: Source | null,
  clues: number = ALL_CLUES,
  isComposed = mayBeComposed(text, clues, source === null ? null : familyOf(source)),
): readonly BuiltString[] {
  if (!isComposed && !mayBeEncoded(text, clues)) return [];
  const work = allowance(MOST_TIMES * text.length + ENOUGH);
  const joined = !isComposed ? [] : source === null ? lexicalStrings(text, clues) : treeStrings(source, work);
  return withEncoded(text, joined, clues, work);
}

/**
 * The strings that are put together, with those that stand encoded in the text and in any of them; one for each value at a
 * place, as many as `work` allows.
 */
export function withEncoded(
  text: string,
  joined: readonly BuiltString[],
  clues: number,
  work: Allowance,
): readonly BuiltString[] {
  const told = new Map<string, BuiltString>();
  const tell = (strings: readonly BuiltString[]): readonly BuiltString[] => {
    const fresh: BuiltString[] = [];
    for (const string of strings) {
      const key = `${string.pieces[0]?.span.start}:${string.value}`;
      const known = told.get(key);
      if (known !== undefined && known.name === null) told.set(key, { ...known, name: string.name });
      if (known !== undefined || told.size >= MOST_STRINGS || !work.take(string.value.length)) continue;
      told.set(key, string);
      fresh.push(string);
    }
    return fresh;
  };
  let outer = [...tell(joined), ...tell(encodedRuns(text, clues).flatMap((run) => readRun(run, text)))];
  for (let depth = 1; depth < DEEPEST && outer.length > 0; depth++) {
    outer = outer.flatMap((string) =>
      tell(encodedRuns(string.value, ALL_CLUES).flatMap((run) => readWithin(run, string))),
    );
  }
  return [...told.values()].sort((a, b) => startOf(a) - startOf(b));
}

function startOf(string: BuiltString): number {
  return string.pieces[0]?.span.start ?? 0;
}

function lexicalStrings(text: string, clues: number): readonly BuiltString[] {
  return [
    ...joinedLiterals(text),
    ...((clues & CLUE.codes) === 0 ? [] : codeLists(text)),
    ...((clues & CLUE.escaped) === 0 ? [] : continuedLines(text)),
  ];
}

function encodedRuns(text: string, clues: number): readonly EncodedRun[] {
  return [
    ...((clues & CLUE.base64) === 0 ? [] : base64Runs(text)),
    ...((clues & CLUE.hex) === 0 ? [] : hexRuns(text)),
    ...((clues & CLUE.percent) === 0 ? [] : percentRuns(text)),
  ];
}

function readRun({ leaves, how }: EncodedRun, text: string): readonly BuiltString[] {
  return builtFrom(leaves, how, nameBefore(text, leaves[0]?.span.start ?? 0));
}

/** An encoded text inside a string that is itself put together: its places are those of that string. */
function readWithin({ leaves, how }: EncodedRun, outer: BuiltString): readonly BuiltString[] {
  const places = leaves.flatMap((leaf): readonly Leaf[] => {
    const spans = spansOf(outer, leaf.span);
    const [only] = spans;
    if (only === undefined) return [];
    const isAsIs =
      spans.length === 1 && leaf.step > 0 && only.end - only.start === leaf.span.end - leaf.span.start;
    return isAsIs ? [{ ...leaf, span: only }] : spread(leaf.value, placesOf(spans), leaf.how ?? how);
  });
  return builtFrom(places, how, nameBefore(outer.value, leaves[0]?.span.start ?? 0) ?? outer.name);
}
