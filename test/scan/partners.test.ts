import { describe, expect, it } from "vitest";
import { parseRules } from "../../src/rules/load.js";
import { keywordsOf } from "../../src/scan/keywords.js";
import type { Match } from "../../src/scan/match.js";
import { secretsIn } from "../../src/scan/secrets-in.js";
import { awsKeyId, awsSecretKey } from "../secrets.js";

const RULES = `
[[rule]]
id = "key-id"
severity = "high"
keywords = ["akia"]
pattern = '''\\bAKIA[A-Z2-7]{16}\\b'''
prefixes = ["AKIA"]

[[rule]]
id = "secret-key"
severity = "high"
keywords = ["secret"]
pattern = '''(?i-u:secret)[a-z_]{0,20}[ =:"']{1,6}(?P<secret>[0-9A-Za-z+/]{40})\\b'''
partners = ["key-id"]
partner_lines = 3
with_partner = "critical"

[[rule]]
id = "user-name"
part = true
keywords = ["user"]
pattern = '''\\buser=(?P<secret>[a-z]{3,20})\\b'''

[[rule]]
id = "user-password"
keywords = ["word="]
pattern = '''\\bword=(?P<secret>[a-z0-9]{4,20})\\b'''
partners = ["user-name"]
alone = "nothing"

[[rule]]
id = "weak-code"
keywords = ["code="]
pattern = '''\\bcode=(?P<secret>[a-z0-9]{4,20})\\b'''
partners = ["user-name"]
alone = "low"
`;
const keywords = keywordsOf(await parseRules(RULES, "rules.toml"));

function found(text: string): readonly Match[] {
  return secretsIn(text, keywords, null);
}

function told(text: string): readonly unknown[] {
  return found(text).map(({ rule, severity, confidence, also }) => [rule.id, severity, confidence, also]);
}

const id = awsKeyId();
const secret = awsSecretKey().replaceAll("+", "x").replaceAll("/", "y");

describe("an id with its secret near it", () => {
  it("is one critical finding, not two halves, whichever stands first", () => {
    const one = [["secret-key", "critical", "high", ["key-id"]]];
    expect(told(`id = ${id}\nsecret = ${secret}\n`)).toEqual(one);
    expect(told(`secret = ${secret}\n\nid = ${id}\n`)).toEqual(one);
  });

  it("hides both halves", () => {
    const text = `id = ${id}\nsecret = ${secret}\n`;
    const pieces = found(text).flatMap((match) => match.pieces.map((p) => text.slice(p.start, p.end)));
    expect(pieces).toEqual([id, secret]);
  });

  it("is two findings where they stand further apart than the rule says", () => {
    expect(told(`id = ${id}\n\n\n\nsecret = ${secret}\n`)).toEqual([
      ["key-id", "high", "high", []],
      ["secret-key", "high", "high", []],
    ]);
  });

  it("takes the nearest of several, and leaves the others", () => {
    const other = awsKeyId("b");
    const text = `id = ${other}\nid = ${id}\nsecret = ${secret}\n`;
    expect(told(text)).toEqual([
      ["key-id", "high", "high", []],
      ["secret-key", "critical", "high", ["key-id"]],
    ]);
  });
});

describe("a part is never told alone", () => {
  it("and a secret that says little is one only beside it", () => {
    expect(told("user=ada\n")).toEqual([]);
    expect(told("word=hunter2\n")).toEqual([]);
    expect(told("user=ada\nword=hunter2\n")).toEqual([["user-password", "high", "high", ["user-name"]]]);
  });

  it("or of low confidence without it", () => {
    expect(told("code=hunter2\n")).toEqual([["weak-code", "high", "low", []]]);
    expect(told("user=ada code=hunter2\n")).toEqual([["weak-code", "high", "high", ["user-name"]]]);
  });
});

describe("thousands of halves", () => {
  it("are paired each with its own neighbour", () => {
    const pairs = Array.from({ length: 2000 }, () => `id = ${id}\nsecret = ${secret}\n\n\n\n\n\n`).join("");
    expect(found(pairs).map((match) => match.severity)).toEqual(Array(2000).fill("critical"));
  });
});
