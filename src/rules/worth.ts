import type { Rule, RuleKind, Severity } from "./rule.js";

/** What a rule of this kind finds, for people. */
export const KIND_WORDS: Readonly<Record<RuleKind, string>> = {
  provider: "one provider's own format",
  structure: "a form that many programs share",
  generic: "a value that looks like a secret, given to a name that says so",
};

/** Why it matters that a secret of this severity is seen by others. */
const HARM: Readonly<Record<Severity, string>> = {
  critical: "Whoever reads it can spend money, take over the account or become somebody else.",
  high: "Whoever reads it can act in your name there, and read or change what is kept there.",
  medium: "It opens something limited: one channel, one project, test data, or sending only.",
  low: "It opens little by itself, and tells whoever reads it whose account to try.",
};

/** Why a match of `rule` matters, in sentences. */
export function whyItMatters(rule: Rule): readonly string[] {
  const together =
    rule.withPartner === null || rule.withPartner === rule.severity
      ? []
      : [`With its partner near by it is ${rule.withPartner}: ${uncapitalized(HARM[rule.withPartner])}`];
  if (rule.part) return ["It is no secret, and never told alone: it is one half of a secret that is."];
  return [HARM[rule.severity], ...together, ...SURENESS[rule.confidence], ...alone(rule)];
}

const SURENESS: Readonly<Record<Rule["confidence"], readonly string[]>> = {
  high: [],
  medium: ["Now and then it is something else."],
  low: ["It is often something else: a finding is told and never blocks."],
};

function alone(rule: Rule): readonly string[] {
  if (rule.alone === "nothing") return ["Without its partner near by nothing is told."];
  return rule.alone === "low" ? ["Without its partner near by it is of low confidence."] : [];
}

function uncapitalized(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
