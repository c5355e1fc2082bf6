import { patternTree } from "../pattern/pattern-tree.js";
import { accepts } from "../rules/acceptance.js";
import { matchTemplates } from "../rules/made-up-match.js";
import type { Rule } from "../rules/rule.js";
import { expandSample } from "../rules/sample.js";
import { sampleOf } from "../rules/test-rule.js";
import { blottedLine, blottedPart, preview } from "../scan/blot.js";

/**
 * The rule's first example, or one made up from its pattern, with each secret in it shown as a report shows it; null if
 * none can be made up.
 */
export function exampleOf(rule: Rule): string | null {
  const text =
    rule.examples[0] === undefined ? madeUp(rule) : sampleOf(rule, "examples", 0, rule.examples[0]);
  if (text === null) return null;
  const secrets = rule.pattern
    .matches(text)
    .map((match) => match.secret)
    .filter(({ start, end }) => accepts(rule, text.slice(start, end)));
  const blots = secrets.map((span) => ({ span, shown: preview(rule, text.slice(span.start, span.end)) }));
  const shown = blottedPart(text, { start: 0, end: text.length }, blots, { start: 0, end: 0 }).text;
  return blottedLine(
    shown,
    secrets.map(({ start, end }) => text.slice(start, end)),
  );
}

/** A text that the rule finds something in, for one that brings no example. */
function madeUp(rule: Rule): string | null {
  if (rule.pattern.source === "") return null;
  const texts = matchTemplates(patternTree(rule.pattern.source)).map((template) =>
    expandSample(template, rule.id),
  );
  const found = (text: string): boolean =>
    rule.pattern.matches(text).some(({ secret }) => accepts(rule, text.slice(secret.start, secret.end)));
  return texts.find(found) ?? null;
}
