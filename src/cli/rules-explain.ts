import { plainJson } from "../report/plain-json.js";
import { visible, visibleLines } from "../report/visible.js";
import { words, wrapped } from "../report/wrap.js";
import type { Rule } from "../rules/rule.js";
import { KIND_WORDS, whyItMatters } from "../rules/worth.js";
import { nearest } from "../toml/nearest.js";
import { type ActiveRules, activeRules, STANDING_WORDS, type Standing, standingOf } from "./active-rules.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import { exampleOf } from "./rule-example.js";
import type { Terminal } from "./terminal.js";

/** A rule and how it came to be what it is; `disabled_by` names the file that switched it off. */
type Explained = { readonly rule: Rule; readonly standing: Standing; readonly disabled_by: string | null };

/**
 * `aura-scan rules explain ID`: what a rule finds, why that matters, where it looks, how to rotate such a secret, and
 * an example. The example's secret is made up and opens nothing, and still only its public prefix and its length are
 * shown, as in every report: other scanners read logs, and what looks like a secret there is somebody's false alarm.
 */
export async function explainRule(id: string, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const here = await activeRules(terminal.cwd);
  const explained = ruleOf(id, here);
  terminal.out(json ? `${plainJson(dataOf(explained), 2)}\n` : textOf(explained, terminal.width));
  return EXIT.allow;
}

function ruleOf(id: string, { ruleSet, defaults }: ActiveRules): Explained {
  const active = ruleSet.rules.find((rule) => rule.id === id);
  if (active !== undefined)
    return { rule: active, standing: standingOf(active, defaults), disabled_by: null };
  const off = ruleSet.disabled.find((rule) => rule.id === id);
  const original = defaults.get(id);
  if (off !== undefined && original !== undefined)
    return { rule: original, standing: "default", disabled_by: off.file };
  if (off !== undefined) throw new UsageError(`rules explain: ${off.file} switches this rule off`);
  const guess = nearest(id, [...ruleSet.rules.map((rule) => rule.id), ...defaults.keys()]);
  const hint = guess === null ? "aura-scan rules list names them all" : `did you mean ${guess}?`;
  throw new UsageError(`rules explain: no rule has this id; ${hint}`);
}

function dataOf({ rule, standing, disabled_by }: Explained) {
  const { id, title, kind, severity, confidence, docs, rotate, origin } = rule;
  return {
    ...{ id, title, kind, severity, confidence, docs, rotate, origin, standing, disabled_by },
    why: whyItMatters(rule),
    looks_at: {
      keywords: rule.keywords,
      paths: rule.paths.map((glob) => glob.source),
      entropy: rule.entropy,
      check: rule.check,
      longest: boundOf(rule),
    },
    part: rule.part,
    partners: rule.partners,
    partner_lines: rule.partners.length === 0 ? null : rule.partnerLines,
    with_partner: rule.withPartner,
    alone: rule.alone,
    example: exampleOf(rule),
  };
}

/** The greatest length of a match in bytes; null for none. */
function boundOf(rule: Rule): number | null {
  const { most } = rule.pattern.extent();
  return Number.isFinite(most) ? most : null;
}

function textOf({ rule, standing, disabled_by }: Explained, width: number): string {
  const origin = `${rule.origin.file}:${rule.origin.line}`;
  const from = standing === "default" ? origin : `${origin} (${STANDING_WORDS[standing]})`;
  const facts: readonly (readonly [name: string, told: string | null])[] = [
    ["finds", `${KIND_WORDS[rule.kind]}, severity ${rule.severity}, confidence ${rule.confidence}`],
    ["why", whyItMatters(rule).join(" ")],
    ["from", from],
    ["state", disabled_by === null ? null : `switched off by ${disabled_by}`],
    ["looks for", lookWords(rule)],
    ["in", rule.paths.length === 0 ? "every file" : rule.paths.map((glob) => glob.source).join(", ")],
    ["checks", checkWords(rule)],
    ["partners", partnerWords(rule)],
    ["documented", rule.docs],
    ["rotate", rule.rotate],
  ];
  const named = facts.flatMap(([name, told]) => (told === null ? [] : [factLines(name, told, width)])).flat();
  const example = exampleOf(rule);
  return `${[
    `${rule.id}: ${visible(rule.title)}`,
    ...named,
    ...(example === null ? [] : [`  ${"example".padEnd(NAME)}(made up)`, ...exampleLines(example)]),
  ].join("\n")}\n`;
}

/** Columns that a fact's name takes. */
const NAME = 12;

function factLines(name: string, told: string, width: number): readonly string[] {
  const indent = NAME + 2;
  const [first = "", ...others] = wrapped(words(visible(told)), Math.max(40, width), indent);
  return [`  ${name.padEnd(NAME)}${first.trimStart()}`, ...others];
}

function exampleLines(example: string): readonly string[] {
  return visibleLines(example).map((line) => `    ${line}`);
}

function lookWords(rule: Rule): string {
  const keywords = rule.keywords.map((keyword) => `"${keyword}"`).join(", ");
  const most = boundOf(rule);
  const slow = most === null ? "; a match has no greatest length, which is slow" : "";
  if (rule.keywords.length === 0) return `the whole text${slow}`;
  return `text that holds ${rule.keywords.length === 1 ? "" : "one of "}${keywords}, in any case${slow}`;
}

function checkWords(rule: Rule): string | null {
  const checks = [
    ...(rule.entropy === null ? [] : [`an entropy of ${rule.entropy} bits a character and more`]),
    ...(rule.check === null ? [] : [`${rule.check}, without any network`]),
    ...(rule.allow.length === 0 ? [] : ["nothing that the rule's allow patterns match"]),
  ];
  return checks.length === 0 ? null : checks.join("; ");
}

function partnerWords(rule: Rule): string | null {
  if (rule.partners.length === 0) return null;
  const near = rule.partnerLines === 0 ? "on the same line" : `within ${rule.partnerLines} lines`;
  return `${rule.partners.join(" or ")}, ${near}: the two make one finding`;
}
