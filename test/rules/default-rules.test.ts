import { readdirSync } from "node:fs";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { accepts } from "../../src/rules/acceptance.js";
import { defaultContents, loadRuleSet, parseRules } from "../../src/rules/load.js";
import { plainRuleDocument } from "../../src/rules/plain-toml.js";
import type { Rule } from "../../src/rules/rule.js";
import { sampleOf, testRule } from "../../src/rules/test-rule.js";

const [entry, ...families] = await defaultContents();
const rules = (await Promise.all(families.map(({ text, file }) => parseRules(text, file)))).flat();
const each = rules.map((rule) => [rule.id, rule] as const);

/** What the longest secrets, key blocks, may take, and what is enough for all others. */
const LONGEST_BLOCK = 65_536;
const LONGEST = 4096;
const BLOCKS = [
  "private-key",
  "pgp-private-key",
  "putty-private-key",
  "ssh2-private-key",
  "base64-private-key",
];

function samples(rule: Rule): readonly string[] {
  return rule.examples.map((template, index) => sampleOf(rule, "examples", index, template));
}

describe("every default rule finds its examples, and nothing in its counterexamples", () => {
  it.each(each)("%s", (_, rule) => {
    expect(testRule(rule)).toEqual([]);
  });
});

describe("every default rule", () => {
  it.each(each)("%s says what people need to know", (_, rule) => {
    expect(rule.title).not.toBe(rule.id);
    expect(rule.rotate).toMatch(/\.$/);
    expect(rule.docs ?? "https://").toMatch(/^https:\/\//);
    expect(rule.examples.length).toBeGreaterThanOrEqual(2);
    expect(rule.counterexamples.length).toBeGreaterThanOrEqual(1);
  });

  it.each(each)("%s has a bounded pattern that needs a character", (id, rule) => {
    const { least, most } = rule.pattern.extent();
    expect(least).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(BLOCKS.includes(id) ? LONGEST_BLOCK : LONGEST);
  });

  it.each(each)("%s is written in ASCII classes", (_, rule) => {
    for (const { source } of [rule.pattern, ...rule.allow]) {
      if (source === "") continue; // A finder of assignments.
      expect(source).toMatch(/^[\x20-\x7e]+$/);
      expect(source).not.toMatch(/\\[wdWDpP]|\(\?i[:)]|\.\*|\.\+/);
    }
  });

  it.each(each)("%s has one of its keywords in every match", (_, rule) => {
    for (const sample of rule.keywords.length === 0 ? [] : samples(rule)) {
      for (const { whole } of rule.pattern.matches(sample)) {
        const matched = sample.slice(whole.start, whole.end).toLowerCase();
        expect(rule.keywords.some((keyword) => matched.includes(keyword.toLowerCase()))).toBe(true);
      }
    }
  });

  it.each(each)("%s never takes what a mask left for a secret", (_, rule) => {
    for (const masked of ["****MASKED****", "AKIA****MASKED****", ...rule.prefixes.map((p) => `${p}****`)]) {
      expect(accepts(rule, masked)).toBe(false);
      for (const sample of samples(rule)) {
        const { secret } = rule.pattern.matches(sample)[0] ?? { secret: { start: 0, end: 0 } };
        const left = sample.slice(0, secret.start) + masked + sample.slice(secret.end);
        const found = rule.pattern.matches(left).map((m) => left.slice(m.secret.start, m.secret.end));
        expect(found.filter((value) => value.includes("MASKED") && accepts(rule, value))).toEqual([]);
      }
    }
  });

  it.each(each)("%s shows no more of a secret than a public prefix that its examples have", (_, rule) => {
    const secrets = samples(rule).flatMap((sample) =>
      rule.pattern.matches(sample).map((m) => sample.slice(m.secret.start, m.secret.end)),
    );
    for (const prefix of rule.prefixes) expect(prefix.length).toBeLessThanOrEqual(45);
    const known =
      rule.prefixes.length === 0 || secrets.some((s) => rule.prefixes.some((p) => s.startsWith(p)));
    expect(known).toBe(true);
  });
});

describe("the default rule files", () => {
  it("have 300 rules or more, each id once", () => {
    const ids = rules.map((rule) => rule.id);
    expect(ids.length).toBeGreaterThanOrEqual(300);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("are named in rules/default.toml, which holds no rule itself", () => {
    expect(entry?.content.rules).toEqual([]);
    const stored = readdirSync(new URL("../../rules/", import.meta.url)).filter((f) => f.endsWith(".toml"));
    expect(["default.toml", ...(entry?.content.include ?? [])].sort()).toEqual(stored.sort());
  });

  it("name partners that exist, and parts that are somebody's partner", () => {
    const ids = new Set(rules.map((rule) => rule.id));
    const named = new Set(rules.flatMap((rule) => rule.partners));
    expect([...named].filter((id) => !ids.has(id))).toEqual([]);
    expect(rules.filter((rule) => rule.part && !named.has(rule.id)).map((rule) => rule.id)).toEqual([]);
  });

  it.each(families.map((family) => [family.file, family] as const))(
    "%s holds nothing that one of the rules finds",
    (_, { text }) => {
      const found = rules
        .filter((rule) => rule.paths.length === 0 && !rule.part)
        .flatMap((rule) =>
          rule.pattern
            .matches(text)
            .filter(({ secret }) => accepts(rule, text.slice(secret.start, secret.end)))
            .map(({ secret }) => `${rule.id} at offset ${secret.start}`),
        );
      expect(found).toEqual([]);
    },
  );

  it.each([entry, ...families].flatMap((f) => (f === undefined ? [] : [[f.file, f.text] as const])))(
    "%s keeps to the plain TOML that the quick reader takes, which reads it as the real parser does",
    (_, text) => {
      const quick: unknown = plainRuleDocument(text);
      expect(JSON.stringify(quick)).toBe(JSON.stringify(parse(text)));
    },
  );

  it("give the same rules at run time as when they are checked", async () => {
    const { rules: loaded, files } = await loadRuleSet([]);
    const facts = (rule: Rule): unknown => ({
      ...rule,
      pattern: rule.pattern.source,
      allow: rule.allow.length,
      paths: rule.paths.map((path) => path.source),
    });
    expect(loaded.map(facts)).toEqual(rules.map(facts));
    expect(files.reduce((sum, file) => sum + file.rules, 0)).toBe(rules.length);
  });
});

describe("documented values of providers", () => {
  const cases = [
    ["aws-access-key-id", "AKIAIOSFODNN7EXAMPLE"],
    ["aws-secret-access-key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
  ] as const;
  it.each(cases)("%s knows and accepts its own", (id, value) => {
    const rule = rules.find((candidate) => candidate.id === id);
    expect(rule?.documented).toContain(value);
    expect(rule !== undefined && accepts(rule, value)).toBe(true);
  });
});
