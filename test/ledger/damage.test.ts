import { renameSync, rmSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ledger } from "../../src/ledger/ledger.js";
import type { SegmentName } from "../../src/ledger/ledger-folder.js";
import { readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { segmentOf } from "../../src/ledger/read-segment.js";
import { type LedgerRecord, type PushEntry, sealed } from "../../src/ledger/record.js";
import { KEY, ledgerIn, ledgerPlace, push, segmentFile, segmentFiles, told } from "./ledgers.js";

/** Writers that begin, append (in small segments) and end, in any order; and at last one that names them all. */
type Step = { readonly writer: number; readonly what: "open" | "append" | "close"; readonly many: number };

const steps = fc.array(
  fc.record<Step>({
    writer: fc.nat(2),
    what: fc.constantFrom("open", "append", "append", "append", "close"),
    many: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 4, maxLength: 14 },
);

/** The segment that was opened last in each folder: nobody names it. */
const lastIn = new Map<string, string>();

async function written(script: readonly Step[]): Promise<string> {
  const folder = ledgerPlace();
  const writers = new Map<number, Ledger>();
  let id = 0;
  for (const { writer, what, many } of script) {
    const ledger = writers.get(writer);
    if (what === "close") {
      await ledger?.close();
      writers.delete(writer);
    } else if (what === "open" || ledger === undefined) {
      await ledger?.close();
      writers.set(writer, await ledgerIn(folder, { segmentBytes: 1500 }));
    } else await ledger.append(Array.from({ length: many }, () => push(`${id++}`, { name: "größer" })));
  }
  for (const ledger of writers.values()) await ledger.close();
  const last = await ledgerIn(folder);
  await last.close();
  lastIn.set(folder, `${last.writer}-000001`);
  return folder;
}

const problemsOf = (folder: string): string[] => verifyLedger(folder, () => KEY).problems.map(told);
const linesOf = (bytes: Buffer): string[] => bytes.toString("latin1").split("\n").slice(0, -1);
const nameOf = (name: string): SegmentName => ({
  name,
  writer: name.slice(0, 26),
  number: Number(name.slice(27)),
});
const recordsOf = (name: string, bytes: Buffer) => segmentOf(nameOf(name), bytes).records;

const named = (folder: string): [string, Buffer][] =>
  [...segmentFiles(folder)].filter(([name]) => name !== lastIn.get(folder));

function every(damage: (folder: string, pick: (below: number) => number) => void, runs = 25): Promise<void> {
  return fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (script, numbers) => {
      const folder = await written(script);
      // Where writers were only closed, nothing was written that could be damaged.
      fc.pre(named(folder).length > 0);
      expect(verifyLedger(folder, () => KEY)).toMatchObject({ ok: true, problems: [] });
      const pick = (below: number): number => (numbers.next().value ?? 0) % below;
      // One ledger is damaged in several ways, one after the other.
      for (let time = 0; time < 20; time++) {
        const before = segmentFiles(folder);
        damage(folder, pick);
        for (const [name, bytes] of before) writeFileSync(segmentFile(folder, name), bytes);
      }
      expect(problemsOf(folder)).toEqual([]);
    }),
    { numRuns: runs },
  );
}

const some = <Item>(items: readonly Item[], pick: (below: number) => number): Item => {
  const item = items[pick(items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
};

describe("of a ledger that was damaged, verification tells just the damage:", () => {
  it("a segment cut at any byte, and all before the tear is kept", async () => {
    await every((folder, pick) => {
      const [name, bytes] = some(named(folder), pick);
      const cut = pick(bytes.length);
      const kept = bytes.subarray(0, cut);
      writeFileSync(segmentFile(folder, name), kept);
      const whole = linesOf(kept).length;
      const isTorn = cut > 0 && kept[cut - 1] !== 0x0a;
      const missing = `${name} ${whole + 1} missing`;
      expect(problemsOf(folder)).toEqual(isTorn ? [`${name} ${whole + 1} torn`, missing] : [missing]);
      expect(recordsOf(name, kept)).toEqual(recordsOf(name, bytes).slice(0, whole));
      const { records } = readLedger(folder);
      for (const record of recordsOf(name, kept)) expect(records).toContainEqual(record);
    });
  });

  it("the last segment's torn line is told and is no fault: it never counted", async () => {
    await every((folder, pick) => {
      const name = lastIn.get(folder) ?? "";
      const bytes = segmentFiles(folder).get(name) ?? Buffer.alloc(0);
      const cut = 1 + pick(bytes.length - 1);
      const zeros = Buffer.alloc(pick(3));
      writeFileSync(segmentFile(folder, name), Buffer.concat([bytes.subarray(0, cut), zeros]));
      const found = verifyLedger(folder, () => KEY);
      if (cut < bytes.length - 1)
        expect(found).toMatchObject({ ok: true, problems: [{ what: "torn", line: 1 }] });
    }, 10);
  });

  it("a flipped byte anywhere, and all other records are kept", async () => {
    await every((folder, pick) => {
      const [name, bytes] = some(named(folder), pick);
      const at = pick(bytes.length);
      const changed = Buffer.from(bytes);
      changed[at] = (bytes[at] ?? 0) ^ (1 + pick(255));
      writeFileSync(segmentFile(folder, name), changed);
      const line = linesOf(bytes.subarray(0, at)).length + 1;
      // A byte that becomes a line feed makes two lines of one, and one that was makes one of two.
      const isSplit = changed[at] === 0x0a;
      const isJoined = bytes[at] === 0x0a && at < bytes.length - 1;
      const expected = [`${name} ${line} changed`, ...(isSplit ? [`${name} ${line + 1} changed`] : [])];
      expect(problemsOf(folder)).toEqual(expected);
      const lost = new Set([line, ...(isJoined ? [line + 1] : [])]);
      expect(recordsOf(name, changed)).toEqual(
        recordsOf(name, bytes).filter(({ seq }) => !lost.has(seq + 1)),
      );
    });
  });

  it("a segment that is gone", async () => {
    await every((folder, pick) => {
      const [name] = some(named(folder), pick);
      rmSync(segmentFile(folder, name));
      expect(problemsOf(folder)).toEqual([`${name} - missing`]);
    });
  });

  it("two segments that were swapped", async () => {
    await every((folder, pick) => {
      const segments = [...segmentFiles(folder)];
      const [one] = some(segments, pick);
      const [two] = some(segments, pick);
      if (one === two) return;
      const aside = segmentFile(folder, "aside");
      renameSync(segmentFile(folder, one), aside);
      renameSync(segmentFile(folder, two), segmentFile(folder, one));
      renameSync(aside, segmentFile(folder, two));
      expect(problemsOf(folder).sort()).toEqual([`${one} 1 changed`, `${two} 1 changed`].sort());
    });
  });

  it("a line that was taken out, or is there twice", async () => {
    await every((folder, pick) => {
      const [name, bytes] = some(named(folder), pick);
      const lines = linesOf(bytes);
      const at = pick(lines.length);
      const isTwice = pick(2) === 1;
      const changed = isTwice ? lines.toSpliced(at, 0, lines[at] ?? "") : lines.toSpliced(at, 1);
      writeFileSync(segmentFile(folder, name), changed.map((line) => `${line}\n`).join(""), "latin1");
      expect(problemsOf(folder)).toEqual([
        isTwice ? `${name} ${at + 2} changed` : `${name} ${at + 1} missing`,
      ]);
    });
  });

  it("a record that somebody changed and sealed anew", async () => {
    await every((folder, pick) => {
      const [name, bytes] = some(named(folder), pick);
      const lines = linesOf(bytes);
      const at = pick(lines.length);
      if (at === 0) return;
      lines[at] = resealed(recordsOf(name, bytes)[at]);
      writeFileSync(segmentFile(folder, name), lines.map((line) => `${line}\n`).join(""), "latin1");
      expect(problemsOf(folder)).toEqual([`${name} ${at + 1} changed`]);
    });
  });

  it("a segment that was written anew from some line on", async () => {
    await every((folder, pick) => {
      const [name, bytes] = some(named(folder), pick);
      const records = recordsOf(name, bytes);
      const at = pick(records.length);
      if (at === 0) return;
      let prev = records[at - 1]?.chain ?? "";
      const lines = linesOf(bytes).map((line, index) => {
        if (index < at) return line;
        const text = resealed(records[index], prev);
        prev = JSON.parse(text).chain;
        return text;
      });
      writeFileSync(segmentFile(folder, name), lines.map((line) => `${line}\n`).join(""), "latin1");
      const [problem, ...more] = verifyLedger(folder, () => KEY).problems;
      expect(more).toEqual([]);
      expect(problem).toMatchObject({
        segment: name,
        what: "changed",
        message: expect.stringMatching(/replaced/),
      });
    });
  });
});

/** The push as if another had been made, in plain ASCII. */
function resealed(record: LedgerRecord | undefined, before = record?.prev ?? ""): string {
  if (record?.kind !== "push") throw new Error("only pushes stand behind an open");
  const { v, at, writer, seq, prev: _, chain: __, ...entry } = record;
  const changed: PushEntry = { ...entry, name: "smaller" };
  return sealed({ v, at, writer, seq, prev: before }, changed).line.slice(0, -1);
}
