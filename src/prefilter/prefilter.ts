import { isAscii } from "node:buffer";
import { readFileSync } from "node:fs";
import { LONGEST, TABLES, type Tables, tablesOf } from "./tables.js";

/**
 * What was found, three numbers each: a place, a literal's number, and the owners that it counts for, a bit for each (the
 * last bit for all behind the first 31). In order of place, then of number.
 */
export type Hits = Uint32Array;

/** Numbers of one hit. */
export const HIT = 3;

/** Finds many literals at once in bytes, without regard to case, at about the speed of reading them. */
export type Prefilter = {
  /**
   * Every place of every literal that is switched on, in valid UTF-8; places are UTF-16 units. And the clues: see
   * `wasm/clues.ts`.
   */
  readonly scan: (utf8: Uint8Array) => { readonly hits: Hits; readonly clues: number };
  /**
   * The same for ASCII, looked at from `from` up to `until` only: every place there, and clues of what reaches into it. What
   * stands `LOOKS.behind` before a place, or `LOOKS.ahead` behind it, says nothing of it.
   */
  readonly scanWithin: (
    ascii: Uint8Array,
    from: number,
    until: number,
  ) => { readonly hits: Hits; readonly clues: number };
  /** The places of literals in a text. One with lone surrogates is not looked at around: ask for literals everywhere. */
  readonly scanText: (text: string) => Hits;
  /**
   * How to look for each literal from now on, a byte each: 0 not at all, 1 where what stands around it is as its owners
   * want it, 2 everywhere. Only bytes are looked at around; all are on at first, everywhere.
   */
  readonly enable: (on: Uint8Array) => void;
};

type Exports = {
  readonly memory: WebAssembly.Memory;
  readonly place: (...places: readonly number[]) => void;
  readonly scan: (from: number, until: number, begin: number, end: number, most: number) => number;
  readonly resume: WebAssembly.Global;
  readonly clues: (from: number, end: number) => number;
  readonly narrow: (from: number, length: number, to: number) => number;
  readonly free: () => number;
};

/** So many bytes are looked at in one go: with the tables, they fit a core's own cache. */
const CHUNK = 64 << 10;

/**
 * So much of what comes before is looked at with it: the longest literal and what is looked at around it, and what a clue
 * that ends in it may be begun by, as a literal of 210 characters with its name.
 */
const BEFORE = LONGEST + 256;

/** So much of what comes behind is looked at with it: no clue reaches further. */
const AHEAD = 2048;

/** How far around a place bytes say something of it, in both directions. */
export const LOOKS = { behind: BEFORE, ahead: AHEAD + LONGEST } as const;

/** Hits that one call can tell, and room for what one more place may add. */
const MOST_HITS = 16 << 10;
const SPARE_HITS = 1 << 10;

/** Behind the last byte: what is asked for there is nothing. */
const ZEROS = 256;

/** So much is held for texts that are not ASCII at least. */
const ROOM = 1 << 20;

/** See `Prefilter.enable`. */
export const LOOKED_AROUND = 1;
export const EVERYWHERE = 2;

const NOTHING: Hits = new Uint32Array(0);

let compiled: WebAssembly.Module | null = null;

/** The prefilter of `literals` (see `tablesOf`, whose `RangeError` it throws); its answers number them in this order. */
export function createPrefilter(literals: readonly string[]): Prefilter {
  return prefilterOf(tablesOf(literals));
}

/** The prefilter of tables that were made before. */
export function prefilterOf(tables: Tables): Prefilter {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("../../dist/prefilter.wasm", import.meta.url)));
  const wasm = new WebAssembly.Instance(compiled, {}).exports as unknown as Exports;
  const base = aligned(wasm.free());
  const enabledAt = aligned(base + tables.block.length);
  const inputAt = aligned(enabledAt + tables.literals);
  const outputAt = aligned(inputAt + BEFORE + CHUNK + AHEAD + ZEROS);
  const size = outputAt + (MOST_HITS + SPARE_HITS) * HIT * 4;
  wasm.memory.grow(Math.max(0, Math.ceil(size / 65536) - wasm.memory.buffer.byteLength / 65536));
  const memory = Buffer.from(wasm.memory.buffer);
  memory.set(tables.block, base);
  const places = TABLES.map((name) => base + tables.at[name]);
  wasm.place(...places, enabledAt, inputAt, outputAt);
  memory.fill(EVERYWHERE, enabledAt, enabledAt + tables.literals);
  const hits = new Uint32Array(wasm.memory.buffer, outputAt, (MOST_HITS + SPARE_HITS) * HIT);

  const look = (
    length: number,
    fill: (from: number, until: number) => void,
    wantsClues: boolean,
    first = 0,
    last = length,
  ): { readonly hits: Hits; readonly clues: number } => {
    const parts: Uint32Array[] = [];
    let clues = 0;
    for (let start = first; start < last; start += CHUNK) {
      // Pieces of this chunk may belong to words that reach out of it on both sides.
      const begin = Math.max(0, start - BEFORE);
      const stop = Math.min(start + CHUNK, last);
      const end = Math.min(length, stop + AHEAD);
      fill(begin, end);
      memory.fill(0, inputAt + end - begin, inputAt + end - begin + ZEROS);
      const until = stop - begin;
      let from = start - begin;
      while (from < until) {
        const found = wasm.scan(from, until, 0, end - begin, MOST_HITS);
        if (found > 0) parts.push(moved(hits.slice(0, found * HIT), begin));
        from = found < MOST_HITS ? until : wasm.resume.value;
      }
      if (wantsClues) clues |= wasm.clues(inputAt, inputAt + until);
    }
    return { hits: inOrder(parts), clues };
  };
  let units = Buffer.alloc(0);
  const narrowed = (utf8: Uint8Array): Uint8Array => {
    if (isAscii(utf8)) return utf8;
    if (units.length < utf8.length) units = Buffer.allocUnsafeSlow(Math.max(utf8.length, ROOM));
    let length = 0;
    for (let start = 0; start < utf8.length; start += CHUNK) {
      const part = utf8.subarray(start, start + CHUNK);
      memory.set(part, inputAt);
      const written = wasm.narrow(inputAt, part.length, outputAt);
      units.set(memory.subarray(outputAt, outputAt + written), length);
      length += written;
    }
    return units.subarray(0, length);
  };
  const copier = (bytes: Uint8Array) => (from: number, until: number) => {
    memory.set(until - from === bytes.length ? bytes : bytes.subarray(from, until), inputAt);
  };
  return {
    scan(utf8) {
      const bytes = narrowed(utf8);
      return look(bytes.length, copier(bytes), true);
    },
    scanWithin(ascii, from, until) {
      // A word is told at a piece of it, which may stand behind the last place.
      const last = Math.min(ascii.length, until + LONGEST);
      const fill = (start: number, end: number): void => memory.set(ascii.subarray(start, end), inputAt);
      const { hits, clues } = look(ascii.length, fill, true, from, last);
      return { hits: hitsWithin(hits, from, until), clues };
    },
    scanText(text) {
      if (Buffer.byteLength(text) !== text.length && text.isWellFormed()) {
        const bytes = narrowed(Buffer.from(text));
        return look(bytes.length, copier(bytes), false).hits;
      }
      // A unit above 255 may look like another here, so a place can be wrong.
      const write = (from: number, until: number): void => {
        memory.write(from === 0 && until === text.length ? text : text.slice(from, until), inputAt, "latin1");
      };
      return look(text.length, write, false).hits;
    },
    enable(on) {
      memory.set(on, enabledAt);
    },
  };
}

/** Those at `from` or behind it and before `until`; `hits` are in order of place. */
export function hitsWithin(hits: Hits, from: number, until: number): Hits {
  let start = 0;
  while (start < hits.length && (hits[start] ?? 0) < from) start += HIT;
  let end = hits.length;
  while (end > start && (hits[end - HIT] ?? 0) >= until) end -= HIT;
  return hits.subarray(start, end);
}

function moved(hits: Hits, by: number): Hits {
  if (by > 0) for (let at = 0; at < hits.length; at += HIT) hits[at] = (hits[at] ?? 0) + by;
  return hits;
}

/** Pieces are found in order of place, their words nearly so: each goes back over the few that begin behind it. */
function inOrder(parts: readonly Hits[]): Hits {
  const [only = NOTHING] = parts;
  const hits = parts.length < 2 ? only : new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  if (parts.length > 1) {
    let at = 0;
    for (const part of parts) {
      hits.set(part, at);
      at += part.length;
    }
  }
  for (let at = HIT; at < hits.length; at += HIT) {
    const place = hits[at] ?? 0;
    const literal = hits[at + 1] ?? 0;
    const owners = hits[at + 2] ?? 0;
    let to = at;
    for (; to > 0 && isBehind(hits, to - HIT, place, literal); to -= HIT) hits.copyWithin(to, to - HIT, to);
    if (to === at) continue;
    hits[to] = place;
    hits[to + 1] = literal;
    hits[to + 2] = owners;
  }
  return hits;
}

/** Literals that begin at one place come in the order of their numbers. */
function isBehind(hits: Hits, at: number, place: number, literal: number): boolean {
  const own = hits[at] ?? 0;
  return own > place || (own === place && (hits[at + 1] ?? 0) > literal);
}

function aligned(place: number): number {
  return (place + 15) & ~15;
}
