import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LedgerError, openLedger } from "../../src/ledger/ledger.js";
import { readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { KEY, ledgerIn, ledgerPlace, OPENING, push, segmentFile, segmentFiles } from "./ledgers.js";

/** What the disk refuses: writing after so many bytes, or putting on disk. */
const disk = vi.hoisted(() => ({
  bytes: Number.POSITIVE_INFINITY,
  write: "ENOSPC",
  sync: null as string | null,
  cut: null as string | null,
  syncs: 0,
}));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const { promisify } = await import("node:util");
  const refuse = (code: string): Error => Object.assign(new Error(code), { code });
  const write = async (file: number, bytes: Buffer, start: number) => {
    const part = bytes.subarray(start, start + Math.min(disk.bytes, 150));
    if (part.length === 0) throw refuse(disk.write);
    disk.bytes -= part.length;
    return { bytesWritten: real.writeSync(file, part), buffer: bytes };
  };
  const fdatasync = async (file: number): Promise<void> => {
    disk.syncs++;
    if (disk.sync !== null) throw refuse(disk.sync);
    real.fdatasyncSync(file);
  };
  return {
    ...real,
    write: Object.assign(() => undefined, { [promisify.custom]: write }),
    fdatasync: Object.assign(() => undefined, { [promisify.custom]: fdatasync }),
    ftruncateSync: (file: number, size: number) => {
      if (disk.cut !== null) throw refuse(disk.cut);
      real.ftruncateSync(file, size);
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = ledgerPlace();
});
afterEach(() =>
  Object.assign(disk, { bytes: Number.POSITIVE_INFINITY, write: "ENOSPC", sync: null, cut: null }),
);

const ids = () =>
  readLedger(folder).records.flatMap((record) => ("record_id" in record ? [record.record_id] : []));
const verified = () => verifyLedger(folder, () => KEY);
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe("a write that fails", () => {
  it.each<[string, string, RegExp]>([
    ["ENOSPC", "full", /the disk is full .*Make room/],
    ["EDQUOT", "full", /quota is used up .*Make room/],
    ["EROFS", "read-only", /read-only .*Mount it writable/],
    ["EACCES", "no-access", /no permission .*chown/],
    ["EIO", "other", /EIO .*look at the disk/],
  ])("is told as what it is: %s", async (write, code, message) => {
    const ledger = await ledgerIn(folder);
    Object.assign(disk, { bytes: 0, write });
    const error = await refusal(ledger.append([push("A")]));
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect((error as Error).message).toContain(folder);
  });

  it.each([0, 1, 149, 150, 151, 400, 700])(
    "after %i bytes leaves nothing of all that it was to write",
    async (bytes) => {
      const ledger = await ledgerIn(folder);
      await ledger.append([push("A")]);
      const before = readFileSync(segmentFile(folder, `${ledger.writer}-000001`));
      disk.bytes = bytes;
      const both = await Promise.all([ledger.append([push("B")]), ledger.append([push("C")])].map(refusal));
      expect(both).toMatchObject([{ code: "full" }, { code: "full" }]);
      expect(readFileSync(segmentFile(folder, `${ledger.writer}-000001`))).toEqual(before);
      disk.bytes = Number.POSITIVE_INFINITY;
      await ledger.append([push("D")]);
      expect(ids()).toEqual(["A", "D"]);
      expect(segmentFiles(folder).size).toBe(1);
      expect(verified()).toMatchObject({ ok: true, problems: [] });
    },
  );

  it("and leaves half a line that cannot be taken back: nothing is written behind it", async () => {
    const ledger = await ledgerIn(folder);
    await ledger.append([push("A")]);
    Object.assign(disk, { bytes: 100, cut: "EIO" });
    expect(await refusal(ledger.append([push("B")]))).toMatchObject({ code: "full" });
    Object.assign(disk, { bytes: Number.POSITIVE_INFINITY, cut: null });
    await ledger.append([push("C")]);
    expect(ids()).toEqual(["A", "C"]);
    expect(segmentFiles(folder).size).toBe(2);
    expect(verified()).toMatchObject({ ok: true, problems: [{ what: "torn", line: 3 }] });
  });

  it("to be on disk does not count either, and its segment ends there", async () => {
    const ledger = await ledgerIn(folder);
    await ledger.append([push("A")]);
    disk.sync = "EIO";
    expect(await refusal(ledger.append([push("B")]))).toMatchObject({ code: "other" });
    expect(await refusal(ledger.append([push("C")]))).toMatchObject({ code: "other" });
    disk.sync = null;
    await ledger.append([push("D")]);
    expect(ids()).toEqual(["A", "D"]);
    expect(verified()).toMatchObject({ ok: true, segments: 2, problems: [] });
  });

  it("when a segment is to begin leaves the one before, and is tried again", async () => {
    const ledger = await ledgerIn(folder, { segmentBytes: 100 });
    disk.bytes = 200;
    expect(await refusal(ledger.append([push("A")]))).toMatchObject({ code: "full" });
    expect(segmentFiles(folder).size).toBe(1);
    disk.bytes = Number.POSITIVE_INFINITY;
    await ledger.append([push("B")]);
    expect(ids()).toEqual(["B"]);
    expect(verified()).toMatchObject({ ok: true, segments: 2, problems: [] });
  });

  it("when the ledger is opened leaves nothing at all", async () => {
    disk.bytes = 10;
    expect(await refusal(openLedger({ folder, key: () => KEY, open: OPENING }))).toMatchObject({
      code: "full",
    });
    expect(segmentFiles(folder).size).toBe(0);
    expect(verified()).toMatchObject({ ok: true, segments: 0 });
  });
});

it("many that wait at once wait for the disk twice: for what was under way, and for all the others", async () => {
  const ledger = await ledgerIn(folder);
  const before = disk.syncs;
  const first = ledger.append([push("0")]);
  await Promise.resolve();
  await Promise.resolve();
  await Promise.all([first, ...Array.from({ length: 32 }, (_, at) => ledger.append([push(`${at + 1}`)]))]);
  expect(ids()).toHaveLength(33);
  expect(disk.syncs - before).toBe(2);
});

/** A disk of 64 kB, where this user may mount one. */
function smallDisk(): string | null {
  const place = mkdtempSync(join(tmpdir(), "aura-scan-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", place], { stdio: "ignore" });
    return place;
  } catch {
    rmdirSync(place);
    return null;
  }
}

const place = process.platform === "linux" ? smallDisk() : null;
if (place !== null)
  describe("a real disk", () => {
    afterEach(() => {
      execFileSync("umount", ["-l", place]);
      rmdirSync(place);
    });

    it("that runs full blocks until there is room, and one that is read-only blocks; what was kept stays", async () => {
      folder = join(place, ".aura/live/audit");
      mkdirSync(folder, { recursive: true });
      const ledger = await ledgerIn(folder);
      const kept: string[] = [];
      let error: unknown = null;
      for (let at = 0; error === null && at < 1000; at++) {
        error = await refusal(ledger.append([push(`${at}`)]));
        if (error === null) kept.push(`${at}`);
      }
      expect(error).toMatchObject({ code: "full" });
      expect(await refusal(ledger.keepBody("x".repeat(100)))).toMatchObject({ code: "full" });
      expect(ids()).toEqual(kept);
      expect(verified()).toMatchObject({ ok: true, problems: [] });

      execFileSync("mount", ["-o", "remount,size=1m", place]);
      await ledger.append([push("room")]);
      expect(ids()).toEqual([...kept, "room"]);
      await ledger.close();

      execFileSync("mount", ["-o", "remount,ro", place]);
      const again = openLedger({ folder, key: () => KEY, open: OPENING });
      expect(await refusal(again)).toMatchObject({
        code: "read-only",
        message: expect.stringMatching(/read-only/),
      });
      expect(verified()).toMatchObject({ ok: true, problems: [] });
    });
  });

describe("a place that others own", () => {
  it("is refused, to write", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "mine"), "");
    const real = process.getuid;
    process.getuid = () => 4_000_000;
    try {
      const opened = openLedger({ folder, key: () => KEY, open: OPENING });
      expect(await refusal(opened)).toMatchObject({
        code: "no-access",
        message: expect.stringMatching(/belongs to another user .*uid/),
      });
    } finally {
      if (real !== undefined) process.getuid = real;
    }
  });
});
