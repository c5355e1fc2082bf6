import { createRequire } from "node:module";
import type { Hir, RRegex } from "rregex";
import type { Span } from "../text/lines.js";
import { type Extent, extentOf } from "./extent.js";
import type { Around } from "./shape.js";

/**
 * A match in UTF-16 offsets: the whole of it, and the first group named `secret`, `secret2`, `secret3`, … that
 * took part (the whole where there is none).
 */
export type PatternMatch = { readonly whole: Span; readonly secret: Span };

/** A pattern in Rust regex syntax: matched in linear time by the Rust `regex` crate, compiled when first used. */
export type RustPattern = {
  readonly source: string;
  /** All matches from left to right, not overlapping, as Rust's `captures_iter` finds them. */
  readonly matches: (text: string) => readonly PatternMatch[];
  readonly test: (text: string) => boolean;
  /** Least and greatest length of a match in UTF-8 bytes (never less than in UTF-16 units), read from the parsed pattern. */
  readonly extent: () => Extent;
  /** A quicker way for who knows where `literals` stand, of which every match holds one; null or absent: there is none. */
  readonly near?: (literals: readonly string[]) => Near | null;
  /** What stands around each of `literals`, of which every match holds one, in ASCII text; absent: anything may. */
  readonly around?: (literals: readonly string[]) => readonly Around[];
};

/**
 * The pattern's matches in a text, found from `places`: all those, in ascending order, at which one of the literals stands,
 * in any case.
 */
export type Near = {
  readonly at: (text: string, places: readonly number[]) => readonly PatternMatch[];
};

/** A pattern that the Rust `regex` crate refuses. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  /** UTF-16 offset of the fault in the pattern, where the crate tells one. */
  readonly offset: number | null;
  constructor(message: string, offset: number | null) {
    super(message);
    this.offset = offset;
  }
}

const nodeRequire = createRequire(import.meta.url);

/** A compiled pattern and the names of its `secret` groups. */
type Compiled = { readonly regex: RRegex; readonly groups: readonly string[] };

/** The pattern `source`, not yet compiled: a fault in it is thrown as `PatternError` at first use. See `checkPattern`. */
export function rustPattern(source: string): RustPattern {
  let extent: Extent | null = null;
  const ready = (): Compiled => compiledOnce(source);
  return {
    source,
    test: (text) => ready().regex.isMatch(text),
    matches(text) {
      const { regex, groups } = ready();
      const bytes = byteOffsets(text);
      if (groups.length === 0) {
        return regex.findAll(text).map((match) => {
          const whole = { start: bytes(match.start), end: bytes(match.end) };
          return { whole, secret: whole };
        });
      }
      return regex.capturesAll(text).map((captures) => {
        const all = captures.get[0] ?? { start: 0, end: 0 };
        const group = groups.map((name) => captures.name[name]).find((part) => part !== undefined) ?? all;
        // Offsets are asked for from left to right, as the converter wants them.
        const wholeStart = bytes(all.start);
        const secretStart = bytes(group.start);
        const secretEnd = bytes(group.end);
        return {
          whole: { start: wholeStart, end: bytes(all.end) },
          secret: { start: secretStart, end: secretEnd },
        };
      });
    },
    extent() {
      extent ??= extentOf(ready().regex.syntax());
      return extent;
    },
  };
}

/** The pattern `source`, compiled now. Throws `PatternError`. */
export function checkPattern(source: string): RustPattern {
  const pattern = rustPattern(source);
  pattern.test("");
  return pattern;
}

/** What the crate's parser makes of the pattern `source`. Throws `PatternError`. See `patternTree`. */
export function syntaxOf(source: string): Hir {
  return compiledOnce(source).regex.syntax();
}

/**
 * The crate lives in WebAssembly memory, which never shrinks, and gives back little of what a freed pattern held: beyond
 * this many bytes it is left behind as a whole, with all its patterns, and loaded anew.
 */
const MOST_MEMORY = 64 << 20;

type Crate = typeof import("rregex") & {
  readonly __wasm: { readonly memory: { readonly buffer: ArrayBuffer } };
};

let crate: Crate | null = null;
let mayCompile = true;

/** From now on a pattern that only the crate can match throws: for a thread that leaves such texts to another. */
export function withoutCrate(): void {
  mayCompile = false;
}
const compiled = new Map<string, Compiled>();

function compiledOnce(source: string): Compiled {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (!mayCompile) throw new Error("left to the thread that holds the crate");
  const made = compile(source, roomyCrate());
  compiled.set(source, made);
  return made;
}

/** The crate, loaded by the first pattern that is compiled: most commits need none. */
function roomyCrate(): Crate {
  if (crate !== null && crate.__wasm.memory.buffer.byteLength > MOST_MEMORY) {
    compiled.clear();
    forget(nodeRequire.resolve("rregex"));
    crate = null;
  }
  crate ??= nodeRequire("rregex") as Crate;
  return crate;
}

/** Lets go of a loaded module: Node holds it in two places. */
function forget(id: string): void {
  const loaded = nodeRequire.cache[id];
  delete nodeRequire.cache[id];
  const siblings = loaded?.parent?.children ?? [];
  const at = loaded === undefined ? -1 : siblings.indexOf(loaded);
  if (at >= 0) siblings.splice(at, 1);
}

function compile(source: string, { RRegex }: Crate): Compiled {
  try {
    const regex = new RRegex(source);
    const groups = regex
      .captureNames()
      .filter((name): name is string => name !== null && /^secret\d*$/.test(name));
    return { regex, groups };
  } catch (error) {
    throw patternError(String(error), source);
  }
}

/**
 * The crate's message reads
 *     regex parse error:
 *         a(?=b)
 *          ^^^
 *     error: look-around, including look-ahead and look-behind, is not supported
 * where the carets count characters; under a duplicate name they stand twice, and the second is the fault.
 * A pattern of several lines has its lines numbered, and no place can be told.
 */
function patternError(message: string, source: string): PatternError {
  const lines = message.split("\n");
  const reason = lines.find((line) => line.startsWith("error: "))?.slice("error: ".length);
  const text = reason ?? lines.filter((line) => line.trim() !== "").at(-1) ?? message;
  const before = lines
    .find((line) => /^ {4,}\^[\^ ]*$/.test(line))
    ?.slice(4)
    .replace(/\^+$/, "").length;
  const offset = before === undefined ? null : [...source].slice(0, before).join("").length;
  return new PatternError(text.replace(/^Error: /, ""), offset);
}

/** Turns UTF-8 byte offsets of `text` into UTF-16 offsets; offsets must be asked for in ascending order. */
function byteOffsets(text: string): (byteOffset: number) => number {
  let at = 0;
  let bytes = 0;
  return (wanted) => {
    if (wanted < bytes) {
      at = 0;
      bytes = 0;
    }
    while (bytes < wanted && at < text.length) {
      const unit = text.charCodeAt(at);
      const pair = unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1));
      bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : pair ? 4 : 3;
      at += pair ? 2 : 1;
    }
    return at;
  };
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
