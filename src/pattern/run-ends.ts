import { columnOf, ONE, rowTable, TWO } from "./char-rows.js";
import type { Program } from "./program.js";

/**
 * What is known of each run in the search that is under way, four numbers each: from where to where all belongs to its
 * class, and from where to where each end of it was tried. So that long runs from many places cost no more than one.
 */
let runs = new Int32Array(64);
const RUN_WIDTH = 4;

/** Begins a search of a program of so many runs. */
export function forgetRuns(count: number): void {
  if (count * RUN_WIDTH > runs.length) runs = new Int32Array(count * RUN_WIDTH * 2);
  for (let at = 0; at < count * RUN_WIDTH; at += RUN_WIDTH) {
    runs[at] = 0;
    runs[at + 1] = -1;
    runs[at + 2] = 0;
    runs[at + 3] = -1;
  }
}

/** The answer of `runEnd` where characters of two units may stand in the run. */
export const PAIRS = -2;

/** Where the run of `step` from `place` on ends at most. */
export function runEnd({ code }: Program, step: number, place: number, text: string): number {
  const table = rowTable();
  const row = code[step + 2] as number;
  const most = code[step + 4] as number;
  const at = (code[step + 7] as number) * RUN_WIDTH;
  const limit = most < text.length - place ? place + most : text.length;
  const known = runs[at + 1] as number;
  const isKnown = (runs[at] as number) <= place && place <= known;
  let end = isKnown ? known : place;
  if (end >= limit) return limit;
  let held = ONE;
  while (end < limit) {
    held = table[row + columnOf(text.charCodeAt(end))] as number;
    if (held !== ONE) break;
    end++;
  }
  if (held === TWO) return PAIRS;
  if (!isKnown) runs[at] = place;
  runs[at + 1] = end;
  return end;
}

/** What `openUntried` found. */
export let openFrom = 0;
export let openTo = 0;

/** Of the ends from `from` to `to` of a run, those that were not tried yet: they will be now. */
export function openUntried(run: number, from: number, to: number): void {
  const at = run * RUN_WIDTH;
  const low = runs[at + 2] as number;
  const high = runs[at + 3] as number;
  openFrom = from;
  openTo = to;
  if (from >= low && to <= high) openTo = from - 1;
  else if (low > high || from > high + 1 || to < low - 1 || (from < low && to > high)) {
    runs[at + 2] = from;
    runs[at + 3] = to;
  } else if (to > high) {
    openFrom = high + 1;
    runs[at + 3] = to;
  } else {
    openTo = low - 1;
    runs[at + 2] = from;
  }
}
