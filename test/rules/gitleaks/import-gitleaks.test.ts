import { describe, expect, it } from "vitest";
import { accepts } from "../../../src/rules/acceptance.js";
import { importGitleaks } from "../../../src/rules/gitleaks/import-gitleaks.js";
import { parseRules } from "../../../src/rules/load.js";
import type { Rule } from "../../../src/rules/rule.js";
import { expandSample } from "../../../src/rules/sample.js";
import { testRuleFile } from "../../../src/rules/test-file.js";
import { ConfigError } from "../../../src/toml/config-error.js";
import { stripeKey } from "../../secrets.js";

const TAKEN = new Set(["jwt"]);

const imported = (text: string, holdsSecret: (text: string) => boolean = () => false) =>
  importGitleaks(text, "g.toml", TAKEN, holdsSecret);

async function rulesOf(text: string): Promise<readonly Rule[]> {
  return parseRules((await imported(text)).ruleFile, "team.toml");
}

async function notesOf(text: string): Promise<readonly string[]> {
  const { notes } = await imported(text);
  return notes.map(({ line, column, rule, message }) => `${line}:${column}: ${rule ?? "-"}: ${message}`);
}

const drawn = (template: string): string => expandSample(template, "import");

/** The secrets that the rule finds in `text`. */
function found(rule: Rule | undefined, text: string): readonly string[] {
  return (rule?.pattern.matches(text) ?? [])
    .map(({ secret }) => text.slice(secret.start, secret.end))
    .filter((secret) => rule !== undefined && accepts(rule, secret));
}

const ACME = `[[rules]]
id = "acme"
description = "Acme token"
regex = '''(?i)\\bacme_(live|test)_([\\w-]{32})\\b'''
secretGroup = 2
entropy = 3.5
keywords = ["acme_"]
`;

describe("a rule of gitleaks", () => {
  it("becomes a rule with the same id, title, entropy, keywords and secret", async () => {
    const [rule, ...others] = await rulesOf(ACME);
    expect(others).toEqual([]);
    expect(rule).toMatchObject({
      id: "acme",
      title: "Acme token",
      entropy: 3.5,
      keywords: ["acme_"],
      kind: "provider",
    });
    const secret = drawn("{{alnum*32}}");
    expect(found(rule, `token = ACME_LIVE_${secret};`)).toEqual([secret]);
    expect(found(rule, `token = ACME_LIVE_${secret}x;`)).toEqual([]);
  });

  it("is written with examples that it finds, so that the file passes its own test", async () => {
    const { faults, notes, rules } = await testRuleFile(
      (await imported(ACME)).ruleFile,
      "team.toml",
      new Map(),
    );
    expect([faults, notes]).toEqual([[], []]);
    expect(rules[0]?.examples.length).toBe(2);
  });

  it("is read whatever the case of its keys", async () => {
    const rules = await rulesOf(ACME.replace("secretGroup", "SecretGroup").replace("regex", "Regex"));
    expect(rules[0]?.pattern.source).toContain("(?P<secret>");
  });

  it("takes its first group as the secret where none is named and it is long enough", async () => {
    const [rule] = await rulesOf("[[rules]]\nid = 'a'\nregex = '''acme=([a-z0-9]{20})'''\n");
    const secret = drawn("{{lower*20}}");
    expect(found(rule, `acme=${secret}`)).toEqual([secret]);
  });

  it("takes the whole match where a group may be too short to be a secret, and says so", async () => {
    const text = "[[rules]]\nid = 'a'\nregex = '''(acme|acmx)_[a-z0-9]{20}'''\n";
    const [rule] = await rulesOf(text);
    const secret = `acme_${drawn("{{lower*20}}")}`;
    expect(found(rule, secret)).toEqual([secret]);
    expect(await notesOf(text)).toEqual([
      expect.stringContaining("3:9: a: secretGroup does not say which group"),
    ]);
  });

  it("is a generic one of medium severity where its keywords are common words", async () => {
    const [rule] = await rulesOf(
      "[[rules]]\nid = 'a'\nregex = '''(?i)(?:token|secret) = ([a-z0-9]{20})'''\nkeywords = ['token', 'secret']\n",
    );
    expect(rule).toMatchObject({ kind: "generic", severity: "medium", confidence: "medium" });
  });

  it.each([
    ["keywords of its own that every match holds", "acme_[0-9]{9}", '["acme", "other"]', ["acme"], []],
    ["words of its pattern where it has none", "acme_[0-9]{9}", "[]", ["acme_"], []],
    [
      "words of its pattern where its own need not stand in a match",
      "acme_[0-9]{9}",
      '["vendor"]',
      ["acme_"],
      ["4:12: a: its keywords need not stand in a match, so these are taken from the pattern"],
    ],
  ])("has %s", async (_, pattern, keywords, wanted, notes) => {
    const text = `[[rules]]\nid = "a"\nregex = '''${pattern}'''\nkeywords = ${keywords}\n`;
    expect((await rulesOf(text))[0]?.keywords).toEqual(wanted);
    expect(await notesOf(text)).toEqual(notes);
  });

  it("does without keywords where it looks into certain files only", async () => {
    const [rule] = await rulesOf("[[rules]]\nid = 'a'\nregex = '[0-9a-f]{32}'\npath = '\\.token$'\n");
    expect(rule?.keywords).toEqual([]);
    expect(rule?.paths.map((glob) => glob.source)).toEqual(["**/*.token"]);
  });

  it("never takes the place of a default rule, nor of another", async () => {
    const one = (id: string) => `[[rules]]\nid = "${id}"\nregex = '''acme_[0-9]{9}'''\n`;
    const rules = await rulesOf(one("jwt") + one("Acme Key") + one("acme-key"));
    expect(rules.map((rule) => rule.id)).toEqual(["gitleaks-jwt", "acme-key", "acme-key-2"]);
  });

  it("keeps what else it requires as a partner, and one that is not reported as a part", async () => {
    const text = `${ACME}[[rules.required]]\nid = "acme-id"\nwithinLines = 5\n\n[[rules]]\nid = "acme-id"\nregex = '''acme-id-[0-9]{9}'''\nskipReport = true\n`;
    const [rule, part] = await rulesOf(text);
    expect(rule).toMatchObject({ partners: ["acme-id"], partnerLines: 5, alone: "nothing" });
    expect(part).toMatchObject({ id: "acme-id", part: true });
  });

  it.each([
    [
      "that looks at paths only",
      "id = 'a'\npath = '''id_rsa$'''\n",
      "3:8: a: the rule looks at nothing but a file's path",
    ],
    [
      "that changes one of gitleaks' own",
      "id = 'gitlab-pat'\n",
      "2:6: gitlab-pat: the rule has no pattern of its own",
    ],
    [
      "whose matches have no word in common",
      "id = 'a'\nregex = '''[0-9a-f]{32}'''\nkeywords = ['acme']\n",
      "3:9: a: the rule is not carried over: no word of three",
    ],
    [
      "whose pattern Go refuses",
      "id = 'a'\nregex = '''acme(?=x)'''\n",
      "3:9: a: the rule is not carried over, its pattern cannot be used: look-around",
    ],
    [
      "whose pattern takes too much memory",
      "id = 'a'\nregex = '''acme(?:\\pL{500}){200}'''\n",
      "3:9: a: the rule is not carried over, its pattern cannot be used",
    ],
  ])("%s is named and left out", async (_, text, note) => {
    const { rules, of } = await imported(`[[rules]]\n${text}`);
    expect([rules, of]).toEqual([0, 1]);
    expect(await notesOf(`[[rules]]\n${text}`)).toContainEqual(expect.stringContaining(note));
  });

  it("names what else is not carried over", async () => {
    const text = `${ACME.replace("entropy = 3.5", "entropy = 9.0").replace("secretGroup = 2", "secretGroup = 7")}path = '''(?:ab)+'''\nfoo = 1\ntags = 3\n`;
    expect(await notesOf(text)).toEqual([
      "5:15: acme: secretGroup is 7, and the pattern has no such group: the whole match counts as the secret",
      "6:11: acme: entropy is not between 0 and 8, so it is left out",
      "8:8: acme: its path cannot be said with globs, so the rule looks into every file here",
      "9:7: acme: this key is not known here, and left out",
      "10:8: acme: tags is not a list of texts, so it is left out",
    ]);
  });
});

describe("an allowlist of gitleaks", () => {
  const list = (text: string): string => `${ACME}[[rules.allowlists]]\n${text}`;

  it("over the secret becomes the rule's own allow patterns", async () => {
    const [rule] = await rulesOf(list("regexes = ['''^x{4}''']\nstopwords = ['a+b', 'Client']\n"));
    const secret = drawn("{{alnum*26}}");
    expect(found(rule, `acme_live_CLIENT${secret}`)).toEqual([]);
    expect(found(rule, `acme_live_xxxx${secret}zz`)).toEqual([]);
    expect(found(rule, `acme_live_abcdef${secret}`)).toEqual([`abcdef${secret}`]);
  });

  it.each([
    [
      "paths",
      list("description = 'tests'\npaths = ['''(^|/)tests?/''']\n"),
      [
        'rule = "acme"\npath = "**/test/**"\nreason = "tests"',
        'rule = "acme"\npath = "**/tests/**"\nreason = "tests"',
      ],
    ],
    [
      "the old form",
      `${ACME}[rules.allowlist]\npaths = ['''\\.md$''']\n`,
      ['rule = "acme"\npath = "**/*.md"\nreason = "allowed in g.toml"'],
    ],
    [
      "what must hold together",
      list("condition = 'AND'\npaths = ['''^a/''']\nregexes = ['x', 'y']\nstopwords = ['z']\n"),
      [
        'rule = "acme"\npath = "a/**"\npattern = \'\'\'(?:x)|(?:y)\'\'\'\nstopword = ["z"]\nreason = "allowed in g.toml"',
      ],
    ],
    [
      "one for all rules",
      "[[allowlists]]\npaths = ['''^a/''']\nregexes = ['219-09-9999']\nstopwords = ['z']\n",
      [
        'path = "a/**"\nreason = "allowed in g.toml"',
        "pattern = '''219-09-9999'''\nreason = \"allowed in g.toml\"",
        'stopword = ["z"]\nreason = "allowed in g.toml"',
      ],
    ],
    [
      "one for some rules",
      `${ACME}[[allowlists]]\ntargetRules = ['acme']\npaths = ['''^a/''']\n`,
      ['rule = "acme"\npath = "a/**"\nreason = "allowed in g.toml"'],
    ],
  ])("becomes tables for .aura/live.toml: %s", async (_, text, tables) => {
    const { allow, allowances } = await imported(text);
    expect(allow).toBe(tables.map((table) => `[[scan.allow]]\n${table}\n`).join("\n"));
    expect(allowances).toBe(tables.length);
  });

  it.each([
    ["commits", list("commits = ['abc']\n"), "9:11: acme: an allowance by commit is not carried over"],
    [
      "patterns for the line",
      list("regexTarget = 'line'\nregexes = ['x']\n"),
      "10:11: acme: patterns for the line around a secret are not carried over",
    ],
    [
      "patterns for the edges of the match",
      list("regexTarget = 'match'\nregexes = ['^x']\n"),
      "10:11: acme: entry 1 of regexes is about the edges of the whole match",
    ],
    [
      "patterns for the match, which are narrower here",
      list("regexTarget = 'match'\nregexes = ['x']\n"),
      "10:11: acme: entry 1 of regexes is about the whole match; here it is looked for in the secret only",
    ],
    [
      "patterns that Go refuses",
      list("regexes = ['x(?=y)']\n"),
      "9:11: acme: entry 1 of regexes is not carried over: look-around",
    ],
    [
      "paths that no glob can say",
      list("paths = ['''(?:ab)+''']\n"),
      "9:9: acme: entry 1 of paths cannot be said with globs",
    ],
    [
      "what must hold together with a commit",
      list("condition = 'AND'\ncommits = ['a']\npaths = ['b']\n"),
      "9:13: acme: all of this allowance must hold together",
    ],
    [
      "targets that are not there",
      "[[allowlists]]\ntargetRules = ['x']\npaths = ['b']\n",
      "2:15: -: entry 1 of targetRules is no rule that was carried over",
    ],
  ])("names %s", async (_, text, note) => {
    expect(await notesOf(text)).toContainEqual(expect.stringContaining(note));
  });
});

describe("what a file of gitleaks extends", () => {
  it("is there without a word where it is the default rules", async () => {
    const { notes, ruleFile } = await imported("[extend]\nuseDefault = true\n");
    expect(notes).toEqual([]);
    expect(ruleFile).not.toContain("stood alone");
  });

  it("is named where it is another file, or a rule that is switched off", async () => {
    const text = "[extend]\npath = 'common.toml'\ndisabledRules = ['jwt', 'nowhere']\n";
    expect(await notesOf(text)).toEqual([
      "2:8: -: the file that this one extends is not read: import it too",
      "3:17: -: gitleaks' own nowhere is no rule here; aura-scan rules list names those that are",
    ]);
    expect((await imported(text)).ruleFile).toContain('# [[rule]]\n# id = "jwt"\n# disabled = true\n');
  });

  it("is said to be on where the file stood alone", async () => {
    expect((await imported(ACME)).ruleFile).toContain("here the default rules stay on beside them");
  });
});

describe("a secret in a file of gitleaks is never handed on", () => {
  const secret = stripeKey();
  const holds = (text: string): boolean => text.includes(secret) || text.includes(secret.toLowerCase());
  const spelled = secret.replace(/_/g, "\\_");
  it.each([
    ["in a pattern", `[[rules]]\nid = "a"\nregex = '''acme ${secret}'''\n`],
    ["in a pattern, escaped", `[[rules]]\nid = "a"\nregex = '''(?i)acme ${spelled}'''\n`],
    [
      "in a title, a tag and an id",
      `title = "${secret}"\n[[rules]]\nid = "${secret}"\ndescription = "${secret}"\nregex = '''acme_[0-9]{9}'''\ntags = ["${secret}"]\n`,
    ],
    [
      "in an allowance",
      `${ACME}[[rules.allowlists]]\ndescription = "${secret}"\nregexes = ["${secret}"]\nstopwords = ["${secret}"]\npaths = ["${secret}"]\n`,
    ],
    ["in an allowance for all", `[[allowlists]]\nregexes = ["${secret}"]\nstopwords = ["${secret}"]\n`],
    ["in what is extended", `[extend]\ndisabledRules = ["${secret}"]\n`],
  ])("%s", async (_, text) => {
    const said = JSON.stringify(await imported(text, holds)).toLowerCase();
    expect(said).not.toContain(secret.toLowerCase());
    expect(said).not.toContain(secret.toLowerCase().replace(/[^a-z0-9]+/g, "-"));
  });
});

describe("what is no file of gitleaks is refused", () => {
  it.each([
    ["[[rule]]\nid = 'a'\n", "g.toml:1:1: gitleaks has [[rules]]"],
    ["[[rules]\n", "g.toml:1:9: not valid TOML"],
  ])("%j", async (text, message) => {
    const refused = await imported(text).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect(String(refused)).toContain(message);
  });
});
