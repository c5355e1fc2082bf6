import fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { plainRuleDocument } from "../../src/rules/plain-toml.js";

describe("the quick reader of rule files", () => {
  it("reads headers, comments, strings of each kind, numbers, switches and lists", () => {
    const text = [
      "# a comment",
      "include = [",
      '  "a.toml",',
      "]",
      "",
      "[[rule]]",
      'id = "a\\n\\"b\\""',
      "pattern = '''it's'''",
      "title = 'plain'",
      "entropy = 3.5",
      "disabled = true",
      "keywords = []",
      'prefixes = ["a", "b"]',
      "examples = [",
      "  '''a, ]''',",
      "  'b',",
      "]",
      "[[rule]]",
      "",
    ].join("\n");
    expect(plainRuleDocument(text)).toEqual(parse(text));
  });

  it.each([
    "[rule]\n",
    "[[rule]]\nid = 'a'\nid = 'b'\n",
    "[[rule]]\nid = '''\na'''\n",
    "[[rule]]\nid = 'a' # comment\n",
    '[[rule]]\nid = "\\u0041"\n',
    "[[rule]]\nid = { a = 1 }\n",
    "[[rule]]\nid = ['a' 'b']\n",
    "[[rule]]\nid = 1_000\n",
    "[[rule]]\r\n",
    "[[rule]]\nid = 'a'",
  ])("leaves %j to the real parser", (text) => {
    expect(plainRuleDocument(text)).toBeNull();
  });

  it("agrees with the real parser on whatever it does read", () => {
    const string = fc.oneof(
      fc.string({ maxLength: 12 }).map((s) => JSON.stringify(s)),
      fc.stringMatching(/^[ -&(-~]{0,12}$/).map((s) => `'${s}'`),
      fc.stringMatching(/^[ -~]{0,12}$/).map((s) => `'''${s}'''`),
    );
    const list = fc.array(string, { maxLength: 4 }).map((items) => `[${items.join(", ")}]`);
    const line = fc.tuple(
      fc.constantFrom("a", "b", "c"),
      fc.oneof(string, list, fc.constantFrom("1.5", "true", "007")),
    );
    const document = fc
      .array(line, { maxLength: 3 })
      .map((ls) => `[[rule]]\n${ls.map(([k, v]) => `${k} = ${v}\n`).join("")}`);
    fc.assert(
      fc.property(document, (text) => {
        const quick = plainRuleDocument(text);
        if (quick !== null) expect(quick).toEqual(parse(text));
      }),
      { numRuns: 500 },
    );
  });
});
