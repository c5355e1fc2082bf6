import type { Rule } from "../rules/rule.js";

/** The prefilter: which rules may match, and around which places. */
export type Keywords = {
  /** Tells every place of every keyword, in order of place. */
  readonly visit: (text: string, visitor: (keyword: Keyword, at: number) => void) => void;
  /** Rules without a keyword: each looks through the whole of the files that its paths name. */
  readonly always: readonly Rule[];
};

/** A keyword, folded, with the rules that own it. */
export type Keyword = { readonly folded: string; readonly rules: readonly Rule[] };

/** Six bits a character. */
const BITS = 6;

/** No keyword is shorter (`read-rules.ts`). */
const SHORTEST = 3;

/** Four characters tell the longer ones, hashed into this many bits. */
const HASH_BITS = 18;

/**
 * The keywords of `rules`, case-folded as ASCII. Two tables of all beginnings, of three characters for the keywords of
 * three and of four for the others, say at each place whether one may begin there: a text without one costs a look at
 * each of its characters, however many keywords there are.
 */
export function keywordsOf(rules: readonly Rule[]): Keywords {
  const buckets = new Map<number, Keyword[]>();
  const short = new Uint8Array(1 << (SHORTEST * BITS));
  const long = new Uint8Array(1 << HASH_BITS);
  for (const word of wordsOf(rules)) {
    const three = codeAt(word.folded, SHORTEST);
    const four = codeAt(word.folded, SHORTEST + 1);
    if (word.folded.length === SHORTEST) short[three] = 1;
    else long[hashOf(four)] = 1;
    buckets.set(three, [...(buckets.get(three) ?? []), word]);
  }
  return {
    always: rules.filter((rule) => rule.keywords.length === 0),
    visit(text, visitor) {
      const last = text.length - SHORTEST;
      let four = codeAt(text, SHORTEST);
      for (let at = 0; at <= last; at++) {
        const three = four & (short.length - 1);
        // Behind the text's end stands a character that no keyword holds.
        four = (three << BITS) | codeOf(text.charCodeAt(at + SHORTEST));
        if (short[three] === 0 && long[hashOf(four)] === 0) continue;
        for (const word of buckets.get(three) ?? []) if (standsAt(text, at, word.folded)) visitor(word, at);
      }
    },
  };
}

/** Fibonacci hashing. */
function hashOf(code: number): number {
  return Math.imul(code, 0x9e3779b1) >>> (32 - HASH_BITS);
}

/** Shorter ones first, so that windows around them grow and do not start anew. */
function wordsOf(rules: readonly Rule[]): readonly Keyword[] {
  const owners = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const keyword of new Set(rule.keywords.map((word) => word.toLowerCase()))) {
      const known = owners.get(keyword) ?? [];
      owners.set(keyword, known);
      known.push(rule);
    }
  }
  return [...owners]
    .map(([folded, owning]) => ({ folded, rules: owning }))
    .sort((a, b) => a.folded.length - b.folded.length || (a.folded < b.folded ? -1 : 1));
}

/** A character's lower-case form, and its six bits: different for letters and digits, shared by some marks. */
const LOWER = Uint8Array.from({ length: 128 }, (_, unit) => (unit >= 65 && unit <= 90 ? unit + 32 : unit));
const CODES = Uint8Array.from({ length: 128 }, (_, unit) => {
  const lower = LOWER[unit] ?? 0;
  if (lower >= 97 && lower <= 122) return lower - 96;
  if (lower >= 48 && lower <= 57) return lower - 48 + 27;
  return 37 + (lower % 27);
});

function codeOf(unit: number): number {
  return unit < 128 ? (CODES[unit] ?? 0) : 0;
}

/** The bits of the first `length` characters. */
function codeAt(text: string, length: number): number {
  let code = 0;
  for (let at = 0; at < length; at++) code = (code << BITS) | codeOf(text.charCodeAt(at));
  return code;
}

function standsAt(text: string, at: number, folded: string): boolean {
  if (at + folded.length > text.length) return false;
  for (let step = 0; step < folded.length; step++) {
    const unit = text.charCodeAt(at + step);
    if (unit >= 128 || LOWER[unit] !== folded.charCodeAt(step)) return false;
  }
  return true;
}
