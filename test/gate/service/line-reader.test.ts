import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineReader } from "../../../src/gate/service/line-reader.js";

/** The lines of a text that comes in these chunks. */
function linesOf(chunks: readonly Buffer[], most: number): readonly string[] {
  const reader = lineReader(most);
  const told: string[] = [];
  for (const chunk of chunks)
    for (const line of reader.push(chunk))
      told.push(line === "too-long" ? "too-long" : line.toString("latin1"));
  const rest = reader.end();
  if (rest !== null) told.push(rest === "too-long" ? "too-long" : rest.toString("latin1"));
  return told;
}

describe("the line reader", () => {
  it("gives the lines, however they are cut into chunks, and tells those that are too long", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "\n", "cc", "ddd"), { maxLength: 40 })
      .map((parts) => parts.join(""));
    const property = fc.property(text, fc.array(fc.nat(5), { maxLength: 30 }), (whole, cuts) => {
      const chunks: Buffer[] = [];
      let at = 0;
      for (const cut of cuts) {
        chunks.push(Buffer.from(whole.slice(at, at + cut)));
        at += cut;
      }
      chunks.push(Buffer.from(whole.slice(at)));
      const lines = whole.split("\n");
      const last = lines.pop() ?? "";
      const expected = [...lines, ...(last === "" ? [] : [last])].map((line) =>
        line.length > 4 ? "too-long" : line,
      );
      expect(linesOf(chunks, 4)).toEqual(expected);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("holds no more than the longest line, in whatever pieces it comes", () => {
    const reader = lineReader(1 << 20);
    const before = process.memoryUsage();
    const piece = Buffer.from("x");
    let told = 0;
    for (let count = 0; count < 1 << 20; count++) told += [...reader.push(piece)].length;
    expect(told).toBe(0);
    const megabyte = Buffer.alloc(1 << 20, "x");
    for (let count = 0; count < 100; count++)
      for (const line of reader.push(megabyte)) told += line === "too-long" ? 1 : 0;
    expect(told).toBe(1);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(8 << 20);
    expect([...reader.push(Buffer.from("x\nnext\n"))].map(String)).toEqual(["next"]);
  });
});
