import { describe, expect, it } from "vitest";
import { loadRuleSet, parseRules } from "../../src/rules/load.js";
import { ConfigError } from "../../src/toml/config-error.js";

const GOOD = `[[rule]]
id = "acme-token"
title = "Acme token"
keywords = ["acme_"]
pattern = '''acme_[0-9a-f]{32}'''
`;

async function faultsOf(text: string): Promise<readonly string[]> {
  try {
    await parseRules(text, "team.toml");
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}

describe("a rule file", () => {
  it("gives its rules, with defaults for what it leaves out and the line of each", async () => {
    const [rule, ...others] = await parseRules(`# ours\n${GOOD}`, "team.toml");
    expect(others).toEqual([]);
    expect(rule).toMatchObject({
      id: "acme-token",
      title: "Acme token",
      kind: "provider",
      severity: "high",
      confidence: "high",
      keywords: ["acme_"],
      entropy: null,
      docs: null,
      origin: { file: "team.toml", line: 2 },
    });
  });

  it("tells the right line although a string holds a header", async () => {
    const text = `${GOOD}rotate = '''\n[[rule]]\n'''\n${GOOD.replace("acme-token", "acme-key")}`;
    const rules = await parseRules(text, "team.toml");
    expect(rules.map((rule) => rule.origin.line)).toEqual([1, 9]);
  });

  it("takes documented values apart in its text and whole in its rules", async () => {
    const [rule] = await parseRules(`${GOOD}documented = ["acme_{{}}0123"]\n`, "team.toml");
    expect(rule?.documented).toEqual(["acme_0123"]);
  });

  const faults: readonly (readonly [what: string, text: string, messages: readonly string[]])[] = [
    ["bad TOML", "[[rule]\n", ["team.toml:1:8: not valid TOML: expected end of table array declaration"]],
    ["an unknown table", "[[rules]]\n", ['team.toml:1:3: unknown key "rules"; did you mean "rule"?']],
    [
      "an unknown key",
      `${GOOD}severty = "low"\n`,
      ['team.toml:6:1: unknown key "rule.severty"; did you mean "severity"?'],
    ],
    [
      "a wrong type",
      `${GOOD}entropy = "3"\n`,
      ["team.toml:6:11: rule.entropy must be a number, not a string"],
    ],
    [
      "an entropy out of range",
      `${GOOD}entropy = 9.0\n`,
      ["team.toml:6:11: rule.entropy must be a number between 0 and 8"],
    ],
    [
      "an unknown severity",
      `${GOOD}severity = "hgih"\n`,
      [
        'team.toml:6:12: rule.severity must be one of "low", "medium", "high", "critical"; did you mean "high"?',
      ],
    ],
    [
      "a bad pattern, at its column",
      GOOD.replace("acme_[0-9a-f]{32}", "acme_(?=x)"),
      [
        "team.toml:5:19: not a Rust regex: look-around, including look-ahead and look-behind, is not supported",
      ],
    ],
    [
      "a bad allow pattern, at its column",
      `${GOOD}allow = ['ok', 'a(b']\n`,
      ["team.toml:6:18: not a Rust regex: unclosed group"],
    ],
    [
      "a pattern that matches nothing at all",
      GOOD.replace("acme_[0-9a-f]{32}", "x?"),
      ["team.toml:5:11: the pattern can match the empty text, which is everywhere: let it need a character"],
    ],
    [
      "a short keyword",
      GOOD.replace('"acme_"', '"acme_", "ac"'),
      ['team.toml:4:22: "ac" is no keyword: it takes 3 ASCII characters or more'],
    ],
    [
      "no keywords in the list",
      GOOD.replace('"acme_"', ""),
      [
        "team.toml:4:12: the list is empty: at least one keyword must stand in every match, or paths must say which files to read",
      ],
    ],
    [
      "an id of the wrong form",
      GOOD.replace("acme-token", "Acme Token"),
      ["team.toml:2:6: an id is lower-case words and digits, joined by -: acme-api-key"],
    ],
    [
      "an id that stands twice",
      GOOD + GOOD,
      ['team.toml:7:6: there is a rule "acme-token" in this file already; see line 2'],
    ],
    [
      "a rule without anything, every fault of it",
      "[[rule]]\n",
      [
        'team.toml:1:3: a rule needs an id, such as id = "acme-api-key"',
        'team.toml:1:3: a rule needs keywords, of which at least one stands in every match: keywords = ["acme_"]',
        "team.toml:1:3: a rule needs a pattern, in Rust regex syntax",
      ],
    ],
  ];
  it.each(faults)("is refused for %s", async (_, text, messages) => {
    expect(await faultsOf(text)).toEqual(messages);
  });
});

describe("a team's rules", () => {
  const ids = async (...texts: readonly string[]): Promise<readonly string[]> =>
    (await loadRuleSet(texts.map((text, at) => ({ file: `team-${at}.toml`, text })))).rules.map(
      (rule) => rule.id,
    );

  it("are added to the default ones", async () => {
    const defaults = await ids();
    expect(await ids(GOOD)).toEqual([...defaults, "acme-token"]);
  });

  it("replace the default rule of the same id", async () => {
    const text = GOOD.replace("acme-token", "jwt");
    const { rules, files } = await loadRuleSet([{ file: "team.toml", text }]);
    const found = rules.filter((rule) => rule.id === "jwt");
    expect(found.map((rule) => [rule.title, rule.origin.file])).toEqual([["Acme token", "team.toml"]]);
    expect(files.at(-1)).toEqual({ file: "team.toml", rules: 1 });
  });

  it("switch a rule off by its id alone", async () => {
    expect(await ids('[[rule]]\nid = "jwt"\ndisabled = true\n')).not.toContain("jwt");
  });

  it("are told apart from what they switch off, which is named with the file that did so", async () => {
    const off = (file: string, id: string) => ({ file, text: `[[rule]]\nid = "${id}"\ndisabled = true\n` });
    const { disabled } = await loadRuleSet([off("a.toml", "jwt"), off("b.toml", "private-key")]);
    expect(disabled).toEqual([
      { id: "jwt", file: "a.toml" },
      { id: "private-key", file: "b.toml" },
    ]);
  });

  it("may bring a rule back that an earlier file switched off", async () => {
    const again = GOOD.replace("acme-token", "jwt");
    const { disabled, rules } = await loadRuleSet([
      { file: "a.toml", text: '[[rule]]\nid = "jwt"\ndisabled = true\n' },
      { file: "b.toml", text: again },
    ]);
    expect([disabled, rules.filter((rule) => rule.id === "jwt").length]).toEqual([[], 1]);
  });

  it("change only what they say of a default rule, where they bring no pattern", async () => {
    const [before, after] = await Promise.all(
      ["", '[[rule]]\nid = "jwt"\nseverity = "low"\n'].map(async (text) => {
        const { rules } = await loadRuleSet(text === "" ? [] : [{ file: "team.toml", text }]);
        return rules.find((rule) => rule.id === "jwt");
      }),
    );
    expect(after).toMatchObject({ severity: "low", keywords: before?.keywords, examples: before?.examples });
    expect(after?.pattern.source).toBe(before?.pattern.source);
    expect(after?.origin).toEqual({ file: "team.toml", line: 1 });
  });

  it("cannot name a partner that is no rule", async () => {
    await expect(ids(`${GOOD}partners = ["nobody"]\n`)).rejects.toThrow('names the partner "nobody"');
  });

  it("switch a rule off that an earlier file of the team brought", async () => {
    expect(await ids(GOOD, '[[rule]]\nid = "acme-token"\ndisabled = true\n')).not.toContain("acme-token");
  });

  it("may keep the text of a rule that is switched off", async () => {
    expect(await ids(`${GOOD}disabled = true\n`)).not.toContain("acme-token");
  });

  it("cannot switch off what is not there", async () => {
    await expect(ids('[[rule]]\nid = "jvt"\ndisabled = true\n')).rejects.toThrow(
      'team-0.toml:2:6: there is no rule "jvt" to switch off; did you mean "jwt"?',
    );
  });

  it("cannot switch off every rule", async () => {
    const off = (await ids()).map((id) => `[[rule]]\nid = "${id}"\ndisabled = true\n`).join("");
    await expect(ids(off)).rejects.toThrow("team-0.toml:1:1: no rule is active");
  });
});
