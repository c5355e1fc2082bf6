import { describe, expect, it } from "vitest";
import { lineHashes } from "../../src/text/line-hash.js";

/** The same by the book, with whole numbers of 64 bits and no rolling. */
function byTheBook(text: string): readonly string[] {
  const kept: number[] = [];
  const starts: number[] = [];
  let isLineStart = true;
  const put = (unit: number): void => {
    if (isLineStart) starts.push(kept.length);
    isLineStart = unit === 10;
    kept.push(unit);
  };
  for (const unit of text.replace(/\r\n?/g, "\n").replace(/[ \t]/g, "").split("")) put(unit.charCodeAt(0));
  put(65535);
  const counts = new Map<string, number>();
  return starts.map((start) => {
    let hash = 0n;
    for (let at = start; at < start + 100; at++)
      hash = BigInt.asUintN(64, hash * 37n + BigInt(kept[at] ?? 0));
    const digits = hash.toString(16);
    counts.set(digits, (counts.get(digits) ?? 0) + 1);
    return `${digits}:${counts.get(digits)}`;
  });
}

const all = (text: string): ReadonlySet<number> =>
  new Set(Array.from({ length: text.split(/\r\n|\r|\n/).length }, (_, index) => index + 1));

describe("the hash of a line by which GitHub knows an alert again", () => {
  it("of an empty text is the one that every other tool gives", () => {
    expect(lineHashes("", new Set([1])).get(1)).toEqual({ hash: "c129715d7a2bc9a3:1", end: 0 });
  });

  it.each([
    ["one short line", "a"],
    ["lines that are alike", "a\na\na\n\n\n"],
    ["every kind of line break", "one\r\ntwo\rthree\nfour\r\r\nfive"],
    ["spaces and tabs, which do not count", " a\tb c\n\ta b\tc\n"],
    ["a line break among spaces", "a \r\n b\n"],
    ["a byte order mark, which does", "\ufeffa\nb\n"],
    ["letters of two units", "😀 漢\u{10ffff}\nü\n"],
    ["lines longer than the hash looks", `${"x".repeat(150)}\n${"y".repeat(99)}\n${"z".repeat(100)}\n`],
    ["more lines than the window holds", "\n".repeat(250)],
  ])("is what the algorithm says: %s", (_name, text) => {
    const hashes = lineHashes(text, all(text));
    expect([...all(text)].map((line) => hashes.get(line)?.hash)).toEqual(byTheBook(text));
  });

  it("stays when other lines come before it, and tells where its hundred characters end", () => {
    const text = `${"b".repeat(120)}\nlast\n`;
    const own = lineHashes(text, new Set([1])).get(1);
    const moved = lineHashes(`use a;\n\n${text}`, new Set([3])).get(3);
    expect(own?.end).toBe(100);
    expect(moved).toEqual({ hash: own?.hash, end: 108 });
  });

  it("knows no line that is not there", () => {
    expect(lineHashes("a\n", new Set([9])).size).toBe(0);
  });
});
