import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backOf } from "../../src/pattern/literal-heads.js";
import { parsePattern } from "../../src/pattern/parse-pattern.js";
import { rulePattern } from "../../src/pattern/rule-pattern.js";
import { defaultContents } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";
import { sampleOf } from "../../src/rules/test-rule.js";

function back(source: string, literals: readonly string[]) {
  const node = parsePattern(source);
  return node === null ? null : backOf(node, literals);
}

describe("how far before a keyword a match begins", () => {
  it.each([
    ["ghp_[a-z]{4}", ["ghp_"], { least: 0, most: 0, heads: [[0]] }],
    ["\\bghp_[a-z]{4}", ["ghp_"], { least: 0, most: 0, heads: [[0]] }],
    ["(?:^|[^a-z])ghp_[a-z]{4}", ["ghp_"], { least: 0, most: 1, heads: [[1]] }],
    ["(?i-u:(?:\\b|_)Acme)[ ]key", ["acme"], { least: 0, most: 1, heads: [[0, 1]] }],
    [
      "[rs]k_(?:live|test)_[a-z]",
      ["sk_live_", "rk_live_", "sk_test_", "rk_test_"],
      { least: 0, most: 0, heads: [[0]] },
    ],
    ["AC[0-9a-f]{32}", ["ac0", "ac1"], null],
    ["[\"']?(?:one|two)[a-z]", ["one", "two"], { least: 0, most: 1, heads: [[1]] }],
    [
      "(?:one|[a-z]{3}two)x",
      ["one", "two"],
      {
        least: 0,
        most: 3,
        heads: [
          [0, 0, 0],
          [0, 1, 1],
        ],
      },
    ],
    ["[a-z]{1,30}one", ["one"], { least: 1, most: 30, heads: [[1]] }],
    ["[a-z]{1,}one", ["one"], null],
    ["[a-z]{0,3}one?", ["one"], null],
    ["(?:one){2}", ["oneone"], { least: 0, most: 0, heads: [[0]] }],
    ["(?:one)?two", ["two"], { least: 0, most: 3, heads: [[1]] }],
  ])("%s, by %j", (source, literals, wanted) => {
    expect(back(source, literals)).toEqual(wanted);
  });
});

/** Where the rule's keywords stand in a text, one look after the other. */
function placesOf(rule: Rule, text: string): readonly number[] {
  const words = rule.keywords.map((keyword) => keyword.toLowerCase());
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return Array.from({ length: text.length }, (_, at) => at).filter((at) =>
    words.some((word) => folded.startsWith(word, at)),
  );
}

const rules = (await defaultContents())
  .flatMap(({ content }) => content.rules)
  .filter((rule) => rule.keywords.length > 0);
const change = fc.tuple(fc.nat(4096), fc.stringMatching(/^[\t\n\r -~]{0,3}$/));

describe("near its keywords a rule's pattern finds what it finds in the whole text", () => {
  const nearOf = (rule: Rule) => rule.pattern.near?.(rule.keywords.map((word) => word.toLowerCase())) ?? null;
  const quick = rules.filter((rule) => nearOf(rule) !== null);

  it("for most of the default rules", () => {
    expect(quick.length).toBeGreaterThan(rules.length * 0.75);
  });

  it("in their samples, one behind another, and with characters changed", () => {
    fc.assert(
      fc.property(fc.nat(quick.length - 1), fc.array(change, { maxLength: 5 }), (index, changes) => {
        const rule = quick[index];
        const near = rule === undefined ? null : nearOf(rule);
        if (rule === undefined || near === null) return;
        let text = rule.examples.map((template, at) => sampleOf(rule, "examples", at, template)).join("\n");
        for (const [at, by] of changes) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + by + text.slice(place + (at % 3));
        }
        const places = placesOf(rule, text);
        const all = rule.pattern.matches(text);
        expect([rule.id, near.at(text, places)]).toEqual([rule.id, all]);
      }),
      { numRuns: 3000 },
    );
  });

  it("also where a match ends in the middle of the next", () => {
    const near = rulePattern("key[a-z]{3}").near?.(["key"]);
    expect(near?.at("keykeykey abc", [0, 3, 6])).toMatchObject([{ whole: { start: 0, end: 6 } }]);
  });
});
