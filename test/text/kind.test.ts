import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { contentKind, HEAD_BYTES } from "../../src/text/kind.js";

const wide = (text: string) => Buffer.from(text, "utf16le");
const swapped = (text: string) => wide(text).swap16();
const sample = "export const token = 'x';\r\n".repeat(20);
/** Bytes without order, always the same. */
const noise = Buffer.from(
  Array.from({ length: 4096 }, (_, n) => (n * n * 7 + n * 131 + (n >> 3) * 29) & 255),
);
const behind = (mark: string | readonly number[]) =>
  Buffer.concat([typeof mark === "string" ? Buffer.from(mark, "latin1") : Buffer.from(mark), noise]);

describe("the kind of a content", () => {
  it.each([
    ["nothing", Buffer.alloc(0), "utf-8"],
    ["ASCII", Buffer.from(sample), "utf-8"],
    ["UTF-8", Buffer.from("é日本🎉".repeat(30)), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${sample}`), "utf-8-bom"],
    ["a mark alone", Buffer.from("\ufeff"), "utf-8-bom"],
    ["terminal output with escapes", Buffer.from("\x1b[31mred\x1b[0m\b\n"), "utf-8"],
    ["a text with one stray NUL", Buffer.from(`${sample}\0${sample}`), "utf-8"],
    ["UTF-16LE with a mark", wide(`\ufeff${sample}`), "utf-16le"],
    ["UTF-16BE with a mark", swapped(`\ufeff${sample}`), "utf-16be"],
    ["UTF-16LE with a mark, ideographs only", wide("\ufeff漢字かな交じり文。"), "utf-16le"],
    ["UTF-16LE without a mark", wide(sample), "utf-16le"],
    ["UTF-16BE without a mark", swapped(sample), "utf-16be"],
    ["UTF-16LE without a mark, short", wide("A=1"), "utf-16le"],
    ["UTF-16LE cut in a character", wide(sample).subarray(0, 101), "utf-16le"],
    ["half ideographs in UTF-16LE without a mark", wide(`key = "漢字漢字"\n`.repeat(20)), "utf-16le"],
    ["UTF-32LE with a mark", Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0]), "utf-32le"],
    ["UTF-32BE with a mark", Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 65]), "utf-32be"],
    ["Latin-1", Buffer.from("Grüße aus Köln\n".repeat(9), "latin1"), "latin1"],
    ["Shift-JIS", Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x0a]), "latin1"],
  ])("of %s is text", (_name, bytes, encoding) => {
    expect(contentKind(bytes)).toEqual({ kind: "text", encoding });
  });

  it.each([1, 2, 3])(
    "is UTF-8 where a character is cut %i bytes into it at the end of the head",
    (inside) => {
      const bytes = Buffer.from(`${"x".repeat(HEAD_BYTES - inside)}🎉${"y".repeat(100)}`);
      expect(contentKind(bytes)).toEqual({ kind: "text", encoding: "utf-8" });
      expect(contentKind(bytes.subarray(0, HEAD_BYTES))).toEqual({ kind: "text", encoding: "utf-8" });
    },
  );

  it("does not depend on what follows the head", () => {
    const head = Buffer.from("a".repeat(HEAD_BYTES));
    expect(contentKind(Buffer.concat([head, noise]))).toEqual(contentKind(head));
  });

  it.each([
    ["bytes without order", noise],
    ["a program", behind("\x7fELF\x02\x01\x01\0\0\0")],
    ["a database", Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(500)])],
    ["UTF-16 with a mark, then ASCII", Buffer.concat([wide(`\ufeff${sample}`), Buffer.from(sample)])],
    ["NULs only", Buffer.alloc(100)],
    ["strings between NULs", Buffer.from("A=1\0B=2\0LONGER=three\0".repeat(9))],
    ["ASCII, then UTF-16", Buffer.concat([Buffer.from(sample), wide(sample)])],
    [
      "samples of sound, small numbers in two bytes each",
      Buffer.from(Array.from({ length: 400 }, (_, n) => (n % 2 ? 0 : n % 29))),
    ],
    ["ASCII behind a mark of UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sample)])],
    [
      "ASCII and one NUL behind a mark of UTF-16",
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(`${sample}\0`)]),
    ],
  ])("of %s is binary", (_name, bytes) => {
    expect(contentKind(bytes)).toEqual({ kind: "binary" });
  });

  const png = Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0", "latin1"),
    deflateSync("pixels"),
  ]);
  const bmp = Buffer.concat([
    Buffer.from("BM"),
    Buffer.from([70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0]),
  ]);
  const zip = Buffer.concat([Buffer.from("PK\x03\x04\x14\0\0\0\x08\0", "latin1"), deflateRawSync(sample)]);
  it.each([
    ["zip archive", zip],
    ["empty zip archive", Buffer.from(`PK\x05\x06${"\0".repeat(18)}`)],
    ["gzip file", gzipSync("x")],
    ["gzip file", gzipSync(sample)],
    ["png image", png],
    ["bmp image", bmp],
    ["bzip2 file", behind("BZh91AY&SY")],
    ["xz file", behind([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
    ["zstd file", behind([0x28, 0xb5, 0x2f, 0xfd])],
    ["7z archive", behind([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
    ["rar archive", behind("Rar!\x1a\x07\x01\0")],
    ["icon", behind([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 99, 4, 0, 0, 22, 0, 0, 0])],
    ["jpeg image", behind([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ["gif image", behind("GIF89a\x01\0\x01\0\x80")],
    ["webp image", behind("RIFF\x24\0\0\0WEBPVP8 ")],
    ["wav audio", behind("RIFF\x24\x10\0\0WAVEfmt ")],
    ["mp4 or heif media", behind("\0\0\0\x20ftypisom")],
    ["PDF document", behind("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")],
    ["woff2 font", behind("wOF2\0\x01\0\0")],
    ["truetype font", behind([0, 1, 0, 0, 0, 17, 1, 0, 0, 4])],
    ["mp3 audio", behind("ID3\x04\0\0\0\0\x02\x01")],
    ["ogg media", behind("OggS\0\x02")],
    ["matroska or webm video", behind([0x1a, 0x45, 0xdf, 0xa3])],
    ["git-crypt file", behind("\0GITCRYPT\0")],
    [
      "Git LFS pointer: the content is not in git",
      Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${"0a".repeat(32)}\nsize 7\n`),
    ],
  ])("is a container: %s", (what, bytes) => {
    expect(contentKind(bytes)).toEqual({ kind: "container", what });
  });

  it.each([
    "PK",
    "BM",
    "%PDF-1.7",
    "ID3",
    "GIF89a",
    "BZh91AY&SY",
    "Rar!",
    "RIFF....WEBP",
    "icns",
    "wOFF",
    "OTTO",
    "8BPS",
    "....ftypisom",
  ])("of a text that begins with %s is text", (letters) => {
    for (const rest of ["", " is the beginning of a text", `\n${sample}`]) {
      expect(contentKind(Buffer.from(letters + rest))).toEqual({ kind: "text", encoding: "utf-8" });
    }
  });

  it("of a text behind the mark of a picture is not that of a picture", () => {
    for (const mark of [png.subarray(0, 8), Buffer.from([0xff, 0xd8, 0xff]), Buffer.from("PK\x03\x04")]) {
      expect(contentKind(Buffer.concat([mark, Buffer.from(sample)])).kind).not.toBe("container");
    }
  });
});
