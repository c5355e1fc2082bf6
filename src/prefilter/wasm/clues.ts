// AssemblyScript: what in a text may tell of strings that are put together or encoded (`../../constants/clues.ts`), as
// bits. A bit that is not set is sure: the expressions there find nothing. One that is set asks them.

/** An escape of a printable character, a slash behind a backslash, a line that goes on. */
const ESCAPED: i32 = 1;
/** A literal, an operator, a literal. */
const JOINED: i32 = 2;
/** Two literals side by side. */
const ADJACENT: i32 = 4;
/** A literal of eight characters and more with digits and letters in it. */
const NAMED: i32 = 8;
/** Eight short things and more with commas between. */
const CODES: i32 = 16;
/** Groups of four characters as ASCII text in base64 has them. */
const BASE64: i32 = 32;
/** Sixteen hexadecimal digits in a row, or eight pairs with marks between. */
const HEX: i32 = 64;
/** A percent sign before such a pair. */
const PERCENT: i32 = 128;
/** A template with a literal in it. */
const TEMPLATE: i32 = 256;

// Classes of bytes, a bit each; the first four are places in a group of base64.
const FIRST: u32 = 1;
const SECOND: u32 = 2;
const THIRD: u32 = 4;
const ANY: u32 = 8;
const HEXADECIMAL: u32 = 16;
const STARTS: u32 = 32;
const SPACE: u32 = 64;
/** Of `[\w+/=-]`. */
const WORD: u32 = 128;

const table = memory.data(256);

function mark(from: string, bit: u32): void {
  for (let at = 0; at < from.length; at++) {
    const place = table + <usize>from.charCodeAt(at);
    store<u8>(place, load<u8>(place) | <u8>bit);
  }
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
mark("CDIJKLMNOPQRSTUVWXYZabcdef", FIRST);
mark("ACDEFGHQSTUVWXgijklmnwyz0123", SECOND);
mark("ABEFIJMNQRUVYZcdghklopstwx014589", THIRD);
mark(LETTERS + "0123456789+/_-", ANY);
mark("0123456789abcdefABCDEF", HEXADECIMAL);
mark("\"'`\\%$,: ", STARTS);
mark(" \t\r\n", SPACE);
mark("\v\f", SPACE);
// A character that is no ASCII may be a space, too.
for (let byte = 128; byte < 256; byte++) store<u8>(table + byte, <u8>SPACE);
mark(LETTERS + "0123456789_+/=-", WORD);

@inline
function classOf(at: usize): u32 {
  return <u32>load<u8>(table + <usize>load<u8>(at));
}

@inline
function isQuote(byte: u32): bool {
  return byte == 34 || byte == 39 || byte == 96;
}

/** Six groups that end here, or four of them: a bit for each place of the last 24. */
const SIX: u32 = 0x111111;
const TWO: u32 = 0x88;

/** The clues in the bytes from `from` to `end`, behind which at least 300 more may be read (zeros behind a text's end). */
export function clues(from: usize, end: usize): i32 {
  let found: i32 = 0;
  let last: u32 = 0;
  let groups: u32 = 0;
  let hex = 0;
  let run = 0;
  for (let at = from; at < end; at++) {
    const kind = classOf(at);
    last = (last << 4) | (kind & 15);
    // Whether the four bytes that end here are a group.
    groups = (groups << 1) | ((last >>> 12) & (last >>> 9) & (last >>> 6) & (last >>> 3) & 1);
    if ((groups & SIX) == SIX) found |= BASE64;
    // Two groups and the beginning of a third.
    if ((groups & TWO) == TWO && ((last >>> 8) & (last >>> 5) & (last >>> 2) & 1) && opens(at - 11, from)) found |= BASE64;
    hex = kind & HEXADECIMAL ? hex + 1 : 0;
    if (hex >= 16) found |= HEX;
    run = kind & ANY ? run + 1 : 0;
    if (run >= 24 && isWide(at - 23)) found |= BASE64;
    if (kind & STARTS) {
      const byte = <u32>load<u8>(at);
      if (byte == 32 || byte == 58) {
        if (classOf(at + 1) & classOf(at + 2) & HEXADECIMAL) found |= pairsAt(at, byte);
      } else if (byte == 44) {
        if ((found & CODES) == 0) found |= codesAt(at);
      } else found |= startingAt(at, byte, from);
    }
  }
  return found;
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

/** ASCII in UTF-16, three times. */
function isWide(at: usize): bool {
  return (
    load<u8>(at, 4) == 65 &&
    load<u8>(at, 7) == 65 &&
    load<u8>(at, 12) == 65 &&
    load<u8>(at, 15) == 65 &&
    load<u8>(at, 20) == 65 &&
    load<u8>(at, 23) == 65
  );
}

function startingAt(at: usize, byte: u32, from: usize): i32 {
  if (isQuote(byte)) return quoteAt(at, from);
  if (byte == 92) {
    const next = <u32>load<u8>(at, 1);
    const isEscape = next == 120 || next == 117 || next == 85 || (next >= 48 && next <= 55);
    return isEscape || next == 47 || next == 10 || next == 13 ? ESCAPED : 0;
  }
  if (byte == 37) {
    const next = <u32>load<u8>(at, 1);
    return next >= 50 && next <= 55 && classOf(at + 2) & HEXADECIMAL ? PERCENT : 0;
  }
  const next = <u32>load<u8>(at, 2);
  return load<u8>(at, 1) == 123 && (isQuote(next) || next == 40 || classOf(at + 2) & SPACE) ? TEMPLATE : 0;
}

/** Pairs of hexadecimal digits with this mark between, as far as six of them behind it say so. */
function pairsAt(at: usize, between: u32): i32 {
  for (let pair = 0; pair < 7; pair++) {
    if (load<u8>(at) != between || (classOf(at + 1) & classOf(at + 2) & HEXADECIMAL) == 0) return 0;
    at += 3;
  }
  return HEX;
}

function quoteAt(at: usize, from: usize): i32 {
  let found: i32 = 0;
  // A literal of word characters.
  let place = at + 1;
  let digits = 0;
  let lower = 0;
  let upper = 0;
  while (classOf(place) & WORD && place - at <= 210) {
    const byte = <u32>load<u8>(place);
    if (byte >= 48 && byte <= 57) digits++;
    else if (byte >= 97 && byte <= 122) lower++;
    else if (byte >= 65 && byte <= 90) upper++;
    place++;
  }
  if (place - at > 8 && isQuote(load<u8>(place)) && digits > 0 && lower + upper > 0 && (digits > 1 || (lower > 0 && upper > 0)))
    found |= NAMED;
  // What stands behind a literal's end.
  let byte: u32;
  if (at > from && classOf(at - 1) & WORD) {
    place = spacedOnly(at + 1);
    if (load<u8>(place) == 92) place = spacedOnly(place + 1);
    byte = <u32>load<u8>(place);
    if (!isQuote(byte) && (byte | 32) >= 97 && (byte | 32) <= 122) place++;
    if (isQuote(load<u8>(place)) && isNumberedAround(at, place, from)) found |= ADJACENT;
  }
  place = spaced(at + 1, 200);
  byte = <u32>load<u8>(place);
  if (byte == 43 || byte == 38 || byte == 126 || byte == 46 || byte == 60 || byte == 124) {
    found |= joinedAt(place);
  } else if (byte == 97 && load<u8>(place, 1) == 115) found |= JOINED;
  return found;
}

/** Whether one of the words right before the quote at `left` and right behind the one at `right` holds a digit. */
function isNumberedAround(left: usize, right: usize, from: usize): bool {
  if (!(classOf(right + 1) & WORD)) return false;
  for (let place = right + 1; classOf(place) & WORD && place - right <= 82; place++) {
    if (isDigit(load<u8>(place))) return true;
  }
  for (let place = left - 1; place >= from && classOf(place) & WORD && left - place <= 82; place--) {
    if (isDigit(load<u8>(place))) return true;
  }
  return false;
}

@inline
function isDigit(byte: u32): bool {
  return byte >= 48 && byte <= 57;
}

/** Behind white space, brackets and backslashes. */
@inline
function spaced(place: usize, most: i32): usize {
  for (let step = 0; step < most; step++) {
    const byte = load<u8>(place);
    if (!(classOf(place) & SPACE) && byte != 40 && byte != 41 && byte != 92 && byte != 95) return place;
    place++;
  }
  return place;
}

/** Whether an operator or a method at `place` may have a literal behind it. */
function joinedAt(place: usize): i32 {
  const next = load<u8>(place, 1);
  // `.to_string()`, `.into()` before the operator itself.
  if (load<u8>(place) == 46 && (next == 116 || next == 105)) return JOINED;
  let step = 0;
  while (step < 8) {
    const byte = <u32>load<u8>(place);
    const isOperator = byte == 43 || byte == 38 || byte == 126 || byte == 46 || byte == 60 || byte == 62 || byte == 124;
    if (!isOperator && (byte < 97 || byte > 122) && (byte < 65 || byte > 90)) break;
    place++;
    step++;
  }
  place = spaced(place, 170);
  for (let letter = 0; letter < 3; letter++) {
    const byte = <u32>load<u8>(place);
    if (isQuote(byte)) return JOINED;
    if ((byte | 32) < 97 || (byte | 32) > 122) {
      if (byte != 64 && byte != 36 && byte != 38) return 0;
    }
    place++;
  }
  return 0;
}

/** Whether seven commas stand from here on with little between each two. */
function codesAt(at: usize): i32 {
  let place = at;
  for (let comma = 0; comma < 7; comma++) {
    place++;
    place = spacedOnly(place);
    const byte = <u32>load<u8>(place);
    const isCode = (byte >= 48 && byte <= 57) || byte == 39 || byte == 34 || byte == 98 || byte == 40;
    if (!isCode) return 0;
    if (comma == 6) return CODES;
    let step = 0;
    // A comma may itself be quoted.
    while (step < 40 && (load<u8>(place) != 44 || step < 2)) {
      place++;
      step++;
    }
    if (step == 40) place = spacedOnly(place);
    if (load<u8>(place) != 44) return 0;
  }
  return 0;
}

function spacedOnly(place: usize): usize {
  for (let step = 0; step < 170 && classOf(place) & SPACE; step++) place++;
  return place;
}
