import type { Node } from "./ast.js";
import { columnAt, isPairAt, rowTable, TWO } from "./char-rows.js";
import { type InnerLiterals, innerLiterals, placesOf, searchFor } from "./inner-literals.js";
import { type Back, headsOf } from "./literal-heads.js";
import { begin, fits, isBeyond, matchFrom, saved } from "./machine.js";
import { type Program, programOf } from "./program.js";
import { BEFORE } from "./reading.js";
import type { Near, PatternMatch } from "./rust-pattern.js";

/** Null where the text is too long for the program. */
export type OwnMatcher = {
  readonly matches: (text: string) => readonly PatternMatch[] | null;
  readonly test: (text: string) => boolean | null;
};

/** So many characters are gone through plainly before it pays to find out what to look for. */
const PLAIN = 1 << 13;

/**
 * A matcher of `node`, null where it is too large. It goes by the rarest literals in the matches: `inner`, null for none,
 * or those that it finds out itself as soon as it is asked for much.
 */
export function ownMatcher(node: Node, inner?: InnerLiterals | null): OwnMatcher | null {
  const first = (inner === undefined ? null : searchMatcher(node, inner)) ?? plainMatcher(node);
  if (first === null || inner !== undefined) return first;
  let matcher = first;
  let left = PLAIN;
  const ready = (text: string): OwnMatcher => {
    const before = left;
    left -= text.length;
    if (before >= 0 && left < 0) matcher = searchMatcher(node, innerLiterals(node)) ?? first;
    return matcher;
  };
  return { matches: (text) => ready(text).matches(text), test: (text) => ready(text).test(text) };
}

function plainMatcher(node: Node): OwnMatcher | null {
  const program = programOf(node);
  if (program === null) return null;
  return { matches: (text) => matchesOf(program, text), test: (text) => testOf(program, text) };
}

function searchMatcher(node: Node, inner: InnerLiterals | null): OwnMatcher | null {
  const program = inner === null ? null : programOf(node, headsOf(node, inner.back));
  if (inner === null || program === null || !isBounded(program, inner.back)) return null;
  const search = searchFor(inner.texts);
  const matches = (text: string): readonly PatternMatch[] =>
    matchesNear(program, inner.back, text, placesOf(search, text));
  return { matches, test: (text) => matches(text).length > 0 };
}

/** Whether the search around a place is small enough to be made at each. */
function isBounded(program: Program, { most }: Back): boolean {
  return Number.isFinite(program.reach) && fits(program, Number.POSITIVE_INFINITY, 2 * most);
}

/** All matches in `text`, as `RustPattern.matches` gives them; null where the text is too long for the program. */
export function matchesOf(program: Program, text: string): readonly PatternMatch[] | null {
  if (!fits(program, text.length)) return null;
  const found: PatternMatch[] = [];
  let from = 0;
  let behind = -1;
  while (from <= text.length) {
    const start = firstFrom(program, text, from);
    if (start < 0) break;
    const match = matchOf(program, start);
    const { end } = match.whole;
    // An empty match right behind another is none.
    if (end === start && end === behind) {
      from = end + (isPairAt(text, end) ? 2 : 1);
      continue;
    }
    found.push(match);
    from = end;
    behind = end;
  }
  return found;
}

/** Whether `text` holds a match; null where it is too long. */
export function testOf(program: Program, text: string): boolean | null {
  return fits(program, text.length) ? firstFrom(program, text, 0) >= 0 : null;
}

/** The end of the match that begins at `at`, -1 for none; null where the text is too long. */
export function endAt(program: Program, text: string, at: number): number | null {
  if (!fits(program, text.length - at)) return null;
  begin(program, at, text);
  return matchFrom(program, text, program.start, at);
}

/** Where the last match ended. */
let lastEnd = -1;

/** Where the first match at `from` or behind it begins, or -1. */
function firstFrom(program: Program, text: string, from: number): number {
  const table = rowTable();
  begin(program, from, text);
  for (let at = from; at <= text.length; at++) {
    if (!mayBegin(table, program, text, at)) continue;
    if (isBeyond(program, at, text)) begin(program, at, text);
    lastEnd = matchFrom(program, text, program.start, at);
    if (lastEnd >= 0) return at;
  }
  return -1;
}

function mayBegin(table: Uint8Array, program: Program, text: string, at: number): boolean {
  const kind = at === 0 ? undefined : KIND_OF[text.charCodeAt(at - 1)];
  const first = kind === undefined ? program.first : (program.firstBehind[kind] ?? program.first);
  const held = table[first + columnAt(text, at)];
  return held !== 0 && (held !== TWO || at === 0 || !isPairAt(text, at - 1));
}

/** Which of `BEFORE` each ASCII character is. */
const KIND_OF = Uint8Array.from({ length: 128 }, (_, code) => {
  const before = code === 10 ? "break" : /\w/.test(String.fromCharCode(code)) ? "word" : "other";
  return BEFORE.indexOf(before);
});

function matchOf({ secrets }: Program, start: number): PatternMatch {
  const whole = { start, end: lastEnd };
  for (let at = 0; at < secrets * 2; at += 2) {
    const [from = -1, to = -1] = [saved[at], saved[at + 1]];
    if (from >= 0 && to >= 0) return { whole, secret: { start: from, end: to } };
  }
  return { whole, secret: whole };
}

/**
 * The matches of `node` around places of its literals; null for what is too large. `back` says at which of its parts one
 * of them stands in every match: what follows from there is tried first, for it is told by a few characters mostly, and
 * only then is gone back to where a match may begin.
 */
export function nearOf(node: Node, back: Back): Near | null {
  const program = programOf(node, headsOf(node, back));
  if (program === null || !isBounded(program, back)) return null;
  return { at: (text, places) => matchesNear(program, back, text, places) };
}

function matchesNear(
  program: Program,
  { least, most }: Back,
  text: string,
  places: readonly number[],
): readonly PatternMatch[] {
  const { entries, start } = program;
  const table = rowTable();
  // `back` counts characters, of which some are two units.
  const far = 2 * most;
  const found: PatternMatch[] = [];
  let free = 0;
  let isBegun = false;
  const ready = (lowest: number, at: number): void => {
    if (!isBegun || isBeyond(program, at, text)) begin(program, lowest, text, far);
    isBegun = true;
  };
  for (const place of places) {
    const to = place - least;
    let at = Math.max(free, place - far);
    if (at > to) continue;
    ready(at, place);
    const goesOn = entries.some((entry) => matchFrom(program, text, entry, place) >= 0);
    // A way that led to an end is not one that failed.
    isBegun = !goesOn;
    if (!goesOn) continue;
    for (; at <= to; at++) {
      free = at + 1;
      if (!mayBegin(table, program, text, at)) continue;
      ready(at, at);
      lastEnd = matchFrom(program, text, start, at);
      if (lastEnd < 0) continue;
      found.push(matchOf(program, at));
      free = Math.max(lastEnd, at + 1);
      isBegun = false;
      break;
    }
  }
  return found;
}
