import { type CharSet, holds, type Node, OTHERS, onlyLetter, single, union } from "./ast.js";
import { type Back, headsOf, isNarrow } from "./literal-heads.js";
import { type Positions, positionsOf } from "./positions.js";
import { type Run, runBehind } from "./run.js";

/**
 * What stands around a keyword wherever it lies in a match: a class for each character from `back` places before its
 * beginning on. Beyond these, anything may stand. In a text of ASCII.
 */
export type Shape = {
  readonly back: number;
  readonly sets: readonly CharSet[];
  readonly run: Run | null;
};

/**
 * What must stand around one of a pattern's keywords. `anything`: that is not known; `nothing`: no match holds it; `given`:
 * such a value is given to the name that it stands in.
 */
export type Around = Shape | { readonly given: "password" | "token" } | "anything" | "nothing";

/** So many characters are told, before the keyword and behind it. */
const MOST_BEFORE = 8;
const MOST_BEHIND = 24;

/**
 * What stands around each of `keywords` (in lower case; they may stand in any case) in the matches of `node`. `back` is how
 * far before one of them a match begins, where that is sure.
 */
export function aroundEach(node: Node, keywords: readonly string[], back: Back | null): readonly Around[] {
  const positions = positionsOf(node, back === null ? [] : headsOf(node, back));
  const before = preceding(positions);
  const begins = beginsIn(positions, before, keywords, back);
  return keywords.map((keyword) => shapeAround(positions, before, keyword, begins) ?? "nothing");
}

function beginsIn(
  positions: Positions,
  before: Positions["follow"],
  keywords: readonly string[],
  back: Back | null,
): States {
  if (back === null) return surePlaces(positions, before, keywords);
  return isNarrow(back) ? statesBehind(positions, back) : new Set(positions.heads);
}

function shapeAround(
  positions: Positions,
  preceding: Positions["follow"],
  keyword: string,
  begins: States,
): Shape | null {
  const held = statesIn(positions, keyword, begins);
  const [begun = NONE] = held;
  if (begun.size === 0) return null;
  const before = setsFrom(begun, positions.sets, preceding, new Set(positions.first), MOST_BEFORE);
  const ended = held.at(-1) ?? NONE;
  const behind = setsFrom(ended, positions.sets, positions.follow, new Set(positions.last), MOST_BEHIND);
  const own = held.map((states, at) => letterSet(states, positions.sets, keyword.charCodeAt(at)));
  const sets = [...before.reverse(), ...own, ...behind];
  return { back: before.length, sets, run: runBehind(ended, positions) };
}

type States = ReadonlySet<number>;
const NONE: States = new Set();

/** For each character of the keyword, the positions that may hold it, on the way from the first to the last of them. */
function statesIn(positions: Positions, keyword: string, begins: States): readonly States[] {
  const { sets, follow } = positions;
  const held: States[] = [];
  let next = begins;
  for (let at = 0; at < keyword.length; at++) {
    const letters = lettersOf(keyword.charCodeAt(at));
    const here = new Set<number>();
    for (const state of next)
      if (letters.some((letter) => holds(sets[state] ?? NO_SET, letter))) here.add(state);
    held.push(here);
    next = nextOf(here, follow);
  }
  for (let at = held.length - 2; at >= 0; at--) {
    const after = held[at + 1] ?? NONE;
    held[at] = new Set(
      [...(held[at] ?? NONE)].filter((state) => follow[state]?.some((one) => after.has(one))),
    );
  }
  return held;
}

/**
 * Where a keyword may begin so that every match holds one that begins there: where the pattern spells one out, if there is
 * no way past all of these; anywhere, if there is. In a value made of all letters any keyword may turn up by chance.
 */
function surePlaces(
  { sets, follow, first, last }: Positions,
  preceding: Positions["follow"],
  keywords: readonly string[],
): States {
  const begins = new Set<number>();
  const spelt = new Set<number>();
  for (const start of sets.keys()) {
    for (const keyword of keywords) {
      const ends = speltFrom(start, keyword, sets, follow, preceding);
      if (ends.length > 0) begins.add(start);
      for (const end of ends) spelt.add(end);
    }
  }
  const reached = new Set(first.filter((state) => !spelt.has(state)));
  for (const state of reached) for (const one of follow[state] ?? []) if (!spelt.has(one)) reached.add(one);
  return last.some((state) => reached.has(state)) ? new Set(sets.keys()) : begins;
}

/** The positions of the keyword's last letter, where the pattern spells it out from `start` on and nothing else leads there. */
function speltFrom(
  start: number,
  keyword: string,
  sets: Positions["sets"],
  follow: Positions["follow"],
  preceding: Positions["follow"],
): readonly number[] {
  let ends = isSpelt(sets[start] ?? NO_SET, keyword.charCodeAt(0)) ? [start] : [];
  for (let at = 1; at < keyword.length; at++) {
    ends = ends.flatMap((before) =>
      (follow[before] ?? []).filter(
        (next) =>
          isSpelt(sets[next] ?? NO_SET, keyword.charCodeAt(at)) &&
          preceding[next]?.every((one) => one === before),
      ),
    );
  }
  return ends;
}

/** Whether a class is that one letter, in any case. */
function isSpelt(set: CharSet, code: number): boolean {
  return onlyLetter(set) === String.fromCharCode(code);
}

/** Where a match may be behind so many characters. */
function statesBehind({ first, follow }: Positions, { least, most }: Back): States {
  const all = new Set<number>();
  let here: States = new Set(first);
  for (let taken = 0; taken <= most; taken++) {
    if (taken >= least) for (const state of here) all.add(state);
    here = nextOf(here, follow);
  }
  return all;
}

function nextOf(states: Iterable<number>, follow: Positions["follow"]): States {
  const next = new Set<number>();
  for (const state of states) for (const one of follow[state] ?? []) next.add(one);
  return next;
}

function preceding({ follow }: Positions): readonly (readonly number[])[] {
  const before: number[][] = follow.map(() => []);
  for (const [state, next] of follow.entries()) for (const one of next) before[one]?.push(state);
  return before;
}

/** The classes of what comes next, as far as something has to. */
function setsFrom(
  from: States,
  sets: readonly CharSet[],
  next: Positions["follow"],
  ends: States,
  most: number,
): CharSet[] {
  const told: CharSet[] = [];
  for (let states = from; told.length < most; ) {
    if ([...states].some((state) => ends.has(state))) break;
    states = nextOf(states, next);
    told.push([...states].map((state) => sets[state] ?? NO_SET).reduce(union, NO_SET));
  }
  while (told.length > 0 && isWide(told.at(-1) ?? NO_SET)) told.pop();
  return told;
}

const NO_SET: CharSet = { words: [0, 0, 0, 0], others: OTHERS.none };

/** A class of nearly everything that is written tells nothing. */
function isWide(set: CharSet): boolean {
  let held = 0;
  for (let code = 32; code < 127; code++) if (holds(set, code)) held++;
  return held > 85;
}

function letterSet(states: States, sets: readonly CharSet[], code: number): CharSet {
  const held = lettersOf(code).filter((letter) =>
    [...states].some((state) => holds(sets[state] ?? NO_SET, letter)),
  );
  return held.map(single).reduce(union, NO_SET);
}

/** A character in both its cases. */
function lettersOf(code: number): readonly number[] {
  return code >= 97 && code <= 122 ? [code, code - 32] : [code];
}
