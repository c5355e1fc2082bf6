import { hash } from "node:crypto";

/** What is known of a content at a path that was read. */
export type Outcome = {
  /** Whether there was text in it to be looked at. */
  readonly read: boolean;
  readonly bytes: number;
  readonly units: number;
  readonly local: boolean;
  readonly public: boolean;
};

/**
 * Contents at paths, each pair of a blob and a path once, by number from 0. A pair is kept as 16 bytes of a keyed
 * hash: no path is held, for a path may hold a secret, and hundreds of thousands of pairs fit in a few megabytes.
 */
export type PairTable = {
  readonly size: () => number;
  /** The pair's number; a pair that is not there is added as not read. */
  readonly add: (blob: string, path: string) => number;
  /** The pair's number, or -1. */
  readonly find: (blob: string, path: string) => number;
  /** What is known of it, or null where it was not read. */
  readonly outcome: (pair: number) => Outcome | null;
  readonly know: (pair: number, outcome: Outcome) => void;
  /** Whether the pair is reached from the tips whose history was read whole. */
  readonly isWhole: (pair: number) => boolean;
  readonly setWhole: (pair: number, whole: boolean) => void;
  /** These pairs as bytes, from which `pairTable` makes a table that numbers them from 0; for this machine only. */
  readonly saved: (kept: readonly number[]) => Buffer;
};

/** Of each pair: its hash, the content's bytes, and flags with the number of units; one column after the other. */
const SAVED = 16 + 8 + 4;

const MOST_UNITS = 0xff_ffff;
const READ = 1 << 24;
const LOCAL = 1 << 25;
const PUBLIC = 1 << 26;
const WHOLE = 1 << 27;
const KNOWN = 1 << 28;

/** A table with what was saved of another; `key` makes its hashes worthless to whoever has not got it. */
export function pairTable(key: Buffer, saved: Buffer = Buffer.alloc(0)): PairTable {
  const prefix = key.toString("hex");
  let size = Math.floor(saved.length / SAVED);
  const room = Math.max(1 << 10, size);
  let words = filled(new Uint32Array(4 * room), saved.subarray(0, 16 * size));
  let bytes = filled(new Float64Array(room), saved.subarray(16 * size, 24 * size));
  let flags = filled(new Uint32Array(room), saved.subarray(24 * size, SAVED * size));
  let slots = new Int32Array(2 << Math.ceil(Math.log2(room)));
  spread();

  /** The slot that holds the pair of this hash, or the free one where it belongs. */
  function slotOf(asked: Uint32Array): number {
    const first = asked[0] as number;
    for (let slot = first & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
      const pair = slots[slot] as number;
      if (pair < 0 || isAt(pair, asked)) return slot;
    }
  }
  function isAt(pair: number, asked: Uint32Array): boolean {
    for (let word = 0; word < 4; word++) {
      if (words[4 * pair + word] !== asked[word]) return false;
    }
    return true;
  }
  function addHash(asked: Uint32Array): number {
    const slot = slotOf(asked);
    const known = slots[slot] as number;
    if (known >= 0) return known;
    if (size === flags.length) grow();
    const pair = size++;
    words.set(asked, 4 * pair);
    slots[slot] = pair;
    if (2 * size > slots.length) {
      slots = new Int32Array(2 * slots.length);
      spread();
    }
    return pair;
  }
  function grow(): void {
    words = copied(words, new Uint32Array(2 * words.length));
    bytes = copied(bytes, new Float64Array(2 * bytes.length));
    flags = copied(flags, new Uint32Array(2 * flags.length));
  }
  function spread(): void {
    slots.fill(-1);
    for (let pair = 0; pair < size; pair++) {
      let slot = (words[4 * pair] as number) & (slots.length - 1);
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = pair;
    }
  }
  /** One for all: what asks for a pair is done with it before the next is asked for. */
  const asked = new Uint32Array(4);
  function hashOf(blob: string, path: string): Uint32Array {
    const bytes = hash("sha256", `${prefix}${blob} ${path}`, "binary");
    for (let word = 0; word < 4; word++) {
      const at = 4 * word;
      asked[word] =
        bytes.charCodeAt(at) |
        (bytes.charCodeAt(at + 1) << 8) |
        (bytes.charCodeAt(at + 2) << 16) |
        (bytes.charCodeAt(at + 3) << 24);
    }
    return asked;
  }
  const flagsAt = (pair: number): number => flags[pair] as number;

  return {
    size: () => size,
    add: (blob, path) => addHash(hashOf(blob, path)),
    find: (blob, path) => slots[slotOf(hashOf(blob, path))] as number,
    outcome(pair) {
      const flag = flagsAt(pair);
      if ((flag & KNOWN) === 0) return null;
      return {
        read: (flag & READ) !== 0,
        bytes: bytes[pair] as number,
        units: flag & MOST_UNITS,
        local: (flag & LOCAL) !== 0,
        public: (flag & PUBLIC) !== 0,
      };
    },
    know(pair, outcome) {
      bytes[pair] = outcome.bytes;
      flags[pair] =
        (flagsAt(pair) & WHOLE) |
        KNOWN |
        Math.min(outcome.units, MOST_UNITS) |
        (outcome.read ? READ : 0) |
        (outcome.local ? LOCAL : 0) |
        (outcome.public ? PUBLIC : 0);
    },
    isWhole: (pair) => (flagsAt(pair) & WHOLE) !== 0,
    setWhole(pair, whole) {
      flags[pair] = whole ? flagsAt(pair) | WHOLE : flagsAt(pair) & ~WHOLE;
    },
    saved(kept) {
      const hashes = new Uint32Array(4 * kept.length);
      for (const [at, pair] of kept.entries()) hashes.set(words.subarray(4 * pair, 4 * pair + 4), 4 * at);
      const sizes = Float64Array.from(kept, (pair) => bytes[pair] as number);
      const rest = Uint32Array.from(kept, flagsAt);
      return Buffer.concat([hashes, sizes, rest].map(({ buffer }) => Buffer.from(buffer)));
    },
  };
}

function filled<Column extends Uint32Array | Float64Array>(column: Column, from: Buffer): Column {
  from.copy(Buffer.from(column.buffer, column.byteOffset, column.byteLength));
  return column;
}

function copied<Column extends Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
