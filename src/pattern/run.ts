import { type CharSet, holds, isBeyondAscii, type Node, OTHERS, union } from "./ast.js";
import { type Positions, positionsOf } from "./positions.js";
import { lengthOf } from "./reading.js";

/**
 * What every match holds somewhere behind a keyword, beginning within so many characters: one of each class, one behind
 * the other; what lies between is of `gap`.
 */
export type Run = { readonly sets: readonly CharSet[]; readonly gap: CharSet; readonly within: number };

/** No more is told of a run, in characters, and none is looked for further away. */
const LONGEST_RUN = 40;
const FARTHEST = 1500;

/** A run that says less, in bits, stands nearly everywhere. */
const LEAST_BITS = 4;

/** The most telling run that every way from one of `states` to a match's end goes through; null if there is none. */
export function runBehind(states: ReadonlySet<number>, positions: Positions): Run | null {
  const { sets } = positions;
  const distances = distancesFrom(states, positions);
  let best: Run | null = null;
  let most = LEAST_BITS;
  const known = new Set<number>();
  for (const start of sureStates(states, positions)) {
    if (known.has(start)) continue;
    const chain = chainFrom(start, positions);
    for (const state of chain) known.add(state);
    const run = chain.slice(0, LONGEST_RUN).map((state) => sets[state] ?? NO_SET);
    const bits = run.reduce((sum, set) => sum + bitsOf(set), 0);
    const within = distances[start] ?? Number.POSITIVE_INFINITY;
    if (bits <= most || within > FARTHEST) continue;
    most = bits;
    best = { sets: run, gap: gapBefore(new Set([start]), states, positions), within };
  }
  return best ?? sureMark(states, positions, distances);
}

/** The rarest character that every way holds, wherever on it: an `@` that stands in several branches. */
function sureMark(
  states: ReadonlySet<number>,
  positions: Positions,
  distances: readonly number[],
): Run | null {
  const { sets, follow, last } = positions;
  const ends = new Set(last);
  const marks = new Map<number, Set<number>>();
  for (const state of distances.keys()) {
    const set = sets[state] ?? NO_SET;
    const mark = distances[state] === undefined ? null : onlyMark(set);
    if (mark !== null) marks.set(mark, (marks.get(mark) ?? new Set()).add(state));
  }
  for (const held of marks.values()) {
    const within = Math.max(...[...held].map((state) => distances[state] ?? Number.POSITIVE_INFINITY));
    if (within > FARTHEST || [...states].some((state) => ends.has(state))) continue;
    if (wayToEnd(states, follow, ends, held).length > 0) continue;
    const [one = 0] = held;
    return { sets: [sets[one] ?? NO_SET], gap: gapBefore(held, states, positions), within };
  }
  return null;
}

/** The only character of a class, if it is neither letter nor digit nor blank; those stand everywhere. */
function onlyMark(set: CharSet): number | null {
  if (isBeyondAscii(set)) return null;
  const held: number[] = [];
  for (let code = 0; code < 128 && held.length < 2; code++) if (holds(set, code)) held.push(code);
  const [only] = held;
  return only === undefined || held.length > 1 || /[\s\w"'.,:;()=-]/.test(String.fromCharCode(only))
    ? null
    : only;
}

/** The characters that a match of `node` is made of, as many as it has at least. */
export function runOf(node: Node, within: number): Run {
  const set = positionsOf(node).sets.reduce(union, NO_SET);
  const length = Math.min(LONGEST_RUN, lengthOf(node).least);
  return { sets: Array.from({ length }, () => set), gap: ALL, within };
}

/** The positions behind `states` without which no match ends, in no order. */
function sureStates(states: ReadonlySet<number>, { follow, last }: Positions): readonly number[] {
  const ends = new Set(last);
  if ([...states].some((state) => ends.has(state))) return [];
  const one = wayToEnd(states, follow, ends, new Set());
  return one.filter((state) => wayToEnd(states, follow, ends, new Set([state])).length === 0);
}

/** A shortest way from `states` to an end that does not touch `without`, without its beginning; empty: there is none. */
function wayToEnd(
  states: ReadonlySet<number>,
  follow: Positions["follow"],
  ends: ReadonlySet<number>,
  without: ReadonlySet<number>,
): readonly number[] {
  const from = new Map<number, number | null>([...states].map((state) => [state, null]));
  for (const state of from.keys()) {
    for (const next of follow[state] ?? []) {
      if (without.has(next) || from.has(next)) continue;
      from.set(next, state);
      if (!ends.has(next)) continue;
      const way: number[] = [];
      for (let at: number | null = next; at !== null && !states.has(at); at = from.get(at) ?? null)
        way.push(at);
      return way.reverse();
    }
  }
  return [];
}

/** The most characters that may lie between `states` and each position. What follows has the greater number, but for loops. */
function distancesFrom(states: ReadonlySet<number>, { follow, more }: Positions): readonly number[] {
  const distances: number[] = [];
  const reach = (state: number, distance: number): void => {
    distances[state] = Math.max(distances[state] ?? 0, distance);
  };
  for (const state of follow.keys()) {
    const own = distances[state];
    if (own === undefined && !states.has(state)) continue;
    const behind = (more[state] ?? 0) + Math.max(states.has(state) ? 0 : 1, (own ?? -1) + 1);
    for (const next of follow[state] ?? []) if (next > state) reach(next, behind);
  }
  return distances;
}

/** The positions from `start` on that can only come one behind the other. */
function chainFrom(start: number, { follow, last }: Positions): readonly number[] {
  const ends = new Set(last);
  const chain = [start];
  for (let state = start; !ends.has(state); ) {
    const next = [...new Set(follow[state])];
    const [only] = next;
    if (only === undefined || next.length > 1 || chain.includes(only)) break;
    chain.push(only);
    state = only;
  }
  return chain;
}

/** The characters that may lie between `states` and the first of `run`. */
function gapBefore(
  run: ReadonlySet<number>,
  states: ReadonlySet<number>,
  { sets, follow }: Positions,
): CharSet {
  const between = new Set<number>();
  for (const state of states) for (const next of follow[state] ?? []) if (!run.has(next)) between.add(next);
  for (const state of between) for (const next of follow[state] ?? []) if (!run.has(next)) between.add(next);
  return [...between].map((state) => sets[state] ?? NO_SET).reduce(union, NO_SET);
}

function bitsOf(set: CharSet): number {
  let held = 0;
  for (let code = 0; code < 128; code++) if (holds(set, code)) held++;
  return isBeyondAscii(set) ? 0 : Math.log2(96 / Math.max(1, Math.min(held, 96)));
}

const NO_SET: CharSet = { words: [0, 0, 0, 0], others: OTHERS.none };
const ALL: CharSet = { words: [-1, -1, -1, -1], others: OTHERS.all };
