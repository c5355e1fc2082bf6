// AssemblyScript (https://www.assemblyscript.org), compiled to WebAssembly by `npm run build`. What stands where in memory
// is told by `../tables.ts`.

import { isGiven } from "./given";

/** Where memory is free: in front of it stand this program's own constants. */
export function free(): usize {
  return __heap_base;
}

let lower: usize = 0;
let thirds: usize = 0;
let threes: usize = 0;
let slots: usize = 0;
let entries: usize = 0;
let words: usize = 0;
let sieve: usize = 0;
let programs: usize = 0;
let classes: usize = 0;
let enabled: usize = 0;
let input: usize = 0;
let output: usize = 0;

/** The place to go on from: behind the last one looked at. */
export let resume: i32 = 0;

/** Where each table begins, and where the bytes to look at and the answers go. */
export function place(
  lowerAt: usize,
  thirdsAt: usize,
  threesAt: usize,
  slotsAt: usize,
  entriesAt: usize,
  wordsAt: usize,
  sieveAt: usize,
  programsAt: usize,
  classesAt: usize,
  enabledAt: usize,
  inputAt: usize,
  outputAt: usize,
): void {
  lower = lowerAt;
  thirds = thirdsAt;
  threes = threesAt;
  slots = slotsAt;
  entries = entriesAt;
  words = wordsAt;
  sieve = sieveAt;
  programs = programsAt;
  classes = classesAt;
  enabled = enabledAt;
  input = inputAt;
  output = outputAt;
}

/**
 * Finds every enabled literal whose telling piece stands at `from` or behind it and before `until`, and that lies within
 * `begin` and `end`, if what stands around it does not rule it out; writes its place, its number and its owners, and
 * returns how many.
 */
export function scan(from: i32, until: i32, begin: i32, end: i32, most: i32): i32 {
  let found = 0;
  for (let start = from; start < until; start += STRETCH) {
    const behind = tellingIn(start, min(start + STRETCH, until));
    for (let each = places; each < behind; each += 4) {
      const at = load<i32>(each);
      const four = load<u32>(input + at) | 0x20202020;
      const three = four & 0xffffff;
      const hash = (three * 0x9e3779b1) >>> 17;
      if ((load<u8>(threes + (hash >>> 3)) >>> <u8>(hash & 7)) & 1) found = add(three, at, begin, end, found);
      found = add(four, at, begin, end, found);
      if (found >= most) {
        resume = at + 1;
        return found;
      }
    }
  }
  resume = until;
  return found;
}

/** So many places are looked at before what was found at them is looked at closely. */
const STRETCH: i32 = 2048;

/** For each place of a stretch the hash of the three bytes from there on. */
const hashes = memory.data(2048 * 2, 16);

/** The places of a stretch at which a piece may stand, and room for those of the last step. */
const places = memory.data(2048 * 4 + 32, 16);

/** Writes the places from `from` to `until` at which a piece may stand to `places`; returns the end of them. */
function tellingIn(from: i32, until: i32): usize {
  const start = input + from;
  const length = <usize>(until - from);
  const folded = i16x8.splat(0x20);
  for (let at: usize = 0; at < length; at += 8) {
    // As `hashOf` in `../tables.ts` has it.
    const first = i16x8.mul(v128.or(v128.load_ext<u8>(start + at), folded), i16x8.splat(FIRST));
    const second = i16x8.mul(v128.or(v128.load_ext<u8>(start + at, 1), folded), i16x8.splat(SECOND));
    const third = i16x8.mul(v128.or(v128.load_ext<u8>(start + at, 2), folded), i16x8.splat(THIRD));
    v128.store(hashes + (at << 1), i16x8.shr_u(i16x8.add(i16x8.add(first, second), third), 1));
  }
  const bits = thirds;
  let behind = places;
  for (let at: usize = 0; at < length; at += 8) {
    const hash = hashes + (at << 1);
    const fourth = start + at;
    const place = from + <i32>at;
    // Written in any case and gone over by the next one: a jump that nobody can foresee costs more.
    store<i32>(behind, place);
    behind += tells(bits, load<u16>(hash), load<u8>(fourth, 3));
    store<i32>(behind, place + 1);
    behind += tells(bits, load<u16>(hash, 2), load<u8>(fourth, 4));
    store<i32>(behind, place + 2);
    behind += tells(bits, load<u16>(hash, 4), load<u8>(fourth, 5));
    store<i32>(behind, place + 3);
    behind += tells(bits, load<u16>(hash, 6), load<u8>(fourth, 6));
    store<i32>(behind, place + 4);
    behind += tells(bits, load<u16>(hash, 8), load<u8>(fourth, 7));
    store<i32>(behind, place + 5);
    behind += tells(bits, load<u16>(hash, 10), load<u8>(fourth, 8));
    store<i32>(behind, place + 6);
    behind += tells(bits, load<u16>(hash, 12), load<u8>(fourth, 9));
    store<i32>(behind, place + 7);
    behind += tells(bits, load<u16>(hash, 14), load<u8>(fourth, 10));
  }
  while (behind > places && load<i32>(behind - 4) >= until) behind -= 4;
  return behind;
}

const FIRST: i16 = 0x1e37;
const SECOND: i16 = 0x2b4d;
const THIRD: i16 = 0x5eb5;

/** 4 where three bytes of this hash and the fourth one may be a piece, or else 0. */
@inline
function tells(bits: usize, hash: u32, fourth: u32): usize {
  return <usize>(((load<u32>(bits + <usize>(hash << 2)) >>> fourth) & 1) << 2);
}

/** Adds the enabled literals of the piece `key` that stand around `at`. */
function add(key: u32, at: i32, begin: i32, end: i32, found: i32): i32 {
  let slot = (key * 0x85ebca6b) >>> 17;
  while (true) {
    const held = load<u64>(slots + ((<usize>slot) << 3));
    if (held == 0) return found;
    if (<u32>held == key) {
      let entry = entries + <usize>(held >>> 32);
      while (true) {
        const start = at - <i32>load<u8>(entry, 6);
        const eight = load<u64>(input + start) | 0x2020202020202020;
        if ((eight ^ load<u64>(entry, 8)) << <u64>load<u8>(entry, 3) == 0) found = addEntry(entry, start, begin, end, found);
        if (load<u8>(entry, 7) != 0) return found;
        entry += 16;
      }
    }
    slot = (slot + 1) & 0x7fff;
  }
}

/** Adds the literal of an entry if it is enabled and stands at `start`. */
function addEntry(entry: usize, start: i32, begin: i32, end: i32, found: i32): i32 {
  const word = words + <usize>(load<u32>(entry) & 0xffffff);
  const number = <usize>load<u16>(entry, 4);
  const length = <i32>load<u8>(word);
  const asked = load<u8>(enabled + number);
  if (asked == 0 || start < begin || start + length > end || !stands(word + 1, input + start, length)) return found;
  const owners = asked == LOOKED_AROUND ? ownersAt(number, start, length, begin, end) : ALL;
  if (owners == 0) return found;
  const hit = output + <usize>found * 12;
  store<u32>(hit, start);
  store<u32>(hit, <u32>number, 4);
  store<u32>(hit, owners, 8);
  return found + 1;
}

/** How a literal is asked for: also by what stands around it. */
const LOOKED_AROUND: u32 = 1;

/** A bit for each owner, the last for all that come behind the first thirty-one. */
const ALL: u32 = 0xffffffff;
const LAST: i32 = 31;

/** The owners of the literal `number` for whom what stands around it at `start` is as they want it; see `../sieve.ts`. */
function ownersAt(number: usize, start: i32, length: i32, begin: i32, end: i32): u32 {
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
  let from = start - <i32>kind;
  let set = program + HEAD;
  // A stretch begins far enough before its first piece: in front of it stands nothing.
  if (from < begin || from + sets > end) return false;
  for (let step = 0; step < sets; step++) {
    if (!isIn(<usize>load<u16>(set), load<u8>(input + from)) && !isEscaped(input + from, from - begin)) return false;
    from++;
    set += 2;
  }
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

/** Whether the byte at `at` is part of an escape: in the unescaped view something else stands there. */
function isEscaped(at: usize, before: i32): bool {
  if (load<u8>(parts + <usize>load<u8>(at)) == 0 || !mayEscape(at)) return false;
  const most = min(before, LONGEST_ESCAPE - 1);
  for (let back = 0; back <= most; back++) {
    const byte = <u32>load<u8>(at - <usize>back);
    if ((byte == 92 || byte == 37) && escapeLength(at - <usize>back) > back) return true;
  }
  return false;
}

/** Whether a byte that begins an escape stands at `at` or before it, as near as an escape is long. */
@inline
function mayEscape(at: usize): bool {
  const bytes = v128.load(at - 15);
  return v128.any_true(v128.or(i8x16.eq(bytes, i8x16.splat(92)), i8x16.eq(bytes, i8x16.splat(37))));
}

/** The same for any of the bytes from `from` to `until`. */
function mayEscapeIn(from: usize, until: usize): bool {
  for (let at = from; at < until + 15; at += 16) if (mayEscape(at)) return true;
  return false;
}

/** What escapes are made of, a byte each. */
const parts = memory.data(256);
const PARTS = "\\%abefnrtvxuU{}0123456789ABCDEFcd";
for (let at = 0; at < PARTS.length; at++) store<u8>(parts + <usize>PARTS.charCodeAt(at), 1);

/** `\\u{10ffff}` */
const LONGEST_ESCAPE: i32 = 10;

/** The most that an escape here may take; 1 where none begins. */
function escapeLength(at: usize): i32 {
  const next = <u32>load<u8>(at, 1);
  if (load<u8>(at) == 37) return isHexDigit(next) ? 3 : 1;
  if (next == 117) return LONGEST_ESCAPE;
  if (next == 120 || (next >= 48 && next <= 55)) return 4;
  const isNamed = next == 97 || next == 98 || next == 101 || next == 102 || next == 110 || next == 114 || next == 116 || next == 118;
  return isNamed ? 2 : 1;
}

@inline
function isHexDigit(byte: u32): bool {
  return (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102);
}

function stands(word: usize, place: usize, length: i32): bool {
  for (let step = 0; step < length; step++) {
    if (load<u8>(lower + <usize>load<u8>(place + step)) != load<u8>(word + step)) return false;
  }
  return true;
}
