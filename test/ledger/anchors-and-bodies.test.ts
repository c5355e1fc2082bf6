import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { bodyPath } from "../../src/ledger/bodies.js";
import { bodyOf, verifyLedger } from "../../src/ledger/read-ledger.js";
import { compactNow, NOW, writtenBefore, writtenNow } from "./earlier.js";
import { KEY, ledgerIn, ledgerPlace, push, segmentFile, segmentFiles, told } from "./ledgers.js";

let folder: string;
beforeEach(() => {
  folder = ledgerPlace();
});

const key = () => KEY;
const verified = () => verifyLedger(folder, key, { bodies: true });

describe("verification", () => {
  it("does not believe an anchor that another key signed, nor one that it cannot check", async () => {
    const name = await writtenBefore(folder, 9, [push("A")]);
    await writtenNow(folder);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    await compactNow(folder, ledger, { days: 1, bytes: null }, Buffer.alloc(32, 9));
    const anchor = `${ledger.writer}-000001 2 anchor`;
    expect(verified().problems.map(told)).toEqual([anchor, `${name} - missing`]);
    expect(verifyLedger(folder, null)).toMatchObject({
      ok: false,
      problems: [{ what: "anchor" }, { what: "missing" }],
    });
    expect(verifyLedger(folder, () => Buffer.alloc(32, 9)).ok).toBe(true);
  });

  it("tells of a segment that came back after it was signed off, and is another", async () => {
    const name = await writtenBefore(folder, 9, [push("A")]);
    const bytes = segmentFiles(folder).get(name) ?? Buffer.alloc(0);
    await writtenNow(folder);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    await compactNow(folder, ledger, { days: 1, bytes: null });
    writeFileSync(segmentFile(folder, name), bytes);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    writeFileSync(segmentFile(folder, name), bytes.subarray(0, bytes.indexOf("\n") + 1));
    expect(verified().problems.map(told)).toEqual([`${name} 2 missing`]);
  });

  it("looks at each body", async () => {
    const ledger = await ledgerIn(folder);
    const [gone, changed] = [await ledger.keepBody("gone"), await ledger.keepBody("changed")];
    await ledger.append([push("A", { hash: gone }), push("B", { hash: changed })]);
    const path = (hash: string) => bodyPath(folder, hash);
    expect(statSync(path(gone)).mode & 0o777).toBe(0o600);
    rmSync(path(gone));
    writeFileSync(path(changed), "no brotli");
    const [name = ""] = segmentFiles(folder).keys();
    expect(verified().problems.map(told)).toEqual([`${name} 2 body`, `${name} 3 body`]);
    expect(verifyLedger(folder, key).ok).toBe(true);
    expect(() => bodyOf(folder, changed)).toThrow(/damaged/);
    expect([gone, "..", "", "/etc/passwd"].map((hash) => bodyOf(folder, hash))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    mkdirSync(path(gone));
    expect(() => bodyOf(folder, gone)).toThrow(/a folder stands in its place/);
  });
});
