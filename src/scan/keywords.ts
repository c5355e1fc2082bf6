import type { Rule } from "../rules/rule.js";

/** A keyword of a rule, found in a text. */
export type Hit = { readonly rule: Rule; readonly at: number; readonly length: number };

/** The prefilter: which rules may match at all, and around which places. */
export type Keywords = {
  /** Whether any keyword of any rule stands in the text. */
  readonly any: (text: string) => boolean;
  /** Every place of every keyword, in order of place. */
  readonly hits: (text: string) => readonly Hit[];
};

/**
 * The keywords of `rules`, case-folded as ASCII. One alternation of the shortest beginnings finds every start;
 * longer keywords that share a beginning (`key`, `key_live`) are then told apart at that place.
 */
export function keywordsOf(rules: readonly Rule[]): Keywords {
  const owners = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const keyword of new Set(rule.keywords.map((word) => word.toLowerCase()))) {
      owners.set(keyword, [...(owners.get(keyword) ?? []), rule]);
    }
  }
  const words = [...owners.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const beginnings = new Map<string, string[]>();
  for (const word of words) {
    const beginning = [...beginnings.keys()].find((shorter) => word.startsWith(shorter)) ?? word;
    beginnings.set(beginning, [...(beginnings.get(beginning) ?? []), word]);
  }
  const alternation = [...beginnings.keys()].map(escaped).join("|");
  if (alternation === "") return { any: () => false, hits: () => [] };
  const probe = new RegExp(alternation, "i");

  return {
    any: (text) => probe.test(text),
    hits(text) {
      const starts = new RegExp(alternation, "gi");
      const hits: Hit[] = [];
      for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
        const at = match.index;
        starts.lastIndex = at + 1;
        for (const word of beginnings.get(match[0].toLowerCase()) ?? []) {
          if (text.slice(at, at + word.length).toLowerCase() !== word) continue;
          for (const rule of owners.get(word) ?? []) hits.push({ rule, at, length: word.length });
        }
      }
      return hits;
    },
  };
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
