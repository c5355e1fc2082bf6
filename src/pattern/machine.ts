import { LOOKS, looks } from "./boundaries.js";
import { columnAt, columnOf, END, isPairAt, rowTable, TWO } from "./char-rows.js";
import { OP, type Program, RUN } from "./program.js";
import { forgetRuns, openFrom, openTo, openUntried, PAIRS, runEnd } from "./run-ends.js";

/*
 * The state of the search that is under way, one at a time: that of the last search is wiped by the next. What was gone
 * through is a bit for each place of the text, from `base` on, and each `once` step.
 */
let gone = new Uint32Array(1 << 10);
let base = 0;
let places = 0;
let touched = -1;

/** What is left to try: four numbers each. */
let stack = new Int32Array(1 << 10);

/** Where the groups begin and end, -1 for none, two numbers each. */
export let saved = new Int32Array(8);

/** The most bits for what was gone through: 8 MB. */
const MOST_BITS = 1 << 26;

/** Whether a search of `program` fits into the memory that is granted, if matches begin up to `back` before their keyword. */
export function fits({ onces, reach }: Program, length: number, back = 0): boolean {
  return onces * (Math.min(length, 2 * (reach + back)) + SPARE) <= MOST_BITS;
}

const SPARE = 1024;

/** Begins a search: all that is looked at from now on lies from `lowest` on. */
export function begin(program: Program, lowest: number, text: string, back = 0): void {
  gone.fill(0, 0, touched + 1);
  touched = -1;
  base = lowest;
  places = Math.min(text.length - lowest, 2 * (program.reach + back)) + SPARE;
  const words = Math.ceil((places * program.onces) / 32);
  if (words > gone.length) gone = new Uint32Array(Math.max(words, gone.length * 2));
  forgetRuns(program.runs);
  if (program.secrets * 2 > saved.length) saved = new Int32Array(program.secrets * 4);
}

/** Whether a match that begins at `at` would reach beyond what the search has room for: then it has to begin anew. */
export function isBeyond({ reach }: Program, at: number, text: string): boolean {
  return Math.min(text.length, at + reach) - base >= places;
}

/** What a piece of the stack is: a step and a place to go on at, with the next way or run; or what a group was before. */
const PLAIN = 0;
const WAYS = 1;
const RUNS = 2;
const SAVED = 3;

/**
 * The end of the match that begins at `at`, of all there the one that the Rust crate prefers, or -1; the groups are in
 * `saved`. The ways are tried in order of preference, and none goes twice through the same step at the same place, so
 * time grows with the text and the pattern only: also from many places of one search, since what failed once fails again.
 * Behind a match a new search has to be begun.
 */
export function matchFrom(program: Program, text: string, entry: number, at: number): number {
  const { code, ways, onces } = program;
  const table = rowTable();
  const length = text.length;
  let depth = 0;
  let step = entry;
  let place = at;
  // Where the step at hand goes on with what was left, -1 at its first time.
  let resumed = -1;
  let least = 0;
  saved.fill(-1);
  for (;;) {
    let isMatched = false;
    switch (code[step]) {
      case OP.match:
        return place;
      case OP.set: {
        const column = place < length ? columnOf(text.charCodeAt(place)) : END;
        const held = table[(code[step + 2] as number) + column] as number;
        if (held === 0) break;
        place += held === TWO && isPairAt(text, place) ? 2 : 1;
        step = code[step + 1] as number;
        isMatched = true;
        break;
      }
      case OP.ways: {
        const column = place < length ? columnOf(text.charCodeAt(place)) : END;
        const end = code[step + 3] as number;
        let way = resumed < 0 ? (code[step + 2] as number) : resumed;
        while (way < end && table[(ways[way] as number) + column] === 0) way += 2;
        if (way >= end) break;
        let other = way + 2;
        while (other < end && table[(ways[other] as number) + column] === 0) other += 2;
        if (other < end) depth = push(depth, WAYS, step, place, other);
        step = ways[way + 1] as number;
        isMatched = true;
        break;
      }
      case OP.once: {
        const bit = (place - base) * onces + (code[step + 2] as number);
        const word = bit >>> 5;
        const mask = 1 << (bit & 31);
        const known = gone[word] as number;
        if ((known & mask) !== 0) break;
        gone[word] = known | mask;
        if (word > touched) touched = word;
        step = code[step + 1] as number;
        isMatched = true;
        break;
      }
      case OP.look:
        if (!looks(LOOKS[code[step + 2] as number], text, place)) break;
        step = code[step + 1] as number;
        isMatched = true;
        break;
      case OP.save: {
        const group = code[step + 2] as number;
        depth = push(depth, SAVED, group, saved[group] as number, 0);
        saved[group] = place;
        step = code[step + 1] as number;
        isMatched = true;
        break;
      }
      case OP.run: {
        const isLazy = ((code[step + 5] as number) & RUN.lazy) !== 0;
        const follows = code[step + 6] as number;
        let end = resumed;
        if (resumed < 0) {
          end = runEnd(program, step, place, text);
          least = place + (code[step + 3] as number);
          if (end === PAIRS) {
            depth = pushEnds(depth, program, step, place, text);
            break;
          }
          if (end < least) break;
          if (code[step + 3] === code[step + 4]) {
            place = end;
            step = code[step + 1] as number;
            isMatched = true;
            break;
          }
          if (((code[step + 5] as number) & RUN.loops) === 0) {
            openUntried(code[step + 7] as number, least, end);
            least = openFrom;
            end = openTo;
            if (least > end) break;
          }
          if (isLazy) [end, least] = [least, end];
        }
        // From `end` to `least`, which for a lazy run is the greatest.
        if (isLazy) {
          while (end <= least && table[follows + columnAt(text, end)] === 0) end++;
          if (end > least) break;
          if (end < least) depth = push(depth, RUNS, step, end + 1, least);
        } else {
          while (end >= least && table[follows + columnAt(text, end)] === 0) end--;
          if (end < least) break;
          if (end > least) depth = push(depth, RUNS, step, end - 1, least);
        }
        place = end;
        step = code[step + 1] as number;
        isMatched = true;
        break;
      }
    }
    resumed = -1;
    if (isMatched) continue;
    // On with what was left last.
    for (;;) {
      if (depth === 0) return -1;
      depth -= 4;
      const kind = stack[depth] as number;
      step = stack[depth + 1] as number;
      place = stack[depth + 2] as number;
      if (kind === SAVED) {
        saved[step] = place;
        continue;
      }
      if (kind === WAYS) resumed = stack[depth + 3] as number;
      else if (kind === RUNS) {
        resumed = place;
        least = stack[depth + 3] as number;
      }
      break;
    }
  }
}

function push(depth: number, kind: number, step: number, place: number, more: number): number {
  if (depth + 4 > stack.length) {
    const larger = new Int32Array(stack.length * 2);
    larger.set(stack);
    stack = larger;
  }
  stack[depth] = kind;
  stack[depth + 1] = step;
  stack[depth + 2] = place;
  stack[depth + 3] = more;
  return depth + 4;
}

/** Leaves each end of a run to be tried, the preferred one next: counts characters, not units. */
function pushEnds(depth: number, { code }: Program, step: number, place: number, text: string): number {
  const table = rowTable();
  const next = code[step + 1] as number;
  const row = code[step + 2] as number;
  const least = code[step + 3] as number;
  const most = code[step + 4] as number;
  const ends: number[] = [];
  let end = place;
  for (let count = 0; ; count++) {
    if (count >= least) ends.push(end);
    if (count === most || table[row + columnAt(text, end)] === 0) break;
    end += isPairAt(text, end) ? 2 : 1;
  }
  if (((code[step + 5] as number) & RUN.lazy) !== 0) ends.reverse();
  return ends.reduce((top, to) => push(top, PLAIN, next, to, 0), depth);
}
