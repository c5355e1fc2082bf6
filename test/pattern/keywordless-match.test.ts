import { describe, expect, it } from "vitest";
import { keywordlessMatch } from "../../src/pattern/keywordless-match.js";
import { parsePattern } from "../../src/pattern/parse-pattern.js";

function shortest(source: string, ...keywords: readonly string[]): string | null {
  const node = parsePattern(source);
  if (node === null) throw new Error(`not parsed: ${source}`);
  const found = keywordlessMatch(node, keywords);
  return found.kind === "match" ? found.text : found.kind === "none" ? null : "unknown";
}

describe("a shortest match without a keyword", () => {
  it.each([
    ["a branch that no keyword names", "(?:acme|acmx)_[0-9]{4}", ["acme_"], "acmx_0000"],
    ["a spelling that no keyword has", "acme[_. -]?key", ["acmekey", "acme_key"], "acme key"],
    ["what may be left out", "acme(?:-live)?-[a-f]{2}", ["-live-"], "acme-aa"],
    ["a class that is not all of the keyword's letters", "acme[a-z]x", ["acmea", "acmeb"], "acmecx"],
    ["a keyword that stands astride two repetitions", "(?:ab){2}", ["ba"], null],
    ["a capital, where there is no small letter", "ACME[A-Z]{2}", ["acmea"], "ACMEBB"],
    ["the shorter of two ways", "(?:acmx_key|acmy)=", ["acme"], "acmy="],
    ["as many repetitions as it takes", "(?:[ab]{3}){30}", ["x"], "a".repeat(90)],
    ["one repetition more, where fewer hold a keyword", "(?:ab|b)*c", ["bc", "c"], null],
    ["characters beyond ASCII, where the class has no others", "[^\\x00-\\x7f]x", ["acme"], "éx"],
  ])("is %s: %s", (_, source, keywords, match) => {
    expect(shortest(source, ...keywords)).toBe(match);
  });

  it.each([
    ["every branch", "(?:ghp|gho)_[a-z]{4}", ["ghp_", "gho_"]],
    ["any letter's case", "(?i)Acme[a-z]+", ["ACME"]],
    ["a part that all have", "(?:my|our)[_-]acme-[0-9]+", ["acme"]],
    ["the value instead of the name", "(?:key|token)[=:](?:XK|YK)[0-9]{4}", ["xk", "yk"]],
    ["a keyword within another's failed beginning", "aab", ["aac", "ab"]],
  ])("is none where the keywords name %s: %s", (_, source, keywords) => {
    expect(shortest(source, ...keywords)).toBe(null);
  });

  it("is what trying all texts finds", () => {
    const patterns = [
      "(?:a|bb)*b?c?",
      "a(?:b|ca)+",
      "[ab]{2,4}c",
      "(?:a?b){1,3}",
      "(?:ab|c)(?:ca|b)*a",
      "[abc]{3}",
    ];
    const keywordLists = [["ab"], ["ba", "cc"], ["aa", "bb"], ["abc", "b"], ["a"], ["cab", "bb", "ac"]];
    for (const source of patterns) {
      const whole = new RegExp(`^(?:${source})$`);
      for (const keywords of keywordLists) {
        const fits = (text: string) => whole.test(text) && !keywords.some((word) => text.includes(word));
        const tried = textsOf("abc", 6).find(fits)?.length ?? null;
        expect([source, keywords, shortest(source, ...keywords)?.length ?? null]).toEqual([
          source,
          keywords,
          tried,
        ]);
      }
    }
  });

  it("is left unknown where looking for it would take too long", () => {
    const words = Array.from({ length: 500 }, (_, at) => `w${at.toString(36)}x`);
    expect(shortest("(?:(?:[a-z0-9]{1,90}x){1,90}){1,90}", ...words)).toBe("ax");
    expect(shortest("(?:(?:(?:a{999}){999}){999}){999}", "b")).toBe("unknown");
  });
});

/** All texts of these letters, the shortest first. */
function textsOf(letters: string, longest: number): readonly string[] {
  const all = [""];
  for (const text of all) if (text.length < longest) all.push(...[...letters].map((letter) => text + letter));
  return all;
}
