import fc from "fast-check";
import { expect, it } from "vitest";
import { hunkBetween } from "../../src/scan/common-ends.js";

const bytes = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 40 }),
  fc.tuple(fc.nat(3000), fc.constantFrom("", "x", "yy"), fc.nat(3000)).map(([before, middle, behind]) => {
    return "a".repeat(before) + middle + "b".repeat(behind);
  }),
);

it("before and behind a hunk nothing differs, and it begins and ends with what does", () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const [old, now] = [Buffer.from(one), Buffer.from(other)];
      const { from, oldEnd, newEnd } = hunkBetween(old, now);
      expect(now.subarray(0, from)).toEqual(old.subarray(0, from));
      expect(now.subarray(newEnd)).toEqual(old.subarray(oldEnd));
      const isOpen = from < oldEnd && from < newEnd;
      expect([from <= oldEnd, from <= newEnd]).toEqual([true, true]);
      expect(isOpen && old[from] === now[from]).toBe(false);
      expect(isOpen && old[oldEnd - 1] === now[newEnd - 1]).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
