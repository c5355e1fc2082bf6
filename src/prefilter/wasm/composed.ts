// AssemblyScript: clues of strings that are put together.

import {
  ALL_BASE64,
  ALL_DIGITS,
  ALL_SEAMS,
  ALL_SPACES,
  BLOCK,
  BRACKETS,
  CODES as ALL_CODES,
  equalTo,
  is,
  later,
  membersOf,
  OPERATORS,
  QUOTES,
  SEAM,
  take,
  wideAt,
  WORD,
} from "./bytes";
import { areCodes, mayBeCode } from "./codes";
import { isEscape, isTemplate } from "./escapes";
import { isAdjacent, isJoined, isNamed } from "./literals";

/** An escape of a printable character, a slash behind a backslash, a line that goes on. */
const ESCAPED: i32 = 1;
/** A literal, an operator, a literal. */
const JOINED: i32 = 2;
/** Two literals side by side. */
const ADJACENT: i32 = 4;
/** A literal of eight characters and more with digits and letters in it. */
const NAMED: i32 = 8;
/** Eight codes of characters with commas between. */
const CODES: i32 = 16;
/** A template with a literal in it. */
const TEMPLATE: i32 = 256;

const OF_QUOTES: i32 = JOINED | ADJACENT | NAMED;

/** Whether a run that `behind` follows goes on in the next block: 1 then. */
let isOn: u64 = 0;

/**
 * Where the runs of `members` end that begin at `starts`: right behind each, or at the start itself where there is none;
 * `over` is 1 where one comes over from the block before. Added up, a carry goes through each run.
 */
@inline
function behind(starts: u64, members: u64, over: u64): u64 {
  const from = starts | over;
  const sum = (from & members) + members;
  isOn = <u64>(sum < members);
  return (sum | from) & ~members;
}

/** Whether the last byte of the block at `at` is of a kind, as its bit. */
@inline
function lastIs(at: usize, kind: u32): u64 {
  return <u64>is(at + BLOCK - 1, kind) << 63;
}

/** See `clues`. */
export function composed(from: usize, end: usize): i32 {
  let found: i32 = 0;
  // What comes over from the block before; the last ones say that a run goes on.
  let quote: u64 = 0;
  let seam: u64 = 0;
  let word: u64 = 0;
  let joint: u64 = 0;
  let literal: u64 = 0;
  let broken: u64 = 0;
  let prefixed: u64 = 0;
  let comma: u64 = 0;
  let toOperator: u64 = 0;
  let toLiteral: u64 = 0;
  let toBroken: u64 = 0;
  let toDigit: u64 = 0;
  let toEnd: u64 = 0;
  let toCode: u64 = 0;
  let isOpen: u64 = 0;
  for (let at = from; at < end; at += BLOCK) {
    take(at);
    const quoteHere = membersOf(QUOTES);
    const spaces = membersOf(ALL_SPACES) | wideAt(at);
    const backslashes = equalTo(92, at);
    if ((found & OF_QUOTES) != OF_QUOTES && (quoteHere | isOpen) != 0) {
    const base64Here = membersOf(ALL_BASE64);
    const wordHere = base64Here | equalTo(61, at);
    if ((found & JOINED) == 0) {
      const seamHere = membersOf(ALL_SEAMS);
      const jointHere = quoteHere & later(seamHere, seam, 1);
      const ends = behind(later(jointHere, joint, 1), spaces | membersOf(BRACKETS), toOperator);
      toOperator = isOn;
      for (let left = ends & membersOf(OPERATORS); left != 0; left &= left - 1) {
        if (isJoined(at + <usize>ctz(left))) found |= JOINED;
      }
      seam = seamHere;
      joint = jointHere;
    }
    if ((found & ADJACENT) == 0) {
      const literalHere = quoteHere & later(wordHere, word, 1);
      const next = behind(later(literalHere, literal, 1), spaces, toLiteral);
      toLiteral = isOn;
      const brokenHere = next & backslashes;
      const ends = next | behind(later(brokenHere, broken, 1), spaces, toBroken);
      toBroken = isOn;
      const prefixedHere = ends & base64Here;
      for (let left = quoteHere & (ends | later(prefixedHere, prefixed, 1)); left != 0; left &= left - 1) {
        if (isAdjacent(at + <usize>ctz(left), from)) found |= ADJACENT;
      }
      literal = literalHere;
      broken = brokenHere;
      prefixed = prefixedHere;
    }
    if ((found & NAMED) == 0) {
      const digits = membersOf(ALL_DIGITS);
      const firstDigit = behind(later(quoteHere, quote, 1), wordHere & ~digits, toDigit) & digits;
      toDigit = isOn;
      const ends = behind(firstDigit, wordHere, toEnd);
      toEnd = isOn;
      for (let left = ends & quoteHere; left != 0; left &= left - 1) {
        if (isNamed(at + <usize>ctz(left), from)) found |= NAMED;
      }
    }
    quote = quoteHere;
    word = wordHere;
    isOpen = toOperator | toLiteral | toBroken | toDigit | toEnd | ((quoteHere | broken | prefixed) >>> 63);
    } else {
      quote = 0;
      joint = 0;
      literal = 0;
      broken = 0;
      prefixed = 0;
      isOpen = 0;
      seam = lastIs(at, SEAM);
      word = lastIs(at, WORD);
    }
    if ((found & CODES) == 0) {
      const commaHere = equalTo(44, at);
      const ends = behind(later(commaHere, comma, 1), spaces, toCode);
      toCode = isOn;
      for (let left = ends & membersOf(ALL_CODES); left != 0; left &= left - 1) {
        const place = at + <usize>ctz(left);
        if (mayBeCode(place) && areCodes(place)) found |= CODES;
      }
      comma = commaHere;
    }
    if ((found & ESCAPED) == 0) {
      for (let left = backslashes; left != 0; left &= left - 1) {
        if (isEscape(at + <usize>ctz(left), from)) found |= ESCAPED;
      }
    }
    if ((found & TEMPLATE) == 0) {
      for (let left = equalTo(36, at); left != 0; left &= left - 1) {
        if (isTemplate(at + <usize>ctz(left))) found |= TEMPLATE;
      }
    }
  }
  return found;
}
