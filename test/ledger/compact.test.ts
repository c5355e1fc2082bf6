import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { compactLedger } from "../../src/ledger/compact.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { bodyOf, readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import type { Entry } from "../../src/ledger/record.js";
import { scrubBody } from "../../src/ledger/scrub.js";
import { KEY, ledgerIn, ledgerPlace, push, segmentFile, segmentFiles, told } from "./ledgers.js";

/** After so many steps that change something on disk, the process is as good as killed. */
const life = vi.hoisted(() => ({ steps: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const mortal =
    <Args extends readonly unknown[], Result>(step: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (--life.steps < 0) throw new Error("killed");
      return step(...args);
    };
  return {
    ...real,
    openSync: mortal(real.openSync),
    rmSync: mortal(real.rmSync),
    renameSync: mortal(real.renameSync),
    fsyncSync: mortal(real.fsyncSync),
    writeFileSync: mortal(real.writeFileSync),
  };
});

const DAY = 86_400_000;
const NOW = Date.UTC(2025, 5, 1);
const key = () => KEY;
const all = { days: null, bytes: null };

let folder: string;
beforeEach(() => {
  folder = ledgerPlace();
  life.steps = Number.POSITIVE_INFINITY;
});

const verified = () => verifyLedger(folder, key, { bodies: true });
const ids = () =>
  readLedger(folder).records.flatMap((record) => (record.kind === "push" ? [record.record_id] : []));
const names = () => [...segmentFiles(folder).keys()];

/** A writer that was at work so many days ago; its segment is closed. */
async function writer(
  days: number,
  entries: readonly Entry[],
  bodies: readonly string[] = [],
): Promise<string> {
  const ledger = await ledgerIn(folder, { now: () => NOW - days * DAY });
  for (const body of bodies) await ledger.keepBody(body);
  await ledger.append(entries);
  await ledger.close();
  return `${ledger.writer}-000001`;
}

/** Nobody is about to name the bodies any more. */
function age(): void {
  const long = new Date(Date.now() - DAY);
  for (const shelf of readdirSync(join(folder, "bodies")))
    for (const file of readdirSync(join(folder, "bodies", shelf)))
      utimesSync(join(folder, "bodies", shelf, file), long, long);
}

const hashOf = async (ledger: Ledger, body: string): Promise<string> => ledger.keepBody(body);
const compact = (ledger: Ledger, keep: { days: number | null; bytes: number | null }) =>
  compactLedger(folder, ledger, key, keep, () => NOW);

describe("compaction", () => {
  it("drops the segments that are older than is kept, signs them off, and all verifies", async () => {
    for (const days of [100, 50, 10]) await writer(days, [push(`${days}`)]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compact(ledger, { days: 40, bytes: null })).toMatchObject({ dropped: 2 });
    expect(ids()).toEqual(["10"]);
    expect(verified()).toMatchObject({ ok: true, anchors: 1, problems: [] });
    expect(await compact(ledger, { days: 40, bytes: null })).toEqual({ dropped: 0, freed: 0 });
    expect(await compact(ledger, { days: 5, bytes: null })).toMatchObject({ dropped: 1 });
    expect(ids()).toEqual([]);
    expect(verified()).toMatchObject({ ok: true, anchors: 2, problems: [] });
  });

  it("drops the oldest while there is too much", async () => {
    for (const days of [4, 3, 2, 1]) await writer(days, [push(`${days}`)]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const size = [...segmentFiles(folder).values()].reduce((sum, { length }) => sum + length, 0);
    expect(await compact(ledger, { days: null, bytes: size })).toMatchObject({ dropped: 0 });
    expect(await compact(ledger, { days: null, bytes: size - 1 })).toMatchObject({ dropped: 1 });
    expect(ids()).toEqual(["3", "2", "1"]);
    expect(await compact(ledger, { days: null, bytes: 0 })).toMatchObject({ dropped: 3 });
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("keeps everything where there is no bound, and what a writer that is at work writes to", async () => {
    await writer(1000, [push("A")]);
    const other = await ledgerIn(folder, { now: () => NOW - 500 * DAY });
    await other.append([push("B")]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compact(ledger, all)).toEqual({ dropped: 0, freed: 0 });
    expect(await compact(ledger, { days: 1, bytes: 0 })).toMatchObject({ dropped: 1 });
    await other.append([push("C")]);
    expect(ids()).toEqual(["B", "C"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("takes the segments that a writer at work is done with, its own as well", async () => {
    let time = NOW - 9 * DAY;
    const ledger = await ledgerIn(folder, { segmentBytes: 300, now: () => time });
    for (const id of ["A", "B", "C"]) await ledger.append([push(id)]);
    time = NOW;
    await ledger.append([push("D")]);
    await compact(ledger, { days: 1, bytes: null });
    expect(ids()).toEqual(["D"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("leaves a writer on another machine in peace until it was silent for a day", async () => {
    const name = await writer(30, [push("A")]);
    const elsewhere = join(folder, "writers", name.slice(0, 26));
    writeFileSync(elsewhere, JSON.stringify({ pid: 1, started: null, where: "another machine" }));
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const today = new Date(NOW);
    utimesSync(segmentFile(folder, name), today, today);
    expect(await compact(ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 0 });
    const before = new Date(NOW - 2 * DAY);
    utimesSync(segmentFile(folder, name), before, before);
    expect(await compact(ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 1 });
  });

  it("keeps a segment that was changed: somebody has to look at it", async () => {
    const name = await writer(30, [push("A")]);
    await writer(29, [push("B")]);
    const bytes = segmentFiles(folder).get(name) ?? Buffer.alloc(0);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    writeFileSync(segmentFile(folder, name), bytes);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compact(ledger, { days: 1, bytes: 0 })).toMatchObject({ dropped: 1 });
    expect(verified().problems.map(told)).toEqual([`${name} 1 changed`]);
  });

  it("keeps what is told of a push as long as the push", async () => {
    const early = await ledgerIn(folder, { now: () => NOW - 9 * DAY });
    const hash = await hashOf(early, "fn a() {}");
    await early.append([push("A", { hash, bytes: 9 })]);
    await writer(8, [{ kind: "state", record_id: "A", state: "sent", mothership: "m", error: null }]);
    const scrubbing = await ledgerIn(folder, { now: () => NOW - 7 * DAY });
    await scrubBody(folder, scrubbing, "A", "a leak");
    await scrubbing.close();
    await writer(6, [push("B")]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compact(ledger, { days: 1, bytes: 0 })).toMatchObject({ dropped: 1 });
    expect(ids()).toEqual(["A"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    await early.close();
    expect(await compact(ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 3 });
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("keeps what earlier anchors signed off as long as somebody names it", async () => {
    const first = await writer(100, [push("A")]);
    const names = await ledgerIn(folder, { now: () => NOW - 99 * DAY });
    const second = await ledgerIn(folder, { now: () => NOW - 98 * DAY });
    await compactLedger(folder, second, key, { days: 1, bytes: null }, () => NOW);
    await second.close();
    const third = await ledgerIn(folder, { now: () => NOW });
    expect(await compact(third, { days: 1, bytes: null })).toMatchObject({ dropped: 1 });
    const anchors = readLedger(folder).records.flatMap((record) =>
      record.kind === "anchor" ? record.segments : [],
    );
    expect(anchors.map(({ segment }) => segment)).toEqual([`${second.writer}-000001`, first]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    await names.close();
  });

  it("deletes the bodies that only dropped pushes had, but for young ones", async () => {
    const bodies = await ledgerIn(folder, { now: () => NOW - 9 * DAY });
    const [old, both] = [await hashOf(bodies, "old"), await hashOf(bodies, "both")];
    await bodies.append([push("A", { hash: old }), push("B", { hash: both })]);
    await bodies.close();
    await writer(1, [push("C", { hash: both })]);
    age();
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const young = await ledger.keepBody("young");
    expect((await compact(ledger, { days: 5, bytes: null })).freed).toBeGreaterThan(0);
    expect([old, both, young].map((hash) => bodyOf(folder, hash))).toEqual([null, "both", "young"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    // A body that comes again is kept again.
    await ledger.append([push("D", { hash: await ledger.keepBody("old") })]);
    expect(bodyOf(folder, old)).toBe("old");
  });

  it("is done by one process at a time, and one that was killed is no hindrance", async () => {
    await writer(9, [push("A")]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const both = await Promise.all([1, 2].map(() => compact(ledger, { days: 1, bytes: null })));
    expect(both.map(({ dropped }) => dropped).sort()).toEqual([0, 1]);
    await writer(8, [push("B")]);
    writeFileSync(join(folder, "compacting"), "{");
    utimesSync(join(folder, "compacting"), 1, 1);
    expect(await compact(ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 1 });
    expect(readdirSync(folder)).not.toContain("compacting");
  });

  it("is stopped at any step: the ledger verifies, and the next time goes on with it", async () => {
    let steps = 0;
    for (let isDone = false; !isDone; steps++) {
      folder = ledgerPlace();
      const hash = await bodyAndSegments();
      const ledger = await ledgerIn(folder, { now: () => NOW });
      life.steps = steps;
      isDone = await compact(ledger, { days: 5, bytes: null }).then(
        () => true,
        (error: Error) => {
          expect(error.message).toContain("killed");
          return false;
        },
      );
      life.steps = Number.POSITIVE_INFINITY;
      expect(verified().problems).toEqual([]);
      rmSync(join(folder, "compacting"), { force: true });
      age();
      await compact(ledger, { days: 5, bytes: null });
      expect(ids()).toEqual(["C"]);
      expect([bodyOf(folder, hash.old), bodyOf(folder, hash.both)]).toEqual([null, "both"]);
      expect(verified()).toMatchObject({ ok: true, problems: [] });
      expect(leftIn(join(folder, "bodies"))).toEqual([`${hash.both.slice(2)}.br`]);
    }
    expect(steps).toBeGreaterThan(15);
  });
});

async function bodyAndSegments(): Promise<{ old: string; both: string }> {
  const bodies = await ledgerIn(folder, { now: () => NOW - 9 * DAY });
  const [old, both] = [await hashOf(bodies, "old"), await hashOf(bodies, "both")];
  await bodies.append([push("A", { hash: old }), push("B", { hash: both })]);
  await bodies.close();
  await writer(8, [push("D")]);
  await writer(1, [push("C", { hash: both })]);
  age();
  return { old, both };
}

const leftIn = (bodies: string): string[] =>
  readdirSync(bodies).flatMap((shelf) => readdirSync(join(bodies, shelf)));

describe("verification", () => {
  it("does not believe an anchor that another key signed, nor one that it cannot check", async () => {
    const name = await writer(9, [push("A")]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    await compactLedger(
      folder,
      ledger,
      () => Buffer.alloc(32, 9),
      { days: 1, bytes: null },
      () => NOW,
    );
    const anchor = `${ledger.writer}-000001 2 anchor`;
    expect(verified().problems.map(told)).toEqual([anchor, `${name} - missing`]);
    expect(verifyLedger(folder, null)).toMatchObject({
      ok: false,
      problems: [{ what: "anchor" }, { what: "missing" }],
    });
    expect(verifyLedger(folder, () => Buffer.alloc(32, 9)).ok).toBe(true);
  });

  it("tells of a segment that came back after it was signed off, and is another", async () => {
    const name = await writer(9, [push("A")]);
    const bytes = segmentFiles(folder).get(name) ?? Buffer.alloc(0);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    await compact(ledger, { days: 1, bytes: null });
    writeFileSync(segmentFile(folder, name), bytes);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    writeFileSync(segmentFile(folder, name), bytes.subarray(0, bytes.indexOf("\n") + 1));
    expect(verified().problems.map(told)).toEqual([`${name} 2 missing`]);
  });

  it("looks at each body", async () => {
    const ledger = await ledgerIn(folder);
    const [gone, changed] = [await hashOf(ledger, "gone"), await hashOf(ledger, "changed")];
    await ledger.append([push("A", { hash: gone }), push("B", { hash: changed })]);
    const path = (hash: string) => join(folder, "bodies", hash.slice(0, 2), `${hash.slice(2)}.br`);
    expect(statSync(path(gone)).mode & 0o777).toBe(0o600);
    rmSync(path(gone));
    writeFileSync(path(changed), "no brotli");
    const [name = ""] = names();
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
