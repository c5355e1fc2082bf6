import { describe, expect, it } from "vitest";
import { patternTree } from "../../src/pattern/pattern-tree.js";
import { requiredWords } from "../../src/pattern/required-words.js";

const words = (source: string): readonly string[] | null => requiredWords(patternTree(source), 3);

describe("of the words that a pattern requires one stands in every match", () => {
  it.each([
    ["fixed text", "acme_[0-9a-f]{32}", ["acme_"]],
    ["whatever its case", "(?i)ACME_[a-z]{8}", ["acme_"]],
    ["the letters beside ASCII that mean the same", "(?i)ks_key", ["ks_key"]],
    ["each branch of an alternation", "(?:ghp|gho)_[a-z]{36}", ["ghp_", "gho_"]],
    ["a branch with two endings", "sk_(?:live|test)_[a-z]{24}", ["sk_live_", "sk_test_"]],
    ["a small class", "AK[IX]A[A-Z]{16}", ["akia", "akxa"]],
    ["what is there or not", "acme-?key=[a-z]+", ["acmekey=", "acme-key="]],
    ["what is repeated", "(?:ab){2}[0-9]{4}", ["abab"]],
    ["the rarest of several", "key[ ]{0,3}[:=][ ]{0,3}acme-corp-[0-9]{4}", ["acme-corp-"]],
    ["inside groups and behind places", "^\\b(?P<secret>acme_(x))$", ["acme_x"]],
    ["none that holds another", "(?:acme|acme_v2)[0-9]{9}", ["acme"]],
    ["only printable text", "[0-9]{4}\\x07abcd\\n", ["abcd"]],
  ])("%s: %s", (_, source, required) => {
    expect(words(source)).toEqual(required);
  });

  it.each([
    ["only classes", "[0-9a-f]{32}"],
    ["words that are too short", "ab[0-9]{32}"],
    ["a branch without a word", "acme_[0-9]{4}|[0-9]{32}"],
    ["a word that may be missing", "(?:acme_)?[0-9]{32}"],
    [
      "more words than a scan should look for",
      `(?:${Array.from({ length: 80 }, (_, at) => `w${at}w`).join("|")})[0-9]{9}`,
    ],
  ])("and there are none for %s", (_, source) => {
    expect(words(source)).toBeNull();
  });
});
