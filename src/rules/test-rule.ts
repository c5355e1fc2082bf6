import type { PatternMatch } from "../pattern/rust-pattern.js";
import { accepts } from "./acceptance.js";
import { holdsKeyword } from "./keyword-gap.js";
import type { Rule } from "./rule.js";
import { expandSample } from "./sample.js";

/** An example of a rule that does not do what it is there for. */
export type RuleFault = {
  readonly rule: string;
  readonly list: "examples" | "counterexamples";
  /** From 0. */
  readonly index: number;
  readonly message: string;
};

/** Runs the rule's own examples and counterexamples: no fault means that the rule does what its author meant. */
export function testRule(rule: Rule): readonly RuleFault[] {
  const examples = rule.examples.flatMap((template, index) => {
    const message = faultOfExample(rule, sampleOf(rule, "examples", index, template));
    return message === null ? [] : [{ rule: rule.id, list: "examples" as const, index, message }];
  });
  const counterexamples = rule.counterexamples.flatMap((template, index) => {
    const text = sampleOf(rule, "counterexamples", index, template);
    if (!rule.pattern.matches(text).some((match) => accepts(rule, secretOf(text, match)))) return [];
    const message = "the rule finds a secret in this counterexample";
    return [{ rule: rule.id, list: "counterexamples" as const, index, message }];
  });
  return [...examples, ...counterexamples];
}

/** The text of one of the rule's templates, always the same. */
export function sampleOf(
  rule: Rule,
  list: "examples" | "counterexamples",
  index: number,
  template: string,
): string {
  return expandSample(template, `${rule.id}/${list}/${index}`);
}

function faultOfExample(rule: Rule, text: string): string | null {
  const matches = rule.pattern.matches(text);
  if (matches.length === 0) return "the pattern does not match this example";
  const accepted = matches.filter((match) => accepts(rule, secretOf(text, match)));
  if (accepted.length === 0) {
    return "the pattern matches this example, but the secret is refused (entropy, allow or a dummy)";
  }
  // A rule without keywords looks through the whole of the files that its paths name.
  if (rule.keywords.length === 0) return null;
  const found = accepted.some((match) => holdsKeyword(rule, text.slice(match.whole.start, match.whole.end)));
  return found ? null : "no keyword of the rule stands in the match: a scan would not look there";
}

function secretOf(text: string, match: PatternMatch): string {
  return text.slice(match.secret.start, match.secret.end);
}
