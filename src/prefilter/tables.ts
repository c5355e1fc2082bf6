import { rarity } from "./rarity.js";
import { type Around, type Sieve, sieveOf } from "./sieve.js";

/**
 * The tables by which WebAssembly finds literals in bytes, as one block of memory. Each literal is looked for by a piece
 * of it, the one that stands in the fewest words: four characters, or all three of a literal of three.
 *
 *     lower    256 bytes: a byte's lower-case form
 *     thirds   for each hash of three bytes, a bit for each fourth one (its lower five bits) with which a piece begins
 *              so; all bits where the piece ends there. A piece is a number, little endian, each byte or-ed with 0x20
 *     threes   a bit for each hash of a piece of three
 *     slots    open addressing by the piece: the piece (4 bytes; 0x20 in the first only if another one was pushed on), its first entry (2), a bit for each hash of the two
 *              bytes behind it (2)
 *     entries  the word's place (3 bytes), by how many bits to shift eight bytes so that what is behind a shorter word is
 *              gone (1), the literal's number (2), how far into it the piece stands (1), 1 if it is the last of its piece
 *              (1), the word's first eight bytes, each or-ed with 0x20 (8)
 *     words    length (1 byte) and characters of each literal
 *     sieve, programs, classes: see `Sieve`
 */
export type Tables = {
  /** How many there are. */
  readonly literals: number;
  readonly block: Uint8Array;
  /** Offsets into the block. */
  readonly at: Readonly<Record<(typeof TABLES)[number], number>>;
};

/** In the order in which they lie in the block, and in which WebAssembly is told of them. */
export const TABLES = [
  "lower",
  "thirds",
  "threes",
  "slots",
  "entries",
  "words",
  "sieve",
  "programs",
  "classes",
] as const;

/** No literal is shorter; a piece is one longer where it can be. */
export const SHORTEST = 3;

/** No literal is longer, in bytes. */
export const LONGEST = 64;

const THREE_BITS = 15;
const SLOT_BITS = 15;
const SLOT_BYTES = 8;
const ENTRY_BYTES = 16;

/**
 * The tables of `literals`: printable ASCII in lower case, each of `SHORTEST` to `LONGEST` characters, at most 65,536.
 * `around` says of the first of them what must stand around each, by owner; `classesBefore` are those of what is written
 * there. Throws `RangeError` for others.
 */
export function tablesOf(
  literals: readonly string[],
  around: readonly (readonly Around[])[] = [],
  classesBefore?: Uint8Array,
): Tables {
  const groups = groupedByPiece(literals);
  if (groups.size > 1 << (SLOT_BITS - 1) || literals.length > 1 << 16) {
    throw new RangeError("more literals than the prefilter's tables hold");
  }
  const sieve = sieveOf(literals.length, around, classesBefore);
  const { end, ...at } = layout(literals, sieve);
  const block = new Uint8Array(end);
  const view = new DataView(block.buffer);
  for (let unit = 0; unit < 256; unit++) block[at.lower + unit] = unit >= 65 && unit <= 90 ? unit + 32 : unit;
  block.set(sieve.sieve, at.sieve);
  block.set(sieve.programs, at.programs);
  block.set(sieve.classes, at.classes);
  const wordAt = writeWords(block, at.words, literals);
  let entry = 0;
  for (const [piece, group] of groups) {
    if (piece < 1 << 24) setBit(block, at.threes, hashOfThree(piece));
    const third = at.thirds + hashOf(piece) * 4;
    view.setUint32(third, view.getUint32(third, true) | fourthsOf(piece), true);
    const slot = freeSlot(view, at.slots, piece);
    view.setUint32(slot, piece & ~0x20, true);
    view.setUint16(slot + 4, entry, true);
    view.setUint16(slot + 6, nextOf(group, literals), true);
    for (const [index, { number, offset }] of group.entries()) {
      const place = at.entries + entry * ENTRY_BYTES;
      const literal = literals[number] ?? "";
      const compared = Math.min(8, literal.length);
      view.setUint32(place, wordAt[number] ?? 0, true);
      view.setUint8(place + 3, 64 - compared * 8);
      view.setUint16(place + 4, number, true);
      view.setUint8(place + 6, offset);
      view.setUint8(place + 7, index === group.length - 1 ? 1 : 0);
      for (let step = 0; step < compared; step++) block[place + 8 + step] = literal.charCodeAt(step) | 0x20;
      entry++;
    }
  }
  return { literals: literals.length, block, at };
}

/** The literals in a block, by their number. */
export function literalsIn({ literals, block, at }: Tables): readonly string[] {
  let place = at.words;
  return Array.from({ length: literals }, () => {
    const start = place + 1;
    place = start + (block[place] ?? 0);
    return Buffer.from(block.buffer, block.byteOffset + start, place - start).toString("latin1");
  });
}

/** The part of a block that is a sieve. */
export function sieveIn({ literals, block, at }: Tables): Sieve {
  return {
    sieve: block.subarray(at.sieve, at.sieve + literals * 4),
    programs: block.subarray(at.programs, at.classes),
    classes: block.subarray(at.classes),
  };
}

function layout(literals: readonly string[], tables: Sieve): Tables["at"] & { readonly end: number } {
  const lower = 0;
  const thirds = lower + 256;
  const threes = thirds + (4 << THREE_BITS);
  const slots = threes + (1 << (THREE_BITS - 3));
  const entries = slots + (SLOT_BYTES << SLOT_BITS);
  const words = entries + literals.length * ENTRY_BYTES;
  const sieve = aligned(words + literals.reduce((sum, literal) => sum + literal.length + 1, 0));
  const programs = sieve + tables.sieve.length;
  const classes = programs + tables.programs.length;
  const end = classes + tables.classes.length;
  return { lower, thirds, threes, slots, entries, words, sieve, programs, classes, end };
}

function aligned(place: number): number {
  return (place + 7) & ~7;
}

/** Each literal's place behind `start`, by its number. */
function writeWords(block: Uint8Array, start: number, literals: readonly string[]): readonly number[] {
  let place = start;
  return literals.map((literal) => {
    const own = place - start;
    block[place] = literal.length;
    for (let at = 0; at < literal.length; at++) block[place + 1 + at] = literal.charCodeAt(at);
    place += literal.length + 1;
    return own;
  });
}

type Piece = { readonly number: number; readonly offset: number };

function groupedByPiece(literals: readonly string[]): ReadonlyMap<number, readonly Piece[]> {
  const groups = new Map<number, Piece[]>();
  for (const [number, literal] of literals.entries()) {
    if (literal.length < SHORTEST || literal.length > LONGEST || !/^[\x20-@[-~]+$/.test(literal)) {
      throw new RangeError(`no literal for the prefilter: ${JSON.stringify(literal)}`);
    }
    const offset = rarestPiece(literal);
    const piece = pieceAt(literal, offset);
    const group = groups.get(piece) ?? [];
    groups.set(piece, group);
    group.push({ number, offset });
  }
  return groups;
}

/** What it is worth that two characters stand behind a piece, in bits: they can be compared, too. */
const NEXT_BITS = 4;

function rarestPiece(literal: string): number {
  const length = Math.min(literal.length, SHORTEST + 1);
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let offset = 0; offset + length <= literal.length; offset++) {
    const own = rarity(literal, offset, length) + (offset + length + 2 <= literal.length ? NEXT_BITS : 0);
    if (own > most) {
      best = offset;
      most = own;
    }
  }
  return best;
}

/** The piece as WebAssembly loads it. */
function pieceAt(literal: string, offset: number): number {
  const length = Math.min(literal.length, SHORTEST + 1);
  let piece = 0;
  for (let at = length - 1; at >= 0; at--) piece = (piece << 8) | literal.charCodeAt(offset + at) | 0x20;
  return piece >>> 0;
}

/** A bit for each byte that may stand behind the first three of `piece`, by its lower five bits. */
function fourthsOf(piece: number): number {
  return piece < 1 << 24 ? 0xffffffff : 1 << (piece >>> 24);
}

function setBit(block: Uint8Array, table: number, bit: number): void {
  block[table + (bit >>> 3)] = (block[table + (bit >>> 3)] ?? 0) | (1 << (bit & 7));
}

/** Of a piece's first three bytes, each multiplied by a number of its own. */
function hashOf(piece: number): number {
  const sum = (piece & 255) * 0x1e37 + ((piece >>> 8) & 255) * 0x2b4d + ((piece >>> 16) & 255) * 0x5eb5;
  return (sum & 0xffff) >>> 1;
}

/** Fibonacci hashing. */
function hashOfThree(piece: number): number {
  return Math.imul(piece, 0x9e3779b1) >>> (32 - THREE_BITS);
}

/** A bit for each two bytes that may stand behind the piece of these. */
function nextOf(group: readonly Piece[], literals: readonly string[]): number {
  return group.reduce((bits, { number, offset }) => {
    const [first, second] = Buffer.from(literals[number]?.slice(offset + 4, offset + 6) ?? "");
    if (first === undefined || second === undefined) return 0xffff;
    return bits | (1 << (((first & 31) * 5 + (second & 31) * 7) & 15));
  }, 0);
}

/** A free slot for a piece; those that it would have had before are told that they pushed it on. */
function freeSlot(view: DataView, slots: number, piece: number): number {
  let slot = Math.imul(piece, 0x85ebca6b) >>> (32 - SLOT_BITS);
  for (;;) {
    const place = slots + slot * SLOT_BYTES;
    const held = view.getUint32(place, true);
    if (held === 0) return place;
    view.setUint32(place, held | 0x20, true);
    slot = (slot + 1) & ((1 << SLOT_BITS) - 1);
  }
}
