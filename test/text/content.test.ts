import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Content, readContent } from "../../src/text/content.js";
import { HEAD_BYTES } from "../../src/text/kind.js";
import type { TextPiece } from "../../src/text/piece.js";

const limits = { binaryBytes: 1 << 20 };

async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(sizes[turn % sizes.length] ?? bytes.length, 1);
    // A copy that is overwritten afterwards, as a source that uses its buffer again would.
    yield Uint8Array.from(bytes.subarray(at, at + size));
    at += size;
  }
}

type Read = { kind: string; text: string; bytes: number; truncated: boolean; pieces: TextPiece[] };

async function read(content: Content): Promise<Read> {
  if (content.kind === "container") throw new Error(content.what);
  const pieces: TextPiece[] = [];
  // The bytes of an ASCII text come along: it is the same piece with and without.
  for await (const { text, offset, line, column, overlap, last } of content.pieces) {
    pieces.push({ text, offset, line, column, overlap, last });
  }
  const text = pieces.map((piece) => piece.text.slice(0, piece.text.length - piece.overlap)).join("");
  return { kind: content.kind, text, bytes: content.bytes(), truncated: content.truncated(), pieces };
}

const readAll = async (bytes: Uint8Array, sizes: readonly number[] = [1 << 20], binaryBytes = 1 << 20) =>
  read(await readContent(chunked(bytes, sizes), { binaryBytes }));

const sample = "key = 'ü日本🎉' # first\r\nsecond\rthird\n";
const wide = Buffer.from(sample, "utf16le");
const points = [...sample].map((char) => char.codePointAt(0) ?? 0);
const utf32 = Buffer.alloc(points.length * 4);
for (const [at, point] of points.entries()) utf32.writeUInt32LE(point, at * 4);
const mark = Buffer.from([0xff, 0xfe]);

describe("a text", () => {
  it.each([
    ["UTF-8", Buffer.from(sample)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${sample}`)],
    ["UTF-16LE with a mark", Buffer.concat([mark, wide])],
    ["UTF-16LE without a mark", wide],
    ["UTF-16BE with a mark", Buffer.concat([mark, wide]).swap16()],
    ["UTF-16BE without a mark", Buffer.from(wide).swap16()],
    ["UTF-32LE", Buffer.concat([mark, Buffer.alloc(2), utf32])],
    ["UTF-32BE", Buffer.concat([mark, Buffer.alloc(2), utf32]).swap32()],
  ])(
    "in %s is read as the same characters, its mark left out, however its bytes arrive",
    async (_name, bytes) => {
      for (const sizes of [[1 << 20], [1], [2], [3], [5, 1, 7]]) {
        expect(await readAll(bytes, sizes)).toMatchObject({
          kind: "text",
          text: sample,
          bytes: bytes.length,
        });
      }
    },
  );

  it("that is no UTF-8 is read as one character a byte", async () => {
    const bytes = Buffer.from("pässword = 'größe'\n", "latin1");
    expect((await readAll(bytes)).text).toBe("pässword = 'größe'\n");
  });

  it("of nothing is one empty piece", async () => {
    const read = await readAll(Buffer.alloc(0));
    expect(read).toMatchObject({ kind: "text", text: "", bytes: 0, truncated: false });
    expect(read.pieces).toHaveLength(1);
  });

  it.each([
    ["UTF-8", Buffer.concat([Buffer.from("text"), Buffer.from([0xe2, 0x82])])],
    ["UTF-16", Buffer.concat([mark, Buffer.from("text", "utf16le"), Buffer.from([65])])],
  ])("whose last character is cut off ends with a replacement character, in %s", async (_name, bytes) => {
    expect((await readAll(bytes, [1])).text).toBe("text\ufffd");
  });

  it("that becomes invalid after its head loses none of its other characters", async () => {
    const head = "a".repeat(HEAD_BYTES);
    const bytes = Buffer.concat([
      Buffer.from(head),
      Buffer.from([0xff, 0xc3]),
      Buffer.from("secret"),
      Buffer.from([0xf0]),
    ]);
    expect((await readAll(bytes)).text).toBe(`${head}\ufffd\ufffdsecret\ufffd`);
  });

  it("gives the same pieces however its bytes arrive, valid or not", async () => {
    const part = fc.oneof(
      fc.constantFrom("ascii text", "é", "日", "🎉", "\r\n").map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
    );
    // Behind a clean head, so that it stays a text; and without one, so that it may be of any kind.
    const heads = [Buffer.from(`${"head ".repeat(HEAD_BYTES / 5)}\n`), Buffer.from("x"), mark];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...heads),
        fc.array(part, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        async (head, parts, sizes) => {
          const tail = Buffer.concat(parts);
          const bytes = Buffer.concat([head, tail]);
          const large = head.length > 9 ? [head.length - 3, ...sizes, 4, 1] : sizes;
          const open = async (by: readonly number[]) => readContent(chunked(bytes, by), limits);
          const [one, other] = [await open([1 << 20]), await open(large)];
          if (one.kind === "container") expect(other).toEqual(one);
          else expect(await read(other)).toEqual(await read(one));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("of many megabytes comes in pieces that overlap, in whatever chunks it arrives", async () => {
    const line = "0123456789 🎉 the quick brown fox\r\n";
    const bytes = Buffer.from(line.repeat(400_000));
    const one = await readAll(bytes, [bytes.length]);
    const other = await readAll(bytes, [1_000_003]);
    expect(one.pieces.length).toBeGreaterThan(3);
    expect(one.text === line.repeat(400_000)).toBe(true);
    expect(other.pieces.map(({ text, ...place }) => ({ ...place, length: text.length }))).toEqual(
      one.pieces.map(({ text, ...place }) => ({ ...place, length: text.length })),
    );
    expect(one.bytes).toBe(bytes.length);
  });

  it("of any size takes little memory", async () => {
    const chunk = Buffer.from("some words in a line that goes on and on ".repeat(25_000));
    async function* endless() {
      for (let n = 0; n < 200; n++) yield chunk;
    }
    const content = await readContent(endless(), limits);
    if (content.kind === "container") throw new Error(content.what);
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc");
    const before = process.memoryUsage().heapUsed + process.memoryUsage().external;
    let longest = 0;
    let most = 0;
    for await (const piece of content.pieces) {
      longest = Math.max(longest, piece.text.length);
      collectGarbage();
      most = Math.max(most, process.memoryUsage().heapUsed + process.memoryUsage().external);
    }
    expect(content.bytes()).toBe(chunk.length * 200);
    expect(longest).toBe(4 << 20);
    expect(most - before).toBeLessThan(40 << 20);
  });
});

describe("a binary", () => {
  const nul = "\0".repeat(8);
  it("is read by its strings of six characters and more, one a line, in ASCII and in UTF-16", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${nul}short${nul}secret${nul}\x01with a tab\there\x02\xff`, "latin1"),
      Buffer.from("wide secret", "utf16le"),
      Buffer.from(`${nul}tail\0\0`),
      Buffer.from(`\0${nul}`),
      Buffer.from("turned", "utf16le").swap16(),
      Buffer.from("\x01\x01no end"),
    ]);
    for (const sizes of [[1 << 20], [1], [3, 2]]) {
      const read = await readAll(bytes, sizes);
      expect(read.kind).toBe("binary");
      expect(read.text.split("\n")).toEqual([
        "secret",
        "with a tab\there",
        "wide secret",
        "turned",
        "no end",
      ]);
    }
  });

  it("is read up to the limit, and tells if that left something out", async () => {
    const bytes = Buffer.from(`${nul}before${nul}${"\0".repeat(78)}after the limit${nul}`);
    const whole = { bytes: bytes.length, truncated: false, text: "before\nafter the limit\n" };
    expect(await readAll(bytes, [7], bytes.length)).toMatchObject(whole);
    expect(await readAll(bytes, [7], 100)).toMatchObject({ bytes: 100, truncated: true, text: "before\n" });
    expect(await readAll(bytes, [1 << 20], 100)).toMatchObject({ bytes: 100, truncated: true });
    expect(await readAll(bytes, [7], bytes.length - 1)).toMatchObject({ truncated: true });
  });

  it("ends its source where the limit ends it", async () => {
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(1000);
      } finally {
        ended = true;
      }
    }
    await read(await readContent(endless(), limits));
    expect(ended).toBe(true);
  });
});

describe("a container", () => {
  it("is named and its source ended", async () => {
    let ended = false;
    async function* picture() {
      try {
        yield Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
        yield Buffer.alloc(HEAD_BYTES);
        yield Buffer.alloc(1);
      } finally {
        ended = true;
      }
    }
    expect(await readContent(picture(), limits)).toEqual({ kind: "container", what: "png image" });
    expect(ended).toBe(true);
  });
});

describe("a source that fails", () => {
  it.each([0, 200_000])("after %i bytes fails the reading", async (size) => {
    async function* failing() {
      yield Buffer.from("x".repeat(size));
      throw new Error("disk");
    }
    await expect((async () => read(await readContent(failing(), limits)))()).rejects.toThrow("disk");
  });
});
