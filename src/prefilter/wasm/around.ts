// AssemblyScript: whether what stands around a literal is as its owners want it; see `../sieve.ts`.

import { isEscaped, mayEscapeIn } from "./escaped";
import { isGiven } from "./given";
import { classes, input, programs, sieve } from "./places";

/** A bit for each owner, the last for all that come behind the first thirty-one. */
export const ALL: u32 = 0xffffffff;
const LAST: i32 = 31;

/** The owners of the literal `number` for whom what stands around it at `start` is as they want it; see `../sieve.ts`. */
export function ownersAt(number: usize, start: i32, length: i32, begin: i32, end: i32): u32 {
  const place = load<u32>(sieve + (number << 2));
  if (place == 0) return ALL;
  let program = programs + <usize>place;
  const count = <i32>load<u16>(program);
  program += 2;
  let owners: u32 = 0;
  for (let owner = 0; owner < count; owner++) {
    const bit: u32 = 1 << <u32>min(owner, LAST);
    if ((owners & bit) == 0 && fits(program, start, length, begin, end)) owners |= bit;
    program += <usize>load<u16>(program);
  }
  return owners;
}

function fits(program: usize, start: i32, length: i32, begin: i32, end: i32): bool {
  const kind = <u32>load<u8>(program, 2);
  if (kind == NOTHING) return false;
  if (kind == ANYTHING) return true;
  if (kind == GIVEN) return isGiven(load<u8>(program, 3), input + start + length, input + end);
  const sets = <i32>load<u8>(program, 3);
  const from = start - <i32>kind;
  const first = program + HEAD;
  // A stretch begins far enough before its first piece: in front of it stands nothing.
  if (from < begin || from + sets > end) return false;
  // The literal's own letters come first, and are known but for their case.
  for (let step = sets - 1; step >= 0; step--) {
    const at = input + from + step;
    const set = <usize>load<u16>(first + (<usize>step << 1));
    if (!isIn(set, load<u8>(at)) && !isEscaped(at, from + step - begin)) return false;
  }
  const set = first + (<usize>sets << 1);
  return load<u8>(program, 4) == 0 || runs(program, set, start + length, end);
}

/** In place of how far a program goes back: it asks for a value that is given to a name, for nothing, or never fits. */
const GIVEN: u32 = 255;
const ANYTHING: u32 = 254;
const NOTHING: u32 = 253;

/** What stands in front of a program's classes, in bytes. */
const HEAD: usize = 10;

@inline
function isIn(set: usize, byte: u32): bool {
  // What is not ASCII may be in any class, and is a space where escapes are.
  return byte > 127 || ((load<u8>(classes + (set << 4) + (byte >>> 3)) >>> <u8>(byte & 7)) & 1) != 0;
}

/** Whether the run of a program stands behind `from`, not too far away and with nothing but its gap between. */
function runs(program: usize, sets: usize, from: i32, end: i32): bool {
  const length = <i32>load<u8>(program, 4);
  const gap = <usize>load<u16>(program, 8);
  const until = min(end, from + <i32>load<u16>(program, 6) + 1);
  const written = load<u8>(program, 5);
  const first = <usize>load<u16>(sets);
  if (written == 1) return row(first, gap, length, from, min(end, until + length));
  if (written == 2) return headedRow(first, <usize>load<u16>(sets, 2), gap, length, from, min(end, until + length - 1));
  const escapes = mayEscapeIn(input + from, input + until + length);
  for (let at = from; at < until; at++) {
    let step = 0;
    while (step < length && at + step < end) {
      const place = at + step;
      const held = isIn(<usize>load<u16>(sets + (<usize>step << 1)), load<u8>(input + place));
      if (!held && !(escapes && isEscaped(input + place, place))) break;
      step++;
    }
    if (step == length) return true;
    if (!isIn(gap, load<u8>(input + at)) && !(escapes && isEscaped(input + at, at))) return false;
  }
  return false;
}

/** A run of which one place is of a class, all others behind it of another: they are looked at from the last one on. */
function headedRow(head: usize, set: usize, gap: usize, length: i32, from: i32, until: i32): bool {
  for (let start = from; start + length <= until; ) {
    let at = start + length - 1;
    while (at > start && isInOrEscaped(set, at)) at--;
    if (at > start) start = at;
    else if (isInOrEscaped(head, start)) return isGap(gap, gap, from, start);
    else start++;
  }
  return false;
}

/** The same for a run of one class: looked at from its last place, most places need no look at all. */
function row(set: usize, gap: usize, length: i32, from: i32, until: i32): bool {
  if (length < SHORT) return shortRow(set, gap, length, from, until);
  for (let start = from; start + length <= until; ) {
    let at = start + length - 1;
    while (at >= start && isInOrEscaped(set, at)) at--;
    if (at < start) return isGap(set, gap, from, start);
    start = at + 1;
  }
  return false;
}

/** Of a shorter run most places have to be looked at anyway, and what is no gap ends it. */
const SHORT: i32 = 8;

function shortRow(set: usize, gap: usize, length: i32, from: i32, until: i32): bool {
  let held = 0;
  for (let at = from; at < until; at++) {
    const byte = <u32>load<u8>(input + at);
    if (isIn(set, byte)) held++;
    else if (isIn(gap, byte)) held = isEscaped(input + at, at) ? held + 1 : 0;
    else if (isEscaped(input + at, at)) held++;
    else return false;
    if (held >= length) return true;
  }
  return false;
}

function isGap(set: usize, gap: usize, from: i32, until: i32): bool {
  for (let at = from; at < until; at++) if (!isIn(gap, load<u8>(input + at)) && !isInOrEscaped(set, at)) return false;
  return true;
}

@inline
function isInOrEscaped(set: usize, at: i32): bool {
  return isIn(set, load<u8>(input + at)) || isEscaped(input + at, at);
}
