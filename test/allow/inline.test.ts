import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type InlineWord, inlineWords, type Placed } from "../../src/allow/inline.js";
import { lineIndex } from "../../src/text/lines.js";

const ALLOW = ["aura-scan", "allow"].join(":");
const FP = "0123456789ab";

/** The text without its marks, and a match for each `«rule:value»` in it. */
function marked(source: string): { readonly text: string; readonly matches: readonly Placed[] } {
  const matches: Placed[] = [];
  let text = "";
  let at = 0;
  for (const found of source.matchAll(/«([a-z-]+):([^»]*)»/g)) {
    text += source.slice(at, found.index);
    const [all, id = "", value = ""] = found;
    const secret = { start: text.length, end: text.length + value.length };
    matches.push({ rule: { id }, secret, pieces: [secret], value });
    text += value;
    at = found.index + all.length;
  }
  return { text: text + source.slice(at), matches };
}

/** For each match what is said to it: `line` of an allow, `line!` of a fault. */
function said(source: string, firstLine = 1): readonly (readonly string[])[] {
  const { text, matches } = marked(source);
  const words = inlineWords(text, lineIndex(text), matches, firstLine, (id) => id !== "no-rule");
  const shown = (word: InlineWord) => (word.kind === "fault" ? `${word.line}!` : `${word.line}`);
  return matches.map((match) => (words.get(match) ?? []).map(shown));
}

describe("a comment reaches", () => {
  it.each<readonly [string, string, readonly (readonly string[])[]]>([
    ["its own line", `k = «a:one» # ${ALLOW} a@${FP} -- x`, [["1"]]],
    ["what stands behind it too", `/* ${ALLOW} a@${FP} -- x */ k = «a:one»`, [["1"]]],
    ["the line below", `# ${ALLOW} a@${FP} -- x\nk = «a:one»`, [["1"]]],
    ["not the one after that", `# ${ALLOW} a@${FP} -- x\n\nk = «a:one»`, [[]]],
    ["not the line above", `k = «a:one»\n# ${ALLOW} a@${FP} -- x`, [[]]],
    [
      "over further comments",
      `# ${ALLOW} a@${FP} -- x\n# ${ALLOW} b@${FP} -- y\n«a:one» «b:two»`,
      [["1"], ["2"]],
    ],
    [
      "not over a comment behind a secret",
      `# ${ALLOW} a@${FP} -- x\n«b:one» # ${ALLOW} b@${FP} -- y\n«a:two»`,
      [["2"], []],
    ],
    ["a secret of several lines, from its first", `«a:one\ntwo» # ${ALLOW} a@${FP} -- x`, [["2"]]],
    ["only its own rule", `«a:one» «b:two» # ${ALLOW} b@${FP} -- x`, [[], ["1"]]],
    [
      "every value, where it is bound: the fingerprint decides",
      `«a:one» «a:two» # ${ALLOW} a@${FP} -- x`,
      [["1"], ["1"]],
    ],
  ])("%s", (_name, source, expected) => {
    expect(said(source)).toEqual(expected);
  });

  it("any line of a secret that is written in pieces", () => {
    const text = `k = "one" + // ${ALLOW} a@${FP} -- x\n  "two"\n`;
    const pieces = [
      { start: 5, end: 8 },
      { start: text.indexOf("two"), end: text.indexOf("two") + 3 },
    ];
    const match = {
      rule: { id: "a" },
      secret: { start: 5, end: pieces[1]?.end ?? 0 },
      pieces,
      value: "onetwo",
    };
    expect(inlineWords(text, lineIndex(text), [match], 1, () => true).get(match)).toHaveLength(1);
  });

  it("counts lines in the file, not in the piece", () => {
    expect(said(`k = «a:one» # ${ALLOW} a@${FP} -- x`, 101)).toEqual([["101"]]);
  });
});

describe("a comment without a fingerprint", () => {
  it.each<readonly [string, string, readonly (readonly string[])[]]>([
    ["allows the first value of its rule", `«a:one» «a:two» # ${ALLOW} a -- x`, [["1"], []]],
    ["and that one again", `«a:one» «a:two» «a:one» # ${ALLOW} a -- x`, [["1"], [], ["1"]]],
    ["on its own line first", `«a:one» # ${ALLOW} a -- x\n«a:two»`, [["1"], []]],
    [
      "leaves the next value to the next comment",
      `# ${ALLOW} a -- x\n# ${ALLOW} a -- y\n«a:one» «a:two»`,
      [["1"], ["2"]],
    ],
  ])("%s", (_name, source, expected) => {
    expect(said(source)).toEqual(expected);
  });
});

describe("a comment that allows nothing", () => {
  it.each<readonly [string, string, readonly (readonly string[])[]]>([
    ["without a reason", `«a:one» # ${ALLOW} a`, [["1!"]]],
    ["with a rule that is none", `«a:one» # ${ALLOW} no-rule -- x`, [["1!"]]],
    ["inside a secret", `«a:one # ${ALLOW} a -- x»`, [[]]],
    ["inside another secret", `«b:one # ${ALLOW} a -- x» «a:two»`, [[], []]],
  ])("%s", (_name, source, expected) => {
    expect(said(source)).toEqual(expected);
  });
});

describe("whatever the text", () => {
  it("an unbound comment allows one value at most, and a wall of comments is read in no time", () => {
    const line = fc.constantFrom(
      `# ${ALLOW} a -- x`,
      "«a:one»",
      "«a:two»",
      "",
      `«a:one» «a:two» # ${ALLOW} a -- y`,
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { text, matches } = marked(lines.join("\n"));
        const words = inlineWords(text, lineIndex(text), matches, 1, () => true);
        const values = new Map<InlineWord, Set<string>>();
        const byLine = new Map<number, Set<string>>();
        for (const match of matches)
          for (const word of words.get(match) ?? [])
            byLine.set(word.line, (byLine.get(word.line) ?? new Set()).add(match.value));
        expect([...values.values(), ...byLine.values()].every((set) => set.size === 1)).toBe(true);
      }),
    );
    const wall = `${`# ${ALLOW} a -- x\n`.repeat(20_000)}${"«a:one» ".repeat(2000)}`;
    expect(said(wall)).toHaveLength(2000);
  });
});
