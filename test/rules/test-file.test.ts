import { describe, expect, it } from "vitest";
import { defaultContents } from "../../src/rules/load.js";
import type { Rule } from "../../src/rules/rule.js";
import { testRuleFile } from "../../src/rules/test-file.js";
import { ConfigError } from "../../src/toml/config-error.js";

const contents = await defaultContents();
const DEFAULTS = new Map(
  contents.flatMap(({ content }) => content.rules.map((rule): [string, Rule] => [rule.id, rule])),
);

/** Line 4 holds the keywords, 5 the pattern, 6 and 7 the examples, 8 the counterexample. */
const GOOD = `[[rule]]
id = "acme-token"
title = "Acme token"
keywords = ["acme_"]
pattern = '''\\bacme_[0-9a-f]{32}\\b'''
examples = ['TOKEN=acme_{{hex*32}}',
  'token: acme_{{hex*32}}']
counterexamples = ['acme_{{hex*8}}']
`;

const LINE = /^team\.toml:/;

async function told(text: string) {
  const { rules, samples, faults, notes } = await testRuleFile(text, "team.toml", DEFAULTS);
  const words = ({ file, line, column, message }: (typeof faults)[number]) =>
    `${file}:${line}:${column}: ${message}`.replace(LINE, "");
  return { rules: rules.length, samples, faults: faults.map(words), notes: notes.map(words) };
}

describe("the check of a rule file", () => {
  it("has nothing to say about a good one", async () => {
    expect(await told(GOOD)).toEqual({ rules: 1, samples: 3, faults: [], notes: [] });
  });

  it.each([
    [
      "an example that does not match, at its own place in the list",
      GOOD.replace("token: acme_{{hex*32}}", "token: acme_{{hex*31}}"),
      "7:3: the pattern does not match this example",
    ],
    [
      "an example whose secret is refused",
      GOOD.replace("token: acme_{{hex*32}}", `token: acme_${"0".repeat(32)}`).replace(
        "pattern",
        "entropy = 2\npattern",
      ),
      "8:3: the pattern matches this example, but the secret is refused (entropy, allow or a dummy)",
    ],
    [
      "a counterexample that matches",
      GOOD.replace("acme_{{hex*8}}", "acme_{{hex*32}}"),
      "8:20: the rule finds a secret in this counterexample",
    ],
    [
      "an example whose match holds no keyword",
      GOOD.replace('["acme_"]', '["token"]').replace("\\bacme_", "\\b(?:token: )?acme_"),
      "6:13: no keyword of the rule stands in the match: a scan would not look there",
    ],
    [
      "a partner that is no rule",
      `${GOOD}partners = ["jwt", "jvt"]\n`,
      '9:20: there is no rule "jvt" to be a partner; did you mean "jwt"?',
    ],
  ])("tells %s", async (_, text, fault) => {
    expect((await told(text)).faults).toContain(fault);
  });

  it.each([
    [
      "a rule without examples",
      GOOD.replace(/examples[\s\S]*$/, ""),
      ["1:3: no examples: nothing shows that the rule finds what it is for"],
    ],
    [
      "a pattern without a bound",
      GOOD.replace("{32}\\b'''", "{32,}\\b'''"),
      [
        "5:11: slow: a match has no greatest length, so the pattern runs over the whole of every text that holds a keyword; {0,200} in place of * or + bounds it",
      ],
    ],
    [
      "keywords that are not in every match, whatever the examples say",
      GOOD.replace("acme_[", "(?:acme_|acmx-)["),
      [
        '4:12: misses: the pattern also matches a text without any of the keywords, such as one that begins with "acmx-", and a scan never looks there',
      ],
    ],
    [
      "a spelling that no keyword has, between two that have one",
      GOOD.replace('["acme_"]', '["acme_", "acmekey"]').replace("acme_[", "acme(?:_|key_|[.]key_)["),
      [
        '4:12: misses: the pattern also matches a text without any of the keywords, such as one that begins with "acme.key_", and a scan never looks there',
      ],
    ],
  ])("notes %s, which is no fault", async (_, text, notes) => {
    const { faults, notes: given } = await told(text);
    expect([faults, given]).toEqual([[], notes]);
  });

  it("asks no keyword of a rule that looks through the whole of certain files", async () => {
    const text = GOOD.replace('["acme_"]', '[]\npaths = ["**/*.token"]');
    expect(await told(text)).toEqual({ rules: 1, samples: 3, faults: [], notes: [] });
  });

  it("takes a table that only changes a default rule or switches it off", async () => {
    const text = '[[rule]]\nid = "jwt"\nseverity = "low"\n\n[[rule]]\nid = "private-key"\ndisabled = true\n';
    const { rules, faults, notes } = await told(text);
    expect([rules, faults, notes]).toEqual([1, [], []]);
  });

  it("tells at the rule's own table that a change breaks an example of the default rule", async () => {
    const { faults } = await told(`\n[[rule]]\nid = "jwt"\nallow = ['''^ey''']\n`);
    expect(faults[0]).toBe(
      "2:3: the pattern matches this example, but the secret is refused (entropy, allow or a dummy)",
    );
  });

  it.each([
    ["TOML", "[[rule]\n", "team.toml:1:8: not valid TOML"],
    [
      "keys",
      `${GOOD}severty = "low"\n`,
      'team.toml:9:1: unknown key "rule.severty"; did you mean "severity"?',
    ],
    ["patterns", GOOD.replace("[0-9a-f]", "(?=x)"), "team.toml:5:21: not a Rust regex"],
    ["ids", '[[rule]]\nid = "jvt"\ndisabled = true\n', 'did you mean "jwt"?'],
  ])("refuses faulty %s", async (_, text, message) => {
    const refused = await testRuleFile(text, "team.toml", DEFAULTS).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect(String(refused)).toContain(message);
  });
});
