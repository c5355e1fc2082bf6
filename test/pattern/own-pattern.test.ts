import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { innerLiterals } from "../../src/pattern/inner-literals.js";
import { endAt, matchesOf, ownMatcher, testOf } from "../../src/pattern/own-pattern.js";
import { parsePattern } from "../../src/pattern/parse-pattern.js";
import { type Program, programOf } from "../../src/pattern/program.js";
import { rustPattern } from "../../src/pattern/rust-pattern.js";
import { defaultContents } from "../../src/rules/load.js";
import { sampleOf } from "../../src/rules/test-rule.js";

/** By the literals of the pattern, where it has such. */
function byLiterals(source: string, text: string) {
  const node = parsePattern(source);
  return node === null ? null : (ownMatcher(node, innerLiterals(node))?.matches(text) ?? null);
}

function program(source: string): Program {
  const node = parsePattern(source);
  const made = node === null ? null : programOf(node);
  if (made === null) throw new Error(`not taken: ${source}`);
  return made;
}

describe("our own machine finds what the Rust crate finds", () => {
  it.each([
    ["ab", ["ab", "xaby", "", "a b", "ba"]],
    ["(?:a|ab)(?:c|bcd)(?:d|)", ["abcd", "acd", "xabcdabcd"]],
    ["a{2,3}?", ["aaaaaaa"]],
    ["(?:a{1,2}?b?){2,3}", ["aabaab", "aaaaaa"]],
    ["x(?:ab|c){2}y", ["xabcy", "xccy", "xaby", "xcccy"]],
    ["(?:a|b)*c", ["c", "abbac", "ab"]],
    ["(?:a|)*?b", ["aab", "b"]],
    ["(?:(?:a*)*)*x?", ["aax", "", "ba"]],
    ["(?:a?){3,}b", ["aaaaab", "b"]],
    ["(?P<secret>a)|(?P<secret2>b)", ["ab", "ba"]],
    ["(?:(?P<secret>a)|b){1,3}c", ["abc", "bac", "bbc", "bbbbac"]],
    ["(?m:^)[a-z]{1,2}(?m:$)", ["ab\nabc\nd", "\n\n"]],
    ["\\b[a-c]{1,3}\\b", ["abc, abcd éa aé a", "a_ b"]],
    ["(?-u:\\b)a(?-u:\\b)", ["éaé", "xa"]],
    [
      "(?m:^)[ab]{1,2}|\\bc|\\B_|\\A d|(?:\\b|x)e",
      ["ab\nab ab", "c ac\nc éc", "a_ _a __ é_", " d\n d", "e xe ae \ne ée"],
    ],
    ["(?:(?m:^)|;)\\b-?a", ["a;a\na -a;-a", "b;-a\n-a", "é;a", "\r\na\r-a"]],
    ["(?i)[ks]{2}", ["KſKs", "\u212ak"]],
    ["(?i-u)[ks]{2}", ["Kſ\u212aKs", "\u212ak"]],
    ["(?i)[^s]+", ["aſs\u212a"]],
    ["[^\\s]{2}\\s", ["ab\u00a0cd\u2003ef\u3000", "a b \u0085"]],
    [".{2}b", ["\u{1f600}\u{1f600}b", "\u{1f600}b", "\ud83db\udc00b", "éèb"]],
    ["[^a]{1,3}?b|[^a]{2,}", ["\u{1f600}\u{1f600}b\u{1f600}", "ba\u{1f600}"]],
    ["", ["", "ab", "\u{1f600}"]],
    ["a*", ["baac", "\u{1f600}a"]],
    ["[a-z ]{0,9}?(?:key|(?i:Sk))[=:][0-9]{2,3}", ["a key=12 sK:345 key:1 s\u212a=77 key=1", "keykey=12"]],
    [".{1,2}abab", ["\u{1f600}\u{1f600}ababab", "ababab"]],
  ])("%s", (source, texts) => {
    for (const text of texts) {
      expect(matchesOf(program(source), text)).toEqual(rustPattern(source).matches(text));
      expect(testOf(program(source), text)).toBe(rustPattern(source).test(text));
      expect(byLiterals(source, text)).toEqual(rustPattern(source).matches(text));
    }
  });

  const atom = fc.constantFrom(
    ..."abks_- ".split(""),
    ...["[ab]", "[^a]", "[^ks]", "[a-c_]", ".", "(?s:.)", "\\s", "\\S", "[^\\s-]", "(?i:k)", "(?i:[^s])"],
    ...["(?i-u:s)", "\\b", "\\B", "(?-u:\\b)", "(?m:^)", "(?m:$)", "^", "$", ""],
  );
  const times = fc.constantFrom(
    "",
    "",
    "?",
    "*",
    "+",
    "??",
    "*?",
    "+?",
    "{2}",
    "{0,2}",
    "{1,3}?",
    "{2,}",
    "{0}",
  );
  const { whole } = fc.letrec<{ whole: string; part: string }>((tie) => ({
    part: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.tuple(atom, times).map(([one, many]) => `(?:${one})${many}`),
      fc.tuple(tie("whole"), times).map(([one, many]) => `(?:${one})${many}`),
      fc.array(tie("part"), { minLength: 2, maxLength: 3 }).map((parts) => `(?:${parts.join("|")})`),
      tie("part").map((one) => `(?P<secret>${one})`),
    ),
    whole: fc.array(tie("part"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
  }));
  // A name may stand once.
  const pattern = whole.map((source) => {
    let count = 0;
    return source.replaceAll("<secret>", () => `<secret${count++ || ""}>`);
  });
  const letters = [..."aabbcksKS_- \n.", "\u017f", "\u212a", "é", "\u00a0", "–", "\u{1f600}", "\ud83d"];
  const text = fc.array(fc.constantFrom(...letters), { maxLength: 16 }).map((all) => all.join(""));

  it("of patterns made up at random, in ASCII and other text", () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 4, maxLength: 8 }), (source, texts) => {
        const own = program(source);
        for (const one of texts) {
          const wanted = rustPattern(source).matches(one);
          expect([source, one, matchesOf(own, one)]).toEqual([source, one, wanted]);
          expect([source, one, byLiterals(source, one)]).toEqual([source, one, wanted]);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("also at one place alone", () => {
    fc.assert(
      fc.property(pattern, text, (source, one) => {
        const behind = endAt(program(source), `--${one}`, 2);
        const anchored = rustPattern(`(?s:^..)(?:${source})`).matches(`--${one}`)[0];
        // `^` and what looks back see more text here.
        if (/\^|\\b|\\B/.test(source)) return;
        expect([source, one, behind]).toEqual([source, one, anchored?.whole.end ?? -1]);
      }),
      { numRuns: 300 },
    );
  });
});

const contents = await defaultContents();
const rules = contents.flatMap(({ content }) => content.rules);
const change = fc.tuple(fc.nat(4096), fc.stringMatching(/^[\t\n\r -~]{0,3}$/));
const changeBeyond = fc.tuple(
  fc.nat(4096),
  fc.constantFrom("é", "\u00a0", "\u017f", "\u212a", "\u{1f600}", "„"),
);

describe("the default rules", () => {
  const patterns = rules.filter((rule) => rule.pattern.source !== "");

  it("are all taken by our reader and our machine: none needs the crate", () => {
    const refused = patterns.filter(({ pattern: { source } }) => {
      const node = parsePattern(source);
      return node === null || programOf(node) === null;
    });
    expect(refused.map(({ id }) => id)).toEqual([]);
  });

  it("find in samples what the crate finds, and in samples with characters changed", () => {
    fc.assert(
      fc.property(
        fc.nat(patterns.length - 1),
        fc.array(fc.oneof({ weight: 4, arbitrary: change }, { weight: 1, arbitrary: changeBeyond }), {
          maxLength: 4,
        }),
        (index, changes) => {
          const rule = patterns[index];
          if (rule === undefined) return;
          const own = program(rule.pattern.source);
          for (const kind of ["examples", "counterexamples"] as const) {
            for (const [at, template] of rule[kind].entries()) {
              let text = sampleOf(rule, kind, at, template);
              for (const [place, by] of changes) {
                const where = place % (text.length + 1);
                text = text.slice(0, where) + by + text.slice(where + (place % 3));
              }
              text = text.slice(0, 4000);
              const wanted = rustPattern(rule.pattern.source).matches(text);
              expect([rule.id, text, matchesOf(own, text)]).toEqual([rule.id, text, wanted]);
              expect([rule.id, text, byLiterals(rule.pattern.source, text)]).toEqual([rule.id, text, wanted]);
            }
          }
        },
      ),
      { numRuns: 1200 },
    );
  });
});

describe("our own machine is linear", () => {
  /** How much longer it takes for eight times the text, at best of three. */
  function growth(source: string, piece: string): number {
    const own = program(source);
    const cost = (size: number): number => {
      const text = piece.repeat(Math.ceil(size / piece.length));
      const times = [0, 1, 2].map(() => {
        const before = process.cpuUsage();
        matchesOf(own, text);
        const { user, system } = process.cpuUsage(before);
        return user + system;
      });
      return Math.min(...times);
    };
    return cost(160_000) / Math.max(2_000, cost(20_000));
  }

  it.each([
    ["(?:a|aa)+b", "a"],
    ["(?:a?){0,20}a{0,20}b", "a"],
    ["(?:[a-z]{0,40}[0-9]{0,40}){0,20}x=", "ab1"],
    ["[a-z]{0,200}[a-z]{0,200}[a-z]{0,200}=", "abc"],
    ["(?:[a-z]{1,30}[ ,]{1,2}){11,23}[.]", "abc, de "],
    ["key.{0,2000}?key=", "key "],
  ])("for %s in %j again and again", (source, piece) => {
    expect(growth(source, piece)).toBeLessThan(8 * 3);
  });
});
