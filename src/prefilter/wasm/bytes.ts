// AssemblyScript: classes of bytes, for one byte and for sixty-four at once.

// What a byte may be, a bit each.
export const HEXADECIMAL: u32 = 1;
export const SPACE: u32 = 2;
/** Of `[\w+/=-]`. */
export const WORD: u32 = 4;
/** Of base64 and base64url, without the padding. */
export const BASE64: u32 = 8;
export const DIGIT: u32 = 16;
export const LETTER: u32 = 32;
/** Of `[A-Za-z0-9+/]`. */
export const PLAIN: u32 = 64;
/** What may stand at the seam of a token in two literals. */
export const SEAM: u32 = 128;

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const HEXES = "0123456789abcdefABCDEF";
const SPACES = " \t\r\n\v\f";
const SEAMS = "_+/=.:~!@#$%^&*?|\"'`-";

const table = memory.data(256);

function mark(from: string, bit: u32): void {
  for (let at = 0; at < from.length; at++) {
    const place = table + <usize>from.charCodeAt(at);
    store<u8>(place, <u8>(<u32>load<u8>(place) | bit));
  }
}

mark(HEXES, HEXADECIMAL);
mark(SPACES, SPACE);
// A character that is no ASCII may be a space, too.
for (let byte = 128; byte < 256; byte++) store<u8>(table + byte, <u8>SPACE);
mark(LETTERS + DIGITS + "_+/=-", WORD);
mark(LETTERS + DIGITS + "_+/-", BASE64);
mark(DIGITS, DIGIT);
mark(LETTERS, LETTER);
mark(LETTERS + DIGITS + "+/", PLAIN);
mark(LETTERS + DIGITS + SEAMS, SEAM);

@inline
export function is(at: usize, kinds: u32): bool {
  return (<u32>load<u8>(table + <usize>load<u8>(at)) & kinds) != 0;
}

@inline
export function isQuote(byte: u32): bool {
  return byte == 34 || byte == 39 || byte == 96;
}

// For sixty-four: sixteen bytes a class, of which each holds, for the bytes with these lower four bits, a bit for each
// upper three. What is no ASCII is in none.
const rows = memory.data(192, 16);
/** The three places of a group of base64 that tell something (`../../constants/base64.ts`). */
export const FIRSTS: usize = 0;
export const SECONDS: usize = 16;
export const THIRDS: usize = 32;
export const ALL_BASE64: usize = 48;
export const ALL_HEXADECIMAL: usize = 64;
export const QUOTES: usize = 80;
export const ALL_DIGITS: usize = 96;
export const ALL_SPACES: usize = 112;
/** What may stand between a literal and an operator, besides spaces. */
export const BRACKETS: usize = 128;
/** What such an operator begins with; `as`, too. */
export const OPERATORS: usize = 144;
export const ALL_SEAMS: usize = 160;
/** What a character's code begins with. */
export const CODES: usize = 176;

function list(from: string, rowsAt: usize): void {
  for (let at = 0; at < from.length; at++) {
    const unit = <u32>from.charCodeAt(at);
    const place = rows + rowsAt + <usize>(unit & 15);
    store<u8>(place, <u8>(<u32>load<u8>(place) | (1 << (unit >> 4))));
  }
}

list("CDIJKLMNOPQRSTUVWXYZabcdef", FIRSTS);
list("ACDEFGHQSTUVWXgijklmnwyz0123", SECONDS);
list("ABEFIJMNQRUVYZcdghklopstwx014589", THIRDS);
list(LETTERS + DIGITS + "+/_-", ALL_BASE64);
list(HEXES, ALL_HEXADECIMAL);
list("\"'`", QUOTES);
list(DIGITS, ALL_DIGITS);
list(SPACES, ALL_SPACES);
list("()", BRACKETS);
list("+&~.<|a", OPERATORS);
list(LETTERS + DIGITS + SEAMS, ALL_SEAMS);
list(DIGITS + "\"'b(", CODES);

/** How many bytes are looked at in one go. */
export const BLOCK: usize = 64;

/** Of each byte of a block: its lower four bits, then a bit for its upper ones. */
const halves = memory.data(128, 16);

/** Makes the block at `at` the one that `membersOf` tells of. */
@inline
export function take(at: usize): void {
  halve(at, 0);
  halve(at, 16);
  halve(at, 32);
  halve(at, 48);
}

@inline
function halve(at: usize, by: usize): void {
  const bytes = v128.load(at + by);
  const upper = v128.and(i16x8.shr_u(bytes, 4), i8x16.splat(15));
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  v128.store(halves + by, v128.and(bytes, i8x16.splat(15)));
  v128.store(halves + 64 + by, i8x16.swizzle(bits, upper));
}

/** A bit for each byte of the block that is of a class, the first one lowest. */
@inline
export function membersOf(rowsAt: usize): u64 {
  const held = v128.load(rows + rowsAt);
  return ~((strangers(held, 0) | (strangers(held, 16) << 16)) | ((strangers(held, 32) << 32) | (strangers(held, 48) << 48)));
}

@inline
function strangers(held: v128, by: usize): u64 {
  const inClass = v128.and(i8x16.swizzle(held, v128.load(halves + by)), v128.load(halves + 64 + by));
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(inClass, i8x16.splat(0))));
}

/** A bit for each byte of the block at `at` that is this one. */
@inline
export function equalTo(byte: i8, at: usize): u64 {
  const same = i8x16.splat(byte);
  return equals(same, at) | (equals(same, at + 16) << 16) | ((equals(same, at + 32) << 32) | (equals(same, at + 48) << 48));
}

@inline
function equals(same: v128, at: usize): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.eq(v128.load(at), same)));
}

/** A bit for each byte of the block at `at` that is no ASCII. */
@inline
export function wideAt(at: usize): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(v128.load(at))) |
    (<u64>(<u32>i8x16.bitmask(v128.load(at, 16))) << 16) |
    (<u64>(<u32>i8x16.bitmask(v128.load(at, 32))) << 32) |
    (<u64>(<u32>i8x16.bitmask(v128.load(at, 48))) << 48)
  );
}

/** `bits` moved to later places, with what comes over from the block before. */
@inline
export function later(bits: u64, before: u64, by: u64): u64 {
  return (bits << by) | (before >>> (64 - by));
}
