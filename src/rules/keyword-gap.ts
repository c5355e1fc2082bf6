import { patternTree } from "../pattern/pattern-tree.js";
import { requiredWords } from "../pattern/required-words.js";
import { matchTemplates } from "./made-up-match.js";
import type { Rule } from "./rule.js";
import { expandSample } from "./sample.js";

/** What may stand around a match, for patterns that look beyond it. */
const SURROUNDINGS = [
  ["", ""],
  [" ", " "],
  ['"', '"'],
  ["\n", "\n"],
] as const;

/**
 * The fixed beginning of a text that the rule's pattern matches although none of its keywords stands in the match, so
 * that a scan would never look there (the beginning may be empty). Null where no such text was made up: that is no proof
 * that there is none.
 */
export function keywordGap(rule: Rule): string | null {
  if (rule.pattern.source === "" || rule.keywords.length === 0) return null;
  const tree = patternTree(rule.pattern.source);
  if (requiredWords(tree, 1)?.every((word) => holdsKeyword(rule, word)) === true) return null;
  for (const [index, template] of matchTemplates(tree).entries()) {
    const made = expandSample(template, `${rule.id}/keywords/${index}`);
    for (const [before, after] of SURROUNDINGS) {
      const text = before + made + after;
      const { whole } = rule.pattern.matches(text)[0] ?? {};
      if (whole === undefined) continue;
      if (!holdsKeyword(rule, text.slice(whole.start, whole.end))) return template.split("{{")[0] ?? "";
      break;
    }
  }
  return null;
}

/** Whether one of the rule's keywords stands in `text`, in any case. */
export function holdsKeyword(rule: Rule, text: string): boolean {
  const folded = text.toLowerCase();
  return rule.keywords.some((keyword) => folded.includes(keyword.toLowerCase()));
}
