import { keywordlessMatch } from "../pattern/keywordless-match.js";
import { parsePattern } from "../pattern/parse-pattern.js";
import { patternTree } from "../pattern/pattern-tree.js";
import { requiredWords } from "../pattern/required-words.js";
import { type RustPattern, rustPattern } from "../pattern/rust-pattern.js";
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
 * A text that the rule's pattern matches although none of its keywords stands in the match, so that a scan would never
 * look there; of a text that was drawn, its fixed beginning, which may be empty. Null where there is none, and where none
 * was found for a pattern beyond what `parsePattern` takes.
 */
export function keywordGap(rule: Rule): string | null {
  const { source } = rule.pattern;
  if (source === "" || rule.keywords.length === 0) return null;
  const node = parsePattern(source);
  const shortest = node === null ? null : keywordlessMatch(node, rule.keywords);
  if (shortest?.kind === "none") return null;
  const pattern = rustPattern(source);
  // What a look refuses may be matched in a longer way.
  return shortest?.kind === "match" && isMissed(rule, pattern, shortest.text)
    ? shortest.text
    : drawnGap(rule, pattern);
}

function drawnGap(rule: Rule, pattern: RustPattern): string | null {
  const tree = patternTree(pattern.source);
  if (requiredWords(tree, 1)?.every((word) => holdsKeyword(rule, word)) === true) return null;
  for (const [index, template] of matchTemplates(tree).entries()) {
    const made = expandSample(template, `${rule.id}/keywords/${index}`);
    if (isMissed(rule, pattern, made)) return template.split("{{")[0] ?? "";
  }
  return null;
}

/** Whether `pattern` does match `made`, in surroundings of some kind, where a scan for the rule's keywords would not look. */
function isMissed(rule: Rule, pattern: RustPattern, made: string): boolean {
  for (const [before, after] of SURROUNDINGS) {
    const text = before + made + after;
    const { whole } = pattern.matches(text)[0] ?? {};
    if (whole !== undefined) return !holdsKeyword(rule, text.slice(whole.start, whole.end));
  }
  return false;
}

/** Whether one of the rule's keywords stands in `text`, in any case. */
export function holdsKeyword(rule: Rule, text: string): boolean {
  const folded = text.toLowerCase();
  return rule.keywords.some((keyword) => folded.includes(keyword.toLowerCase()));
}
