import type { ConfigProblem } from "../toml/config-error.js";
import { isTable, parseToml, type TomlDocument } from "../toml/document.js";
import { nearest } from "../toml/nearest.js";
import { places, type TomlPath } from "../toml/places.js";
import { keywordGap } from "./keyword-gap.js";
import { readRuleFile } from "./read-rules.js";
import type { Rule } from "./rule.js";
import { type RuleFault, testRule } from "./test-rule.js";

/** A fault or a note, at its place in the file. `list` is the key it is about, `index` the entry of that list, from 0. */
export type PlacedFault = ConfigProblem & {
  readonly rule: string;
  readonly list: RuleFault["list"] | "keywords" | "partners" | "pattern";
  readonly index: number | null;
};

/** What the check of one rule file tells: `notes` are worth knowing and no faults. */
export type RuleFileTest = {
  readonly rules: readonly Rule[];
  readonly disabled: readonly string[];
  /** How many examples and counterexamples were run. */
  readonly samples: number;
  readonly faults: readonly PlacedFault[];
  readonly notes: readonly PlacedFault[];
};

/**
 * Checks the rule file `text` and runs its examples. `known` are the rules that stand before it, which its tables may
 * change, switch off or name as partners. Throws `ConfigError` where the file cannot be read as rules at all.
 */
export async function testRuleFile(
  text: string,
  file: string,
  known: ReadonlyMap<string, Rule>,
): Promise<RuleFileTest> {
  const { rules, disabled } = await readRuleFile(text, file, "checked", known);
  const ids = new Set([...known.keys(), ...rules.map((rule) => rule.id)]);
  const faults = rules.flatMap((rule) => faultsOf(rule, ids));
  const notes = rules.flatMap(notesOf);
  const placed = await placedIn(parseToml(text, file));
  return {
    rules,
    disabled,
    samples: rules.reduce((sum, rule) => sum + rule.examples.length + rule.counterexamples.length, 0),
    faults: faults.map(placed).sort(byPlace),
    notes: notes.map(placed).sort(byPlace),
  };
}

type Fault = Pick<PlacedFault, "rule" | "list" | "index" | "message">;

function faultsOf(rule: Rule, ids: ReadonlySet<string>): readonly Fault[] {
  const partners = rule.partners.flatMap((partner, index) => {
    if (ids.has(partner)) return [];
    const guess = nearest(partner, [...ids]);
    const hint = guess === null ? "" : `; did you mean "${guess}"?`;
    const message = `there is no rule "${partner}" to be a partner${hint}`;
    return [{ rule: rule.id, list: "partners" as const, index, message }];
  });
  return [...testRule(rule), ...partners];
}

function notesOf(rule: Rule): readonly Fault[] {
  const noted = (list: Fault["list"], message: string): Fault => ({
    rule: rule.id,
    list,
    index: null,
    message,
  });
  const gap = keywordGap(rule);
  return [
    ...(rule.examples.length > 0 ? [] : [noted("examples", UNSHOWN)]),
    ...(Number.isFinite(rule.pattern.extent().most) ? [] : [noted("pattern", SLOW)]),
    ...(gap === null ? [] : [noted("keywords", gapWords(gap))]),
  ];
}

/**
 * No fault: keywords may narrow a rule on purpose, and its examples say what it must find. What is shown of the text
 * ends with a separator, so that it is a provider's prefix and never a part of a secret that stands in the pattern.
 */
function gapWords(beginning: string): string {
  const shown = /^[^0-9]{1,15}[_.:= -]/.exec(beginning.trimStart())?.[0] ?? "";
  const such = shown === "" ? "" : `, such as one that begins with ${JSON.stringify(shown)}`;
  return `misses: the pattern also matches a text without any of the keywords${such}, and a scan never looks there`;
}

const UNSHOWN = "no examples: nothing shows that the rule finds what it is for";

const SLOW =
  "slow: a match has no greatest length, so the pattern runs over the whole of every text that holds a keyword; {0,200} in place of * or + bounds it";

/** Puts each fault at its place: the entry of the list where it has one, else the list, else the rule's table. */
async function placedIn(document: TomlDocument): Promise<(fault: Fault) => PlacedFault> {
  const placeOf = await places(document.text, document.file);
  const tables = Array.isArray(document.root["rule"]) ? document.root["rule"] : [];
  const indexes = new Map(tables.map((table, index) => [isTable(table) ? table["id"] : null, index]));
  return (fault) => {
    const index = indexes.get(fault.rule) ?? 0;
    const table = tables[index];
    const key = fault.list === "pattern" && isTable(table) && "value" in table ? "value" : fault.list;
    const path: TomlPath = ["rule", index, key, ...(fault.index === null ? [] : [fault.index])];
    return { file: document.file, ...placeOf(path, "value"), ...fault };
  };
}

function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  return a.line - b.line || a.column - b.column;
}
