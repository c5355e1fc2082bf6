import { describe, expect, it } from "vitest";
import { patternTree } from "../../src/pattern/pattern-tree.js";
import { rustPattern } from "../../src/pattern/rust-pattern.js";
import { matchTemplates } from "../../src/rules/made-up-match.js";
import { expandSample } from "../../src/rules/sample.js";

const templates = (source: string): readonly string[] => matchTemplates(patternTree(source));

describe("the templates of a pattern's matches", () => {
  it.each([
    ["fixed text and a class", "acme_[0-9a-f]{32}", ["acme_{{[0-9a-f]*32}}"]],
    [
      "one for each branch",
      "(?:ghp|gho)_[a-z]{4}(?:xx|yy)",
      ["ghp_{{[a-z]*4}}xx", "gho_{{[a-z]*4}}xx", "ghp_{{[a-z]*4}}yy"],
    ],
    ["letters of either case as small ones", "(?i)ab", ["ab"]],
    ["what may be missing left out", "ab?c*d{0,4}", ["a"]],
    ["enough of what has no bound", "id-[0-9A-Za-z]+", ["id-{{[0-9A-Za-z]*20}}"]],
    ["signs where there are no letters", "a[\\t ]{2}[=:]", ["a  :"]],
    ["braces that would be a hole", "\\{\\{x", ["{{{}}{x"]],
  ])("are %s: %s", (_, source, made) => {
    expect(templates(source)).toEqual(made);
  });

  it.each([
    "acme_[0-9a-f]{32}",
    "(?i)\\bacme(?:[-_]key)?[ \\t]{0,4}[:=][ \\t]{0,4}['\"]?(?P<secret>[a-z0-9]{24})",
    "\\{\\{[a-z]{4}\\}\\}",
    "(?:a|b|c){3}[^a-z]{4}",
    "-----BEGIN [A-Z ]{0,20}KEY-----[\\s0-9A-Za-z+/=]{64,}-----END",
  ])("make texts that the pattern matches: %s", (source) => {
    for (const [index, template] of templates(source).entries()) {
      expect(rustPattern(source).test(expandSample(template, `made-up/${index}`))).toBe(true);
    }
  });

  it("stay few and short, whatever the pattern", () => {
    const many = templates(`(?:${Array.from({ length: 200 }, (_, at) => `w${at}`).join("|")}){1,9}x`);
    expect(many.length).toBeLessThanOrEqual(32);
    expect(templates("(?:ab(?:cd){500}){40}").length).toBe(0);
  });
});
