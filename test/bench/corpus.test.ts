import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { benchModule } from "./bench-module.js";

const { drawing, drawnBytes } = await benchModule("corpus/draw.mjs");
const { sourceFile } = await benchModule("corpus/source-text.mjs");
const { fileSizes, pathOf } = await benchModule("corpus/tree.mjs");
const { historyStream } = await benchModule("corpus/history.mjs");
const { units } = await benchModule("corpus/units.mjs");
const { TELLING_PER_MEGABYTE } = await benchModule("corpus/words.mjs");

const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The first 16 digits of SHA-256. Another one here means that figures of before and after do not compare. */
const BYTES = "a44f5c4b8aff787c";
const TEXTS = "affb0db9cce2ce3c";
const HISTORY = "936d987a4d381fb3";

describe("the corpora of the benchmark are the same on every machine", () => {
  it("draws the same numbers from the same seed and keys, for ever", () => {
    const draw = drawing(1, 2);
    expect([draw.next(), draw.next(), draw.next()]).toEqual([1480813155, 422452007, 450546643]);
    expect(sha256(drawnBytes(drawing(7), 1001))).toBe(BYTES);
  });

  it("draws other numbers from another seed or key", () => {
    const first = [drawing(1, 2), drawing(1, 3), drawing(2, 2), drawing(2, 1), drawing(1)];
    expect(new Set(first.map((draw) => draw.next())).size).toBe(first.length);
  });

  it("writes the same text for the same seed and number", () => {
    const texts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => sourceFile(1, number, 5000).text);
    expect(sha256(texts.join(""))).toBe(TEXTS);
  });

  it("writes the same history", () => {
    const stream: string[] = [...historyStream(20)];
    expect(sha256(stream.join(""))).toBe(HISTORY);
  });
});

describe("a corpus is what was asked for", () => {
  it.each([0, 1, 20, 6250, 100_000])("a file has exactly %i bytes of ASCII", (bytes) => {
    for (let number = 0; number < 30; number++) {
      const { text } = sourceFile(1, number, bytes);
      expect(Buffer.byteLength(text)).toBe(bytes);
      expect(text.length).toBe(bytes);
    }
  });

  it("a tree's files add up to its size, and most are smaller than the mean", () => {
    const sizes: number[] = fileSizes(drawing(1), 6_250_000, 1000);
    expect(sizes.length).toBe(1000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(6_250_000);
    expect(sizes.filter((size) => size < 6250).length).toBeGreaterThan(600);
  });

  it("holds the words that scanners look at as often as real source does", () => {
    let text = "";
    for (let number = 0; text.length < 4_000_000; number++) text += sourceFile(1, number, 6250).text;
    for (const [word, often] of Object.entries(TELLING_PER_MEGABYTE)) {
      const count = (text.toLowerCase().split(word).length - 1) / (text.length / 1e6);
      expect(count / Number(often), word).toBeGreaterThan(0.6);
      expect(count / Number(often), word).toBeLessThan(1.7);
    }
  });

  it("keeps fifty files in a folder, and no path is used twice", () => {
    const paths = Array.from({ length: 1000 }, (_, number) => pathOf(number, "ts"));
    expect(new Set(paths).size).toBe(1000);
    expect(paths.filter((path) => path.startsWith("src/a0/b1/")).length).toBe(50);
  });

  it("offers units of at most 4 kB, each with its signature first", () => {
    for (const { body, signature } of units(500)) {
      expect(body.length).toBeLessThanOrEqual(4096);
      expect(body.startsWith(signature)).toBe(true);
    }
  });
});
