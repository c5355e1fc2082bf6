import { chmodSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { LedgerError, openLedger } from "../../src/ledger/ledger.js";
import { readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { KEY, ledgerIn, ledgerPlace, OPENING, push, segmentFile, segmentFiles } from "./ledgers.js";

let folder: string;
beforeEach(() => {
  folder = ledgerPlace();
});

const key = () => KEY;
const recordsIn = (...kinds: readonly string[]) =>
  readLedger(folder).records.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));

describe("a ledger", () => {
  it("begins a segment that says with what it was written, and chains what follows to it", async () => {
    const ledger = await ledgerIn(folder);
    const [record] = await ledger.append([push("A")]);
    const [open, first] = recordsIn();
    expect(open).toMatchObject({ v: 1, kind: "open", seq: 0, prev: "", heads: {}, ...OPENING });
    expect(open).toMatchObject({ writer: ledger.writer, segment: `${ledger.writer}-000001` });
    expect(first).toEqual(record);
    expect(record).toMatchObject({ ...push("A"), seq: 1, prev: open?.chain });
    expect(verifyLedger(folder, key)).toEqual({
      ok: true,
      segments: 1,
      records: 2,
      anchors: 0,
      problems: [],
      clock_back: { times: 0, records: 0, most_ms: 0 },
    });
  });

  it("keeps its files to their owner, and git out of them", async () => {
    const umask = process.umask(0);
    try {
      const ledger = await ledgerIn(folder);
      await ledger.keepBody("fn a() {}");
      for (const path of ["", "segments", "bodies", "writers"])
        expect(statSync(join(folder, path)).mode & 0o777).toBe(0o700);
      expect(statSync(segmentFile(folder, `${ledger.writer}-000001`)).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, ".gitignore")).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(umask);
    }
  });

  it("is opened by many, each with segments of its own, and each names what the others had not named", async () => {
    const first = await ledgerIn(folder);
    await first.append([push("A")]);
    const second = await ledgerIn(folder);
    const third = await ledgerIn(folder);
    await first.append([push("B")]);
    const fourth = await ledgerIn(folder);
    const heads = (writer: string): string[] => {
      const open = recordsIn("open").find((record) => record.writer === writer);
      return open?.kind === "open" ? Object.keys(open.heads).map((name) => name.slice(0, 26)) : [];
    };
    expect(heads(first.writer)).toEqual([]);
    expect(heads(second.writer)).toEqual([first.writer]);
    expect(heads(third.writer)).toEqual([second.writer]);
    expect(heads(fourth.writer).sort()).toEqual([first.writer, third.writer].sort());
    expect(verifyLedger(folder, key).ok).toBe(true);
  });

  it("writes all that is asked for at once in one go, and answers each with its own", async () => {
    const ledger = await ledgerIn(folder);
    const asked = Array.from({ length: 40 }, (_, at) => [push(`${at}a`), push(`${at}b`)]);
    const answers = await Promise.all(asked.map(ledger.append));
    for (const [at, records] of answers.entries())
      expect(records).toMatchObject([
        { record_id: `${at}a`, seq: 1 + at * 2 },
        { record_id: `${at}b`, seq: 2 + at * 2 },
      ]);
    expect(recordsIn("push").map((record) => "record_id" in record && record.record_id)).toHaveLength(80);
  });

  it("begins another segment when one is full, which names the one before", async () => {
    const ledger = await ledgerIn(folder, { segmentBytes: 1000 });
    for (const id of "ABCDEF") await ledger.append([push(id)]);
    const names = [...segmentFiles(folder).keys()];
    expect(names.length).toBeGreaterThan(2);
    expect(names).toEqual(names.map((_, at) => `${ledger.writer}-${String(at + 1).padStart(6, "0")}`));
    const opens = recordsIn("open");
    for (const [at, open] of opens.entries())
      expect(open.kind === "open" && Object.keys(open.heads)).toEqual(names.slice(Math.max(0, at - 1), at));
    expect(verifyLedger(folder, key)).toMatchObject({ ok: true, records: 6 + names.length });
  });

  it("begins another segment after a day", async () => {
    let time = Date.UTC(2025, 0, 1);
    const ledger = await ledgerIn(folder, { now: () => time });
    await ledger.append([push("A")]);
    time += 86_400_000;
    await ledger.append([push("B")]);
    expect([...segmentFiles(folder).keys()]).toHaveLength(2);
  });

  it("tells by how much the clock went back, and its times never do", async () => {
    const times = [1000, 1000, 400, 700, 1200];
    let at = 0;
    const ledger = await ledgerIn(folder, { now: () => times[at] ?? 0 });
    for (at = 1; at < times.length; at++) await ledger.append([push(`${at}`)]);
    const seen = recordsIn("push").map((record) => [Date.parse(record.at), record.clock_back_ms]);
    expect(seen).toEqual([
      [1000, undefined],
      [1000, 600],
      [1000, 300],
      [1200, undefined],
    ]);
    expect(verifyLedger(folder, key).ok).toBe(true);
  });

  it("goes on in a new segment when somebody removes the one that it writes to, and the loss is told", async () => {
    const ledger = await ledgerIn(folder);
    await ledger.append([push("A")]);
    rmSync(segmentFile(folder, `${ledger.writer}-000001`));
    await ledger.append([push("B")]);
    expect(recordsIn("push")).toMatchObject([{ record_id: "B" }]);
    expect(verifyLedger(folder, key).problems).toMatchObject([
      { segment: `${ledger.writer}-000001`, what: "missing", line: null },
    ]);
  });

  it("is done when it is closed: nothing waits, and nothing more is taken", async () => {
    const ledger = await ledgerIn(folder);
    const waiting = ledger.append([push("A")]);
    await ledger.close();
    await expect(waiting).resolves.toHaveLength(1);
    await expect(ledger.append([push("B")])).rejects.toThrow(/closed/);
    await ledger.close();
    expect(existsSync(join(folder, "writers", ledger.writer))).toBe(false);
  });
});

describe("the records of a window", () => {
  it("are those from and to a moment, both included, in order of time", async () => {
    let time = 1000;
    const now = () => time;
    const first = await ledgerIn(folder, { now });
    const second = await ledgerIn(folder, { now });
    for (const [at, id] of ["A", "B", "C", "D", "E"].entries()) {
      time = 2000 + at * 1000;
      await (at % 2 === 0 ? first : second).append([push(id)]);
    }
    const ids = (since: number, until: number) =>
      readLedger(folder, { since, until }).records.flatMap((record) =>
        "record_id" in record ? [record.record_id] : [],
      );
    expect(ids(0, 9999).join("")).toBe("ABCDE");
    expect(ids(3000, 5000).join("")).toBe("BCD");
    expect(ids(5001, 5999).join("")).toBe("");
    expect(ids(7000, 9999).join("")).toBe("");
  });

  it("are read from wherever the ledger was put", async () => {
    folder = join(dirname(dirname(dirname(folder))), "some/where/else");
    await (await ledgerIn(folder)).append([push("A")]);
    expect(recordsIn("push")).toHaveLength(1);
  });

  it("are none where there is no ledger", () => {
    expect(readLedger(folder)).toEqual({ records: [], problems: [] });
    expect(verifyLedger(folder, key)).toMatchObject({ ok: true, segments: 0 });
  });
});

describe("a place that cannot be a ledger's", () => {
  const open = () => openLedger({ folder, key, open: OPENING });
  const makeParent = () => mkdirSync(dirname(folder), { recursive: true });

  it.each<[string, RegExp, () => void]>([
    ["a file in its place", /a file stands in its place/, () => writeFileSync(folder, "")],
    ["a link in its place", /symbolic link/, () => symlinkSync(ledgerPlace(), folder)],
    ["a link to a folder in its place", /symbolic link/, () => symlinkSync(dirname(dirname(folder)), folder)],
    [
      "a link above it",
      /symbolic link/,
      () => {
        rmSync(dirname(folder), { recursive: true });
        symlinkSync("/", dirname(folder));
      },
    ],
    [
      "a file for its segments",
      /a file stands in its place/,
      () => {
        mkdirSync(folder);
        writeFileSync(join(folder, "segments"), "");
      },
    ],
    [
      "a link for its segments",
      /symbolic link/,
      () => {
        mkdirSync(folder);
        symlinkSync("/", join(folder, "segments"));
      },
    ],
  ])("has %s: it is refused to write and to read", async (_, message, prepare) => {
    makeParent();
    prepare();
    const error = await open().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toMatchObject({ code: "damaged", message: expect.stringMatching(message) });
    expect(() => readLedger(folder)).toThrow(LedgerError);
    expect(() => verifyLedger(folder, key)).toThrow(message);
  });

  it("is open to others: it is closed to them", async () => {
    mkdirSync(folder, { recursive: true, mode: 0o777 });
    chmodSync(folder, 0o777);
    await (await open()).close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});
