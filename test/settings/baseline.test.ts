import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Baseline,
  type BaselineEntry,
  EMPTY_BASELINE,
  formatBaseline,
  parseBaseline,
  STATES,
} from "../../src/settings/baseline.js";
import { ConfigError } from "../../src/toml/config-error.js";

const A = "0a".repeat(16);
const B = "0b".repeat(16);
const entriesOf = (text: string) => [...parseBaseline(text, "known.txt").entries.values()];

describe("a baseline", () => {
  it.each<readonly [string, string, Partial<BaselineEntry>]>([
    [
      "with everything",
      `${A} aws-key src/a.ts open -- why`,
      { rule: "aws-key", path: "src/a.ts", state: "open", reason: "why" },
    ],
    [
      "a quoted path",
      `${A} r "my file -- x.ts" accepted -- why`,
      { path: "my file -- x.ts", state: "accepted" },
    ],
    ["an escape in a path", `${A} r "a\\u202e\\"b" false-positive -- y`, { path: 'a\u202e"b' }],
    ["without a state", `${A}  r  src/a.ts  -- rotated in March`, { state: "accepted", path: "src/a.ts" }],
    [
      "without a state, spaces in the path",
      `${A} r my file.ts -- why`,
      { state: "accepted", path: "my file.ts" },
    ],
    ["a file whose name is a state", `${A} r open -- why`, { state: "accepted", path: "open" }],
    ["nothing but a reason", `${A} -- why`, { rule: null, path: null, state: "accepted" }],
    ["what is not known", `${A} - - open -- why`, { rule: null, path: null, state: "open" }],
    ["dashes in the reason", `${A} r p open -- a -- b`, { reason: "a -- b" }],
    ["CRLF and spaces around", `  ${A} r p open -- a \r\n`, { reason: "a" }],
  ])("reads a line: %s", (_name, line, expected) => {
    expect(entriesOf(line)).toEqual([expect.objectContaining({ fingerprint: A, ...expected })]);
  });

  it.each([
    ["no reason", `${A} r p open --`, "a baseline line reads: fingerprint rule path state -- reason"],
    ["no dashes", `${A} r p open why`, "a baseline line reads: fingerprint rule path state -- reason"],
    ["no fingerprint", "abc r p open -- why", "a baseline line reads: fingerprint rule path state -- reason"],
    ["a misspelt state", `${A} r p opne -- why`, "there is no state of that name; did you mean open?"],
    ["a conflict", "<<<<<<< HEAD", "a baseline line reads: fingerprint rule path state -- reason"],
  ])("refuses a line: %s", (_name, line, message) => {
    expect(() => parseBaseline(`# x\n${line}\n`, "known.txt")).toThrow(
      new ConfigError([{ file: "known.txt", line: 2, column: 1, message }]),
    );
  });

  it("is written sorted by fingerprint, comments first, a line each", () => {
    const text = `# mine\n${B} r b.ts open -- two\n# more\n${A} r "a b.ts" accepted -- one\n`;
    expect(formatBaseline(parseBaseline(text, ""))).toBe(
      `# mine\n# more\n${A} r "a b.ts" accepted -- one\n${B} r b.ts open -- two\n`,
    );
  });

  it("explains itself where it has no comments yet", () => {
    expect(formatBaseline(EMPTY_BASELINE)).toMatch(/^# aura-scan baseline: .*\n# States: .*\n$/);
  });

  it("lets whoever judged an entry outweigh open, in any order of lines", () => {
    const lines = [`${A} r p open -- x`, `${A} r p false-positive -- y`, `${A} r p open -- z`];
    for (const order of [lines, [...lines].reverse()])
      expect(entriesOf(order.join("\n"))).toEqual([expect.objectContaining({ reason: "y" })]);
  });

  const word = fc.stringMatching(/^[a-z]+(?:-[a-z]+)*$/);
  const entry: fc.Arbitrary<BaselineEntry> = fc.record({
    fingerprint: fc.stringMatching(/^[0-9a-f]{32}$/),
    rule: word,
    path: fc.string({ unit: "grapheme", minLength: 1 }).filter((path) => path !== "-"),
    state: fc.constantFrom(...STATES),
    reason: fc.stringMatching(/^[a-z](?:[ -~]*[a-z])?$/),
  });

  it("reads back what it writes, and writes the same from it, whatever the paths", () => {
    fc.assert(
      fc.property(fc.array(entry), (all) => {
        const baseline: Baseline = {
          comments: ["# c"],
          entries: new Map(all.map((one) => [one.fingerprint, one])),
        };
        const text = formatBaseline(baseline);
        expect(text.split("\n")).toHaveLength(baseline.entries.size + 2);
        const read = parseBaseline(text, "");
        expect(new Map(read.entries)).toEqual(new Map(baseline.entries));
        expect(formatBaseline(read)).toBe(text);
      }),
    );
  });

  it("is the same whichever of two branches' lines come first", () => {
    fc.assert(
      fc.property(fc.array(entry), fc.array(entry), (ours, theirs) => {
        const text = (all: readonly BaselineEntry[]) =>
          formatBaseline({ comments: ["# c"], entries: new Map(all.map((one) => [one.fingerprint, one])) });
        const merged = (one: string, other: string) => formatBaseline(parseBaseline(one + other, ""));
        const entries = (formatted: string) => formatted.split("\n").filter((line) => !line.startsWith("#"));
        expect(entries(merged(text(ours), text(theirs)))).toEqual(entries(merged(text(theirs), text(ours))));
      }),
    );
  });
});
