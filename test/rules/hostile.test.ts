import { describe, expect, it } from "vitest";
import { loadRuleSet } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";
import { sampleOf } from "../../src/rules/test-rule.js";
import { createEngine } from "../../src/scan/engine.js";
import { secretsIn } from "../../src/scan/secrets-in.js";
import { DEFAULTS } from "../../src/settings/defaults.js";

const ruleSet = await loadRuleSet([]);
const engine = createEngine(DEFAULTS, ruleSet);
const withKeywords = ruleSet.rules.filter((rule) => rule.keywords.length > 0);

/** Texts that look like a match nearly everywhere, and nowhere are one. */
const ATTACKS: Readonly<Record<string, (rule: Rule) => string>> = {
  "a keyword again and again": (rule) => rule.keywords[0] ?? "",
  "a keyword and a long run": (rule) => `${rule.keywords[0] ?? ""}${"a1-".repeat(60)}`,
  "a sample's beginning": (rule) => sample(rule).slice(0, Math.ceil(sample(rule).length / 2)),
};

function sample(rule: Rule): string {
  return sampleOf(rule, "examples", 0, rule.examples[0] ?? "");
}

/** Milliseconds of processor time that a scan takes for `size` characters of the attack on `rule`. */
function cost(rule: Rule, piece: string, size: number): number {
  const text = piece.repeat(Math.ceil(size / Math.max(1, piece.length))).slice(0, size);
  const before = process.cpuUsage();
  secretsIn(text, engine.keywords, pathOf(rule));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A path that the rule looks into, where it names some plainly. */
function pathOf(rule: Rule): string | null {
  const source = rule.paths[0]?.source;
  return source === undefined ? null : source.replace(/^\*\*\//, "").replaceAll("*", "x");
}

const SMALL = 1_000;
const LARGE = 16_000;
const HUGE = 128_000;

/** So much more than the text may the time grow: what runs beside the test is no fault of a rule. */
const GROWTH = 3;

describe("no rule takes more than linear time", () => {
  it.each(Object.keys(ATTACKS))(
    "for %s",
    (name) => {
      const attack = ATTACKS[name];
      const slow: string[] = [];
      for (const rule of withKeywords) {
        const piece = attack?.(rule) ?? "";
        const [small, large] = [Math.max(1, cost(rule, piece, SMALL)), cost(rule, piece, LARGE)];
        if (large <= (small * LARGE * GROWTH) / SMALL) continue;
        const [again, huge] = [cost(rule, piece, LARGE), cost(rule, piece, HUGE)];
        if (huge > (again * HUGE * GROWTH) / LARGE) slow.push(`${rule.id}: ${again} ms, then ${huge} ms`);
      }
      expect(slow).toEqual([]);
    },
    300_000,
  );
});
