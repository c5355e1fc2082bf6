import { MARK } from "../allow/directive.js";
import { CLUE_WORDS } from "../constants/clues.js";
import type { Near } from "../pattern/rust-pattern.js";
import { createPrefilter, type Hits } from "../prefilter/prefilter.js";
import { pathRules } from "../rules/path-rules.js";
import type { Rule } from "../rules/rule.js";

/** The prefilter: which rules may match, and around which places. */
export type Keywords = {
  /** Every place of every keyword of the rules that look into a file of this path (null: of none), in order of place. */
  readonly hitsIn: (text: string, path: string | null) => Hits;
  /** The same and more for bytes that are ASCII. */
  readonly signsIn: (bytes: Uint8Array, path: string | null) => Signs;
  /** The rules that own the keyword of this number and look into such a file. */
  readonly owners: (keyword: number, path: string | null) => readonly Tried[];
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
  /** The greatest length of a match. */
  readonly reach: () => number;
  /** See `RustPattern.near`. */
  readonly near: () => Near | null;
};

/** A keyword, folded, with the rules that own it. */
type Keyword = { readonly folded: string; readonly owners: readonly Tried[]; readonly byPath: boolean };

/** The keywords of `rules`, case-folded as ASCII. */
export function keywordsOf(rules: readonly Rule[]): Keywords {
  const tried = rules.map(triedOf);
  const words = wordsOf(tried);
  const clueWords = [...CLUE_WORDS];
  const prefilter = createPrefilter([
    ...words.map((word) => word.folded),
    ...MARKS,
    ...clueWords.map(([word]) => word),
  ]);
  const clueOf = (number: number): number => clueWords[number - words.length - MARKS.length]?.[1] ?? 0;
  const paths = pathRules(rules);
  const into = (path: string | null): ReadonlySet<Rule> => (path === null ? NONE : paths.into(path));
  const enable = enabler(words, MARKS.length + clueWords.length, prefilter.enable);
  const always = tried.filter(({ rule }) => rule.keywords.length === 0);
  return {
    hitsIn(text, path) {
      enable(into(path), false);
      return prefilter.scanText(text);
    },
    signsIn(bytes, path) {
      enable(into(path), true);
      const { hits, clues } = prefilter.scan(bytes);
      return sorted(hits, clues, words.length, clueOf);
    },
    owners(keyword, path) {
      const word = words[keyword];
      if (word === undefined) return [];
      return word.byPath ? word.owners.filter(({ rule }) => looksInto(rule, into(path))) : word.owners;
    },
    lengthOf: (keyword) => words[keyword]?.folded.length ?? 0,
    always: (path) => always.filter(({ rule }) => looksInto(rule, into(path))),
  };
}

const NONE: ReadonlySet<Rule> = new Set();

function looksInto(rule: Rule, ofPath: ReadonlySet<Rule>): boolean {
  return rule.paths.length === 0 || ofPath.has(rule);
}

/** Takes the hits of words that are no keywords out, for what they tell. */
function sorted(hits: Hits, seen: number, keywords: number, clueOf: (number: number) => number): Signs {
  let clues = seen;
  let marked = false;
  let kept = 0;
  for (let pair = 0; pair < hits.length; pair += 2) {
    const number = hits[pair + 1] ?? 0;
    if (number >= keywords) {
      clues |= clueOf(number);
      marked ||= number < keywords + MARKS.length;
      continue;
    }
    hits[kept++] = hits[pair] ?? 0;
    hits[kept++] = number;
  }
  return { hits: hits.subarray(0, kept), clues, marked };
}

const MARKS = ["@aura-", MARK.toLowerCase()];

/**
 * Switches the keywords of the path rules in a set on and those of all others off, and the words that are no keywords
 * as `others` says.
 */
function enabler(
  words: readonly Keyword[],
  others: number,
  enable: (on: Uint8Array) => void,
): (ofPath: ReadonlySet<Rule>, withOthers: boolean) => void {
  const made = (ofPath: ReadonlySet<Rule>, withOthers: boolean): Uint8Array => {
    const on = new Uint8Array(words.length + others).fill(withOthers ? 1 : 0);
    for (const [number, { owners }] of words.entries()) {
      on[number] = owners.some(({ rule }) => looksInto(rule, ofPath)) ? 1 : 0;
    }
    return on;
  };
  const known = [new Map<ReadonlySet<Rule>, Uint8Array>(), new Map<ReadonlySet<Rule>, Uint8Array>()] as const;
  let last: Uint8Array | null = null;
  return (ofPath, withOthers) => {
    const switches = known[withOthers ? 1 : 0];
    const on = switches.get(ofPath) ?? made(ofPath, withOthers);
    switches.set(ofPath, on);
    if (on !== last) enable(on);
    last = on;
  };
}

function triedOf(rule: Rule): Tried {
  let near: Near | null | undefined;
  let reach: number | undefined;
  return {
    rule,
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

/** Shorter ones first, so that windows around them grow and do not start anew. */
function wordsOf(tried: readonly Tried[]): readonly Keyword[] {
  const owners = new Map<string, Tried[]>();
  for (const one of tried) {
    for (const keyword of new Set(one.rule.keywords.map((word) => word.toLowerCase()))) {
      const known = owners.get(keyword) ?? [];
      owners.set(keyword, known);
      known.push(one);
    }
  }
  return [...owners]
    .map(([folded, owning]) => ({
      folded,
      owners: owning,
      byPath: owning.some(({ rule }) => rule.paths.length > 0),
    }))
    .sort((a, b) => a.folded.length - b.folded.length || (a.folded < b.folded ? -1 : 1));
}
