import { describe, expect, it } from "vitest";
import { scanSourceFile } from "../../src/gate/scan-source-file.js";
import { lineHashes } from "../../src/text/line-hash.js";
import { smallEngine } from "../scan/small-engine.js";
import { letters } from "../secrets.js";

const engine = await smallEngine();
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Longer than a hash can give away. */
const LONG = letters("long", 40, ALNUM);
/** What a hash of 64 bits gives away, or nearly. */
const SHORT = letters("short", 14, ALNUM);
const WORDS = `sk_${"live"}_${"CorrectHorseBatteryStaple".slice(0, 24)}`;

const given = (value: string): string => `token = "${value}"\n`;

/** The hash of each finding's line in a file with these bytes. */
async function hashesIn(bytes: Uint8Array): Promise<readonly (string | null)[]> {
  async function* chunks() {
    yield bytes;
  }
  const { located } = await scanSourceFile(engine, { path: "a.txt", size: bytes.length, chunks });
  expect(located.length).toBeGreaterThan(0);
  return located.map(({ finding }) => finding.line_hash);
}

const ofText = (text: string) => hashesIn(Buffer.from(text));
const lineOf = (text: string, line: number) => lineHashes(text, new Set([line])).get(line)?.hash;

describe("the hash of a finding's line", () => {
  it.each([
    ["a long secret drawn at random", given(LONG), 1],
    ["one that another, weak one stands before, out of its sight", `${given(SHORT)}\n${given(LONG)}`, 3],
    [
      "one that a weak one stands behind, out of its sight",
      `${given(LONG)}${"# padding\n".repeat(12)}${given(SHORT)}`,
      1,
    ],
    [
      "one behind a hundred characters, so that nothing of it is in the hash",
      `${"x".repeat(99)} ${given(LONG)}`,
      1,
    ],
    ["one in a file with a byte order mark, which GitHub counts", `\ufeff${given(LONG)}`, 1],
  ])("is GitHub's own for %s", async (_name, text, line) => {
    const hashes = (await ofText(text)).filter((hash) => hash !== null);
    expect(hashes).toEqual([lineOf(text, line)]);
  });

  it.each([
    ["a secret that could be computed back from it", given(SHORT)],
    ["one of words, for which a guess could be tested", given(WORDS)],
    ["a long one with a short one in sight", `${given(LONG)}secret = "${SHORT}"\n`],
    ["one of which a few characters are in it, which would be told", `${"x".repeat(80)} ${given(LONG)}`],
  ])("is not told for %s", async (_name, text) => {
    for (const hash of await ofText(text)) expect(hash).toBeNull();
  });

  it.each([
    ["UTF-16", Buffer.from(`\ufeff${given(LONG)}`, "utf16le")],
    ["Latin-1", Buffer.from(`\u00e9\u00e9\n${given(LONG)}`, "latin1")],
    ["a binary", Buffer.concat([Buffer.alloc(500), Buffer.from(given(LONG)), Buffer.alloc(500)])],
    ["a text in several pieces", Buffer.from(given(LONG) + "a short line\n".repeat(400_000))],
  ])("is not known for %s", async (_name, bytes) => {
    for (const hash of await hashesIn(bytes)) expect(hash).toBeNull();
  });

  it("is the same wherever its line has moved to", async () => {
    expect(await ofText(`# a comment\n\n${given(LONG)}`)).toEqual(await ofText(given(LONG)));
  });
});
