import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapesIn, unescapedView } from "../../src/text/unescaped-view.js";

const text = fc
  .array(
    fc.constantFrom("a", "0", "{", "}", "\\", "\\n", "\\x41", "\\u0041", "\\u{1f600}", "%41", "%", "é", " "),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(""));
const stretches = fc.array(fc.tuple(fc.nat(80), fc.nat(80)), { minLength: 1, maxLength: 30 });

describe("a stretch is touched by an escape", () => {
  it("wherever something else stands in the view", () => {
    fc.assert(
      fc.property(text, stretches, (drawn, asked) => {
        const view = unescapedView(drawn);
        const { touch } = escapesIn(drawn);
        for (const [from, to] of asked) {
          if (view.slice(from, to) !== drawn.slice(from, to)) expect(touch(from, to)).toBe(true);
        }
      }),
    );
  });

  it("alike, whatever was asked before", () => {
    fc.assert(
      fc.property(text, stretches, (drawn, asked) => {
        const { touch } = escapesIn(drawn);
        for (const [from, to] of asked) expect(touch(from, to)).toBe(escapesIn(drawn).touch(from, to));
      }),
      { numRuns: 500 },
    );
  });
});

it("a stretch of the view is that of the whole text, whatever was asked before", () => {
  fc.assert(
    fc.property(text, stretches, (drawn, asked) => {
      const { view } = escapesIn(drawn);
      for (const [from, to] of asked) expect(view(from, to)).toBe(unescapedView(drawn).slice(from, to));
    }),
    { numRuns: 500 },
  );
});
