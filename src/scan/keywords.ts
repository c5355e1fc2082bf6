import type { Rule } from "../rules/rule.js";

/** The prefilter: which rules may match, and around which places. */
export type Keywords = {
  /** Tells every place of every keyword with each rule that owns it, in order of place. */
  readonly visit: (text: string, visitor: (rule: Rule, at: number, length: number) => void) => void;
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
  if (alternation === "") return { visit: () => undefined };
  // What a beginning may grow into, under every spelling that was met: folding each hit anew would cost more than all else.
  const spellings = new Map<string, readonly string[]>();

  return {
    visit(text, visitor) {
      const starts = new RegExp(alternation, "gi");
      for (let match = starts.exec(text); match !== null; match = starts.exec(text)) {
        const at = match.index;
        const [spelt] = match;
        starts.lastIndex = at + 1;
        const candidates = spellings.get(spelt) ?? beginnings.get(spelt.toLowerCase()) ?? [];
        spellings.set(spelt, candidates);
        for (const word of candidates) {
          if (word.length > spelt.length && text.slice(at, at + word.length).toLowerCase() !== word) continue;
          for (const rule of owners.get(word) ?? []) visitor(rule, at, word.length);
        }
      }
    },
  };
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
