import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import type { SegmentName } from "../../src/ledger/ledger-folder.js";
import { verifyLedger } from "../../src/ledger/read-ledger.js";
import { readSegment } from "../../src/ledger/read-segment.js";
import { type LedgerRecord, sealed } from "../../src/ledger/record.js";
import { readWitness } from "../../src/ledger/witness.js";
import { compactNow, DAY, NOW } from "./earlier.js";
import { KEY, ledgerIn, ledgerPlace, push, segmentFile, segmentFiles, told } from "./ledgers.js";

let folder: string;
let witness: string;
beforeEach(() => {
  folder = ledgerPlace();
  witness = `${folder}-witness`;
});

const verified = () => verifyLedger(folder, () => KEY, { bodies: true, witness });
const witnessed = () => Object.keys(readWitness(witness) ?? {}).sort();

/** Writes as somebody who was at work so many days ago; the name of the segment, which is closed. */
async function written(days: number, ...ids: readonly string[]): Promise<string> {
  const ledger = await ledgerIn(folder, { witness, now: () => NOW - days * DAY });
  for (const id of ids) await ledger.append([push(id)]);
  await ledger.close();
  return `${ledger.writer}-000001`;
}

const nameOf = (name: string): SegmentName => ({
  name,
  writer: name.slice(0, 26),
  number: Number(name.slice(27)),
});
const stampOf = ({ v, at, writer, seq, prev, chain }: LedgerRecord) => ({ v, at, writer, seq, prev, chain });

const cut = (name: string, lines: number): void => {
  const kept = readFileSync(segmentFile(folder, name), "utf8").split("\n").slice(0, lines);
  writeFileSync(segmentFile(folder, name), `${kept.join("\n")}\n`);
};

describe("the witness tells what nothing in the folder can:", () => {
  const damages: readonly [
    string,
    (old: string, newest: string) => void,
    (old: string, newest: string) => string[],
  ][] = [
    ["nothing, where nothing is gone", () => undefined, () => []],
    [
      "the newest segment is gone",
      (_, newest) => rmSync(segmentFile(folder, newest)),
      (_, newest) => [`${newest} - missing`],
    ],
    [
      "the last record of the newest is gone",
      (_, newest) => cut(newest, 2),
      (_, newest) => [`${newest} 3 missing`],
    ],
    [
      "all segments are gone",
      () => {
        for (const name of segmentFiles(folder).keys()) rmSync(segmentFile(folder, name));
      },
      (old, newest) => [`${old} - missing`, `${newest} - missing`],
    ],
    [
      "the whole folder is gone",
      () => rmSync(folder, { recursive: true }),
      (old, newest) => [`${old} - missing`, `${newest} - missing`],
    ],
  ];
  it.each(damages)("%s", async (_, damage, expected) => {
    const old = await written(2, "A");
    const newest = await written(1, "B", "C");
    damage(old, newest);
    expect(verified().problems.map(told)).toEqual(expected(old, newest));
    expect(verified().ok).toBe(expected(old, newest).length === 0);
    // Somebody who writes on does not make it whole.
    if (expected(old, newest).length === 0) return;
    await written(0, "D");
    expect(verified().problems.map(told)).toEqual(expected(old, newest));
  });

  it("the newest was written anew, and longer, even if somebody writes on", async () => {
    const newest = await written(1, "A", "B");
    const [first, second, third] = readSegment(folder, nameOf(newest))?.records ?? [];
    if (first === undefined || second === undefined || third === undefined) throw new Error("three records");
    let prev = first.chain;
    const lines = [push("X"), push("B"), push("C")].map((entry, at) => {
      const { chain: _chain, ...stamp } = stampOf(third);
      const { record, line } = sealed({ ...stamp, seq: at + 1, prev }, entry);
      prev = record.chain;
      return line;
    });
    const [opening = ""] = readFileSync(segmentFile(folder, newest), "utf8").split("\n");
    writeFileSync(segmentFile(folder, newest), `${opening}\n${lines.join("")}`);
    expect(verified().problems.map(told)).toEqual([`${newest} 3 changed`]);
    await written(0, "D");
    expect(verified().problems.map(told)).toEqual([`${newest} 3 changed`]);
  });

  it("what a writer that was killed had written by the next opening", async () => {
    const killed = await ledgerIn(folder, { witness });
    await killed.append([push("A"), push("B")]);
    await written(0);
    expect(readWitness(witness)?.[`${killed.writer}-000001`]).toMatch(/^2:/);
  });
});

describe("a witness", () => {
  it("that is not there changes nothing: older ledgers have none", async () => {
    const ledger = await ledgerIn(folder);
    await ledger.append([push("A")]);
    await ledger.close();
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    rmSync(folder, { recursive: true });
    expect(verified()).toMatchObject({ ok: true, segments: 0, problems: [] });
  });

  it("knows each segment of a writer that has many", async () => {
    const ledger = await ledgerIn(folder, { witness, segmentBytes: 600 });
    for (const id of ["A", "B", "C", "D"]) await ledger.append([push(id)]);
    expect(segmentFiles(folder).size).toBeGreaterThan(2);
    expect(witnessed()).toEqual([...segmentFiles(folder).keys()]);
  });

  it("loses nothing where many open and close at once, and leaves no other file", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, at) => written(at, `${at}`)));
    expect(witnessed()).toEqual([...segmentFiles(folder).keys()]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    expect(readdirSync(`${folder}/..`).sort()).toEqual(["audit", "audit-witness"]);
  });

  it("is shortened by compaction", async () => {
    await written(9, "A");
    const kept = await written(1, "B");
    const ledger = await ledgerIn(folder, { witness, now: () => NOW });
    expect(await compactNow(folder, ledger, { days: 5, bytes: null })).toMatchObject({ dropped: 1 });
    expect(witnessed()).toEqual([kept, `${ledger.writer}-000001`].sort());
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("that names again what compaction dropped makes no false alarm, however often the anchor itself is dropped", async () => {
    await written(40, "A");
    const before = readFileSync(witness);
    for (const days of [30, 20, 10, 0]) {
      await written(days + 1);
      const ledger = await ledgerIn(folder, { witness, now: () => NOW - days * DAY });
      await compactNow(folder, ledger, { days: null, bytes: 0 });
      await ledger.close();
      writeFileSync(witness, before);
      expect(verified()).toMatchObject({ ok: true, problems: [] });
    }
  });

  it("that is none is told, blocks, and stays for somebody to look at", async () => {
    await written(1, "A");
    for (const text of ["", "{", '{"v":1,"heads":{"x":"y"}}', '{"v":2,"heads":{}}']) {
      writeFileSync(witness, text);
      expect(verified).toThrow(/cannot use its witness/);
      await expect(ledgerIn(folder, { witness })).rejects.toMatchObject({
        name: "LedgerError",
        code: "damaged",
      });
      expect(readFileSync(witness, "utf8")).toBe(text);
    }
  });
});

it("a clock that went back is counted by verification, and is no fault", async () => {
  let time = NOW;
  const ledger = await ledgerIn(folder, { now: () => time });
  for (const at of [NOW - 3000, NOW - 5000, NOW + 1, NOW - 5, NOW + 2]) {
    time = at;
    await ledger.append([push(`${at}`)]);
  }
  expect(verified()).toMatchObject({ ok: true, clock_back: { times: 2, records: 3, most_ms: 5000 } });
});
