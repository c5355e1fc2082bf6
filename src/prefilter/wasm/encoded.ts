// AssemblyScript: clues of strings that are encoded.

import {
  ALL_BASE64,
  ALL_HEXADECIMAL,
  BASE64 as OF_BASE64,
  BLOCK,
  DIGIT,
  equalTo,
  FIRSTS,
  HEXADECIMAL,
  is,
  isQuote,
  later,
  LETTER,
  membersOf,
  SECONDS,
  take,
  THIRDS,
} from "./bytes";

/** Groups of four characters as ASCII text in base64 has them. */
const BASE64: i32 = 32;
/** Eight pairs of hexadecimal digits that stand for text, in a row or with marks between. */
const HEX: i32 = 64;
/** A percent sign before such a pair. */
const PERCENT: i32 = 128;

/** See `clues`. */
export function encoded(from: usize, end: usize): i32 {
  let found: i32 = 0;
  // What comes over from the block before.
  let first: u64 = 0;
  let second: u64 = 0;
  let third: u64 = 0;
  let group: u64 = 0;
  let groups: u64 = 0;
  let wide: u64 = 0;
  let wides: u64 = 0;
  let hex: u64 = 0;
  let mark: u64 = 0;
  let pair: u64 = 0;
  for (let at = from; at < end; at += BLOCK) {
    take(at);
    if ((found & HEX) == 0) {
      const hexHere = membersOf(ALL_HEXADECIMAL);
      const markHere = equalTo(32, at) | equalTo(58, at);
      // A mark and two digits that end here, three times.
      const pairHere = hexHere & later(hexHere, hex, 1) & later(markHere, mark, 2);
      const pairs = pairHere & later(pairHere, pair, 3) & later(pairHere, pair, 6);
      if (holdsFullByte(hexHere) && holdsPairs(hexHere & ~(hexHere << 1), hex & ~(hex << 1), at, from)) found |= HEX;
      if (pairs != 0 && anyPairs(pairs, at, from)) found |= HEX;
      mark = markHere;
      pair = pairHere;
      hex = hexHere;
    }
    if ((found & BASE64) == 0) {
      const firstHere = membersOf(FIRSTS);
      const secondHere = membersOf(SECONDS);
      const thirdHere = membersOf(THIRDS);
      // The beginning of a group that ends here; a whole one; two of them.
      const begun = thirdHere & later(secondHere, second, 1) & later(firstHere, first, 2);
      const begunBefore = later(thirdHere, third, 1) & later(secondHere, second, 2) & later(firstHere, first, 3);
      const groupHere = begunBefore & membersOf(ALL_BASE64);
      const groupsHere = groupHere & later(groupHere, group, 4);
      if ((groupsHere & later(groupsHere, groups, 8) & later(groupsHere, groups, 16)) != 0) found |= BASE64;
      const short = begun & later(groupsHere, groups, 3);
      if (short != 0 && anyOpens(short, at, from)) found |= BASE64;
      const wideHere = equalTo(65, at);
      const widesHere = wideHere & later(wideHere, wide, 3) & later(wideHere, wide, 8) & later(wideHere, wide, 11);
      if (widesHere != 0 && anyWide(widesHere & later(widesHere, wides, 8), at, from)) found |= BASE64;
      first = firstHere;
      second = secondHere;
      third = thirdHere;
      group = groupHere;
      groups = groupsHere;
      wide = wideHere;
      wides = widesHere;
    }
    if ((found & PERCENT) == 0) {
      for (let left = equalTo(37, at); left != 0; left &= left - 1) {
        if (isPercent(at + <usize>ctz(left))) found |= PERCENT;
      }
    }
  }
  return found;
}

/** Sixteen ones in a row hold one of the eight bytes in full. */
@inline
function holdsFullByte(bits: u64): bool {
  const gaps = ~bits;
  return ((gaps - 0x0101010101010101) & bits & 0x8080808080808080) != 0;
}

/** Whether digits that begin in the block at `at`, or shortly before it, are eight pairs that stand for text. */
function holdsPairs(begins: u64, before: u64, at: usize, from: usize): bool {
  for (let left = begins; left != 0; left &= left - 1) {
    const place = at + <usize>ctz(left);
    if (isText(place, 2) && isBegin(place, from)) return true;
  }
  for (let left = before >>> 48; left != 0; left &= left - 1) {
    const place = at - 16 + <usize>ctz(left);
    if (isText(place, 2) && isBegin(place, from)) return true;
  }
  return false;
}

/** Whether no digit or letter stands before `at`, or only `0x`. */
function isBegin(at: usize, from: usize): bool {
  if (at == from || !is(at - 1, DIGIT | LETTER)) return true;
  if ((<u32>load<u8>(at - 1) | 32) != 120) return false;
  return at < from + 3 || (load<u8>(at - 2) == 48 && !is(at - 3, DIGIT | LETTER));
}

/** Whether eight pairs begin at `at`, one every so many bytes, each a printable character, a tab or a line's end. */
function isText(at: usize, every: usize): bool {
  const last = at + 7 * every;
  if (load<u8>(at) == 48) return false;
  for (let place = at; place <= last; place += every) {
    const first = <u32>load<u8>(place);
    const second = <u32>load<u8>(place, 1) | 32;
    const isBreak = first == 48 && (second == 57 || second == 97 || second == 100);
    if (!isBreak && (first < 50 || first > 55 || !is(place + 1, HEXADECIMAL))) return false;
  }
  return true;
}

/** `ends` say where the third of pairs ends that have marks before them; another pair stands before the first. */
function anyPairs(ends: u64, at: usize, from: usize): bool {
  for (let left = ends; left != 0; left &= left - 1) {
    const first = at + <usize>ctz(left) - 10;
    const isBegin = first <= from || (!is(first - 1, DIGIT | LETTER) && load<u8>(first - 1) != 58);
    if (isBegin && areMarked(first + 2) && (first < from || isText(first, 3))) return true;
  }
  return false;
}

/** Whether the mark at `at` stands before each of seven pairs. */
function areMarked(at: usize): bool {
  for (let pair: usize = 1; pair < 7; pair++) if (load<u8>(at + pair * 3) != load<u8>(at)) return false;
  return true;
}

/** `ends` say where two groups and the beginning of a third end, eleven characters. */
function anyOpens(ends: u64, at: usize, from: usize): bool {
  for (let left = ends; left != 0; left &= left - 1) {
    if (opens(at + <usize>ctz(left) - 11, from)) return true;
  }
  return false;
}

/** Whether a short value may begin behind the byte at `at`: at a quote, or behind `:`, `=` or `>` and perhaps a space. */
function opens(at: usize, from: usize): bool {
  if (at < from) return true;
  const byte = <u32>load<u8>(at);
  if (byte == 32 || byte == 9) return at > from && isGiving(load<u8>(at - 1));
  return isQuote(byte) || isGiving(byte);
}

function isGiving(byte: u32): bool {
  return byte == 58 || byte == 61 || byte == 62;
}

/** ASCII in UTF-16, three times: `ends` say where an `A` stands that has the five others in front of it. */
function anyWide(ends: u64, at: usize, from: usize): bool {
  for (let left = ends; left != 0; left &= left - 1) {
    const last = at + <usize>ctz(left);
    let place = last;
    while (place >= from && last - place < 24 && is(place, OF_BASE64)) place--;
    if (last - place >= 24) return true;
  }
  return false;
}

/** Of `ENCODED` in `../../constants/percent.ts`. */
function isPercent(at: usize): bool {
  const next = load<u8>(at, 1);
  return next >= 50 && next <= 55 && is(at + 2, HEXADECIMAL);
}
