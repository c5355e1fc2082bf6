import { isAscii } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePattern } from "../../src/pattern/parse-pattern.js";
import { rustPattern } from "../../src/pattern/rust-pattern.js";
import { matchesSomewhere } from "../../src/pattern/simulated.js";
import { v8Pattern } from "../../src/pattern/v8-pattern.js";
import { defaultContents } from "../../src/rules/load.js";
import { sampleOf } from "../../src/rules/test-rule.js";

function simulated(source: string, text: string): boolean {
  const node = parsePattern(source);
  if (node === null) throw new Error(`not read: ${source}`);
  return matchesSomewhere(node, text);
}

const contents = await defaultContents();

describe("all ways of a pattern at once", () => {
  it.each([
    ["ab", ["ab", "xaby"], ["", "a b", "ba"]],
    ["^ab$", ["ab"], ["xab", "abx"]],
    ["(?m:^)ab(?m:$)", ["x\nab\ny"], ["x\nxab\ny", "ab "]],
    ["\\bab\\b", ["ab", ",ab."], ["xab", "ab_"]],
    ["a\\Bb", ["ab"], ["a b"]],
    ["a{2,3}b", ["aab", "aaaab"], ["ab"]],
    ["xa{2,3}b", ["xaab", "xaaab"], ["xab", "xaaaab"]],
    ["x[a-c]{0,2}c", ["xc", "xabc", "xcc"], ["xabac"]],
    ["x(?:ab|c){2}y", ["xabcy", "xccy"], ["xaby", "xcccy"]],
    ["x(?:a{1,2},){2,}y", ["xa,aa,y", "xa,a,a,y"], ["xa,y"]],
    ["(?:a|b)*c", ["c", "abbac"], ["ab"]],
    ["a.{3}b", ["a123b"], ["a12\nb", "a12b"]],
    ["(?i)key=[^a]", ["KEY=b"], ["key=A"]],
  ])("%s", (source, yes, no) => {
    expect(yes.filter((text) => !simulated(source, text))).toEqual([]);
    expect(no.filter((text) => simulated(source, text))).toEqual([]);
  });

  const patterns = contents
    .flatMap(({ content }) => content.rules)
    .filter(({ pattern: { source } }) => {
      const node = source === "" ? null : parsePattern(source);
      return node !== null && v8Pattern(node) === null;
    });
  const change = fc.tuple(fc.nat(4096), fc.stringMatching(/^[\t\n\r -~]{0,3}$/));

  it("says of the default rules what the crate says, in samples and in samples with characters changed", () => {
    expect(patterns.length).toBeGreaterThan(200);
    fc.assert(
      fc.property(fc.nat(patterns.length - 1), fc.array(change, { maxLength: 4 }), (index, changes) => {
        const rule = patterns[index];
        if (rule === undefined) return;
        for (const [at, template] of [...rule.examples, ...rule.counterexamples].entries()) {
          const kind = at < rule.examples.length ? "examples" : "counterexamples";
          let text = sampleOf(
            rule,
            kind,
            at < rule.examples.length ? at : at - rule.examples.length,
            template,
          );
          for (const [place, by] of changes) {
            const where = place % (text.length + 1);
            text = text.slice(0, where) + by + text.slice(where + (place % 3));
          }
          text = text.slice(0, 3000);
          if (!isAscii(Buffer.from(text))) continue;
          const { source } = rule.pattern;
          expect([rule.id, text, simulated(source, text)]).toEqual([
            rule.id,
            text,
            rustPattern(source).test(text),
          ]);
        }
      }),
      { numRuns: 800 },
    );
  });
});
