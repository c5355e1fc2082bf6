import { isAscii } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePattern } from "../../src/pattern/parse-pattern.js";
import { rulePattern } from "../../src/pattern/rule-pattern.js";
import { rustPattern } from "../../src/pattern/rust-pattern.js";
import { v8Pattern } from "../../src/pattern/v8-pattern.js";
import { defaultContents } from "../../src/rules/load.js";
import { sampleOf } from "../../src/rules/test-rule.js";

const rules = (await defaultContents()).flatMap(({ content }) => content.rules);
const patterns = rules.filter((rule) => rule.pattern.source !== "");

/** Text like what a pattern is written for: samples, with characters changed, doubled and dropped. */
function mutated(text: string, changes: readonly (readonly [number, string])[]): string {
  let out = text;
  for (const [at, by] of changes) {
    const place = out.length === 0 ? 0 : at % out.length;
    out = out.slice(0, place) + by + out.slice(place + (at % 3));
  }
  return out;
}

const change = fc.tuple(fc.nat(4096), fc.stringMatching(/^[\t\n\r -~]{0,3}$/));

describe("V8's engine finds in ASCII text what the Rust crate finds", () => {
  const quick = patterns.filter((rule) => {
    const node = parsePattern(rule.pattern.source);
    return node !== null && v8Pattern(node) !== null;
  });

  it("for most of the default rules that have a pattern of their own", () => {
    expect(quick.length).toBeGreaterThan(300);
  });

  it("in their samples, and in samples with characters changed", () => {
    fc.assert(
      fc.property(fc.nat(quick.length - 1), fc.array(change, { maxLength: 4 }), (index, changes) => {
        const rule = quick[index];
        if (rule === undefined) return;
        const { source } = rule.pattern;
        for (const [at, template] of rule.examples.entries()) {
          const text = mutated(sampleOf(rule, "examples", at, template), changes).slice(0, 4000);
          if (!isAscii(Buffer.from(text))) continue;
          expect([rule.id, rulePattern(source).matches(text)]).toEqual([
            rule.id,
            rustPattern(source).matches(text),
          ]);
        }
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    "a{2,3}?b",
    "(?i)key[^a-z]x",
    "(?i-u:ab|cd)+?e",
    "[^\\n]{1,4}$",
    "(?m:^a$)",
    "(?s:.)b",
    ".b",
    "x\\by",
    "[]a]{1,2}",
    "[a\\-z\\]]{2}",
    "\\x41\\x{42}",
    "(?P<secret>a)|(?P<secret2>b)",
    "(?:a|ab)(?:c|bcd)(?:d|)",
    "\\s{1,2}\\S",
  ])("%s", (source) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab-exyzA-E\]\n\r\t .-]{0,24}$/), (text) => {
        expect(rulePattern(source).matches(text)).toEqual(rustPattern(source).matches(text));
      }),
      { numRuns: 200 },
    );
  });
});

describe("what V8's engine is never given", () => {
  it.each([
    ["rounds within rounds", "(?:[a-z]{0,40}[0-9]{0,40}){0,20}x"],
    ["no bound", "[a-z]+[a-z]+x"],
    ["long stretches that run into each other", "[a-z]{0,200}[a-z]{0,200}[a-z]{0,200}x"],
  ])("%s", (_, source) => {
    const node = parsePattern(source);
    expect(node === null ? null : v8Pattern(node)).toBeNull();
  });

  it.each(["\\pL", "é", "a(?=b)", "\\d", "\\w", "[a&&b]", "(?x) a", "a{2}{", "[[:alpha:]]"])(
    "%s, which is not read here",
    (source) => expect(parsePattern(source)).toBeNull(),
  );
});
