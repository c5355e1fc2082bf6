import { CLUE_WORDS } from "../constants/clues.js";
import type { Near } from "../pattern/rust-pattern.js";
import { EVERYWHERE, HIT, type Hits, LOOKED_AROUND, prefilterOf } from "../prefilter/prefilter.js";
import { pathRules } from "../rules/path-rules.js";
import type { Rule } from "../rules/rule.js";
import { MARKS, type WordTable, wordTable } from "./word-table.js";

/** The prefilter: which rules may match, and around which places. */
export type Keywords = {
  /**
   * The places of the keywords of the rules that look into a file of this path (null: of none), in order of place, with
   * the owners for whom something may stand there.
   */
  readonly hitsIn: (text: string, path: string | null) => Hits;
  /** Every place of every keyword, with all owners. */
  readonly allHitsIn: (text: string, path: string | null) => Hits;
  /** The same and more for bytes that are valid UTF-8. */
  readonly signsIn: (bytes: Uint8Array, path: string | null) => Signs;
  /** The same for ASCII of what stands from `from` up to `until`: see `Prefilter.scanWithin`. */
  readonly signsWithin: (bytes: Uint8Array, path: string | null, from: number, until: number) => Signs;
  /** The rules that own the keyword of this number, are among these `owners` of it (see `Hits`) and look into such a file. */
  readonly owners: (keyword: number, owners: number, path: string | null) => readonly Tried[];
  readonly lengthOf: (keyword: number) => number;
  /** Rules without a keyword that look through the whole of a file of this path. */
  readonly always: (path: string | null) => readonly Tried[];
};

/** What bytes tell before they become a text. */
export type Signs = {
  readonly hits: Hits;
  /** Of built strings: see `CLUE`. */
  readonly clues: number;
  /** Whether `@aura-`, which markers begin with, or an allowing comment's word stands there. */
  readonly marked: boolean;
};

/** A rule as a scan tries it; what is costly to know is found out at its first hit. */
export type Tried = {
  readonly rule: Rule;
  /** Its place among all rules: of two that find the same, the first counts. */
  readonly place: number;
  /** Whether it looks into files of any path. */
  readonly everywhere: boolean;
  /** The greatest length of a match. */
  readonly reach: () => number;
  /** See `RustPattern.near`. */
  readonly near: () => Near | null;
};

/** The keywords of `rules`; `table` is theirs, where it is at hand. */
export function keywordsOf(rules: readonly Rule[], table: WordTable = wordTable(rules)): Keywords {
  const prefilter = prefilterOf(table.tables);
  const paths = pathRules(rules, table.paths);
  const into = (path: string | null): ReadonlySet<Rule> => (path === null ? NONE : paths.into(path));
  const ownersOf = ownersIn(rules, table);
  const enable = enabler(table, ownersOf, prefilter.enable);
  const always = [...table.always].map((index) => triedAt(rules, index, table));
  const allHitsIn = (text: string, path: string | null): Hits => {
    enable(into(path), EVERYWHERE);
    return sorted(prefilter.scanText(text), 0, table.keywords).hits;
  };
  return {
    hitsIn(text, path) {
      if (!text.isWellFormed()) return allHitsIn(text, path);
      enable(into(path), LOOKED_AROUND);
      return sorted(prefilter.scanText(text), 0, table.keywords).hits;
    },
    allHitsIn,
    signsIn(bytes, path) {
      enable(into(path), LOOKED_AROUND);
      const { hits, clues } = prefilter.scan(bytes);
      return sorted(hits, clues, table.keywords);
    },
    signsWithin(bytes, path, from, until) {
      enable(into(path), LOOKED_AROUND);
      const { hits, clues } = prefilter.scanWithin(bytes, from, until);
      return sorted(hits, clues, table.keywords);
    },
    owners(keyword, among, path) {
      const owners = ownersOf(keyword);
      return among === ALL_OWNERS && owners.every((owner) => owner.everywhere)
        ? owners
        : owners.filter((owner, at) => isAmong(among, at) && looksInto(owner, into(path)));
    },
    lengthOf: (keyword) => table.lengths[keyword] ?? 0,
    always: (path) => always.filter((tried) => looksInto(tried, into(path))),
  };
}

const NONE: ReadonlySet<Rule> = new Set();

const ALL_OWNERS = 0xffffffff;

function isAmong(owners: number, at: number): boolean {
  return ((owners >>> Math.min(at, 31)) & 1) === 1;
}

function looksInto({ rule, everywhere }: Tried, ofPath: ReadonlySet<Rule>): boolean {
  return everywhere || ofPath.has(rule);
}

/** The owners of each keyword, made when it is first seen. */
function ownersIn(rules: readonly Rule[], table: WordTable): (keyword: number) => readonly Tried[] {
  const { owners, ends } = table;
  const tried: (Tried | undefined)[] = [];
  const known: (readonly Tried[] | undefined)[] = [];
  return (keyword) => {
    const before = known[keyword];
    if (before !== undefined) return before;
    const made: Tried[] = [];
    for (let at = keyword === 0 ? 0 : (ends[keyword - 1] ?? 0); at < (ends[keyword] ?? 0); at++) {
      const index = owners[at] ?? 0;
      const one = tried[index] ?? triedAt(rules, index, table);
      tried[index] = one;
      made.push(one);
    }
    known[keyword] = made;
    return made;
  };
}

/** Takes the hits of words that are no keywords out, for what they tell. */
function sorted(hits: Hits, seen: number, keywords: number): Signs {
  let clues = seen;
  let marked = false;
  let kept = 0;
  for (let at = 0; at < hits.length; at += HIT) {
    const number = hits[at + 1] ?? 0;
    if (number >= keywords) {
      clues |= CLUES[number - keywords - MARKS.length] ?? 0;
      marked ||= number < keywords + MARKS.length;
      continue;
    }
    hits.copyWithin(kept, at, at + HIT);
    kept += HIT;
  }
  return { hits: hits.subarray(0, kept), clues, marked };
}

const CLUES: readonly number[] = [...CLUE_WORDS.values()];

/** How keywords count: everywhere, or where what stands around them fits. */
type How = typeof EVERYWHERE | typeof LOOKED_AROUND;

/**
 * Switches the keywords of the path rules in a set on and those of all others off; the words that are no keywords are
 * always on. `how` is for the keywords of all other rules: where a rule with paths looks, nobody looks around.
 */
function enabler(
  { tables, byPath }: WordTable,
  ownersOf: (keyword: number) => readonly Tried[],
  enable: (on: Uint8Array) => void,
): (ofPath: ReadonlySet<Rule>, how: How) => void {
  // Off without a path.
  const bound = byPath.filter((keyword) => !ownersOf(keyword).some((owner) => owner.everywhere));
  const made = (ofPath: ReadonlySet<Rule>, how: How): Uint8Array => {
    const on = new Uint8Array(tables.literals).fill(how);
    for (const keyword of bound) on[keyword] = 0;
    for (const keyword of ofPath.size > 0 ? byPath : []) {
      if (ownersOf(keyword).some(({ rule }) => ofPath.has(rule))) on[keyword] = EVERYWHERE;
    }
    return on;
  };
  const known = {
    [EVERYWHERE]: new Map<ReadonlySet<Rule>, Uint8Array>(),
    [LOOKED_AROUND]: new Map<ReadonlySet<Rule>, Uint8Array>(),
  } as const;
  let last: Uint8Array | null = null;
  return (ofPath, how) => {
    const on = known[how].get(ofPath) ?? made(ofPath, how);
    known[how].set(ofPath, on);
    if (on !== last) enable(on);
    last = on;
  };
}

function triedAt(rules: readonly Rule[], index: number, { everywhere }: WordTable): Tried {
  const rule = rules[index];
  if (rule === undefined)
    throw new RangeError(`a table of other rules: there is none of the number ${index}`);
  let near: Near | null | undefined;
  let reach: number | undefined;
  return {
    rule,
    place: index,
    everywhere: everywhere[index] === 1,
    reach() {
      reach ??= rule.pattern.extent().most;
      return reach;
    },
    near() {
      if (near === undefined) {
        near = rule.pattern.near?.(rule.keywords.map((keyword) => keyword.toLowerCase())) ?? null;
      }
      return near;
    },
  };
}
