import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { bodyOf, readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { scrubBody } from "../../src/ledger/scrub.js";
import { ageBodies, compactNow, DAY, NOW, writtenBefore, writtenNow } from "./earlier.js";
import { KEY, ledgerIn, ledgerPlace, push, segmentFile, segmentFiles, told } from "./ledgers.js";

const key = () => KEY;
const all = { days: null, bytes: null };

let folder: string;
beforeEach(() => {
  folder = ledgerPlace();
});

const verified = () => verifyLedger(folder, key, { bodies: true });
const ids = () =>
  readLedger(folder).records.flatMap((record) => (record.kind === "push" ? [record.record_id] : []));

describe("compaction", () => {
  it("drops the segments that are older than is kept, signs them off, and all verifies", async () => {
    for (const days of [100, 50, 10]) await writtenBefore(folder, days, [push(`${days}`)]);
    await writtenNow(folder);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compactNow(folder, ledger, { days: 40, bytes: null })).toMatchObject({ dropped: 2 });
    expect(ids()).toEqual(["10"]);
    expect(verified()).toMatchObject({ ok: true, anchors: 1, problems: [] });
    expect(await compactNow(folder, ledger, { days: 40, bytes: null })).toEqual({ dropped: 0, freed: 0 });
    expect(await compactNow(folder, ledger, { days: 5, bytes: null })).toMatchObject({ dropped: 1 });
    expect(ids()).toEqual([]);
    expect(verified()).toMatchObject({ ok: true, anchors: 2, problems: [] });
  });

  it("does not take a clock that jumps ahead for the time that went by: nothing goes for one jump", async () => {
    await writtenBefore(folder, 91, [push("A")]);
    const jumped = await ledgerIn(folder, { now: () => NOW });
    const other = await ledgerIn(folder, { now: () => NOW });
    await other.append([push("B")]);
    expect(await compactNow(folder, jumped, { days: 90, bytes: null })).toMatchObject({ dropped: 0 });
    expect(ids()).toEqual(["A", "B"]);
    await jumped.close();
    expect(await compactNow(folder, other, { days: 90, bytes: null })).toMatchObject({ dropped: 1 });
  });

  it("counts age back from the clock where a record is later than it", async () => {
    await writtenBefore(folder, 89, [push("A")]);
    await writtenBefore(folder, -30, []);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compactNow(folder, ledger, { days: 90, bytes: null })).toMatchObject({ dropped: 0 });
  });

  it("drops the oldest while there is too much", async () => {
    for (const days of [4, 3, 2, 1]) await writtenBefore(folder, days, [push(`${days}`)]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const size = [...segmentFiles(folder).values()].reduce((sum, { length }) => sum + length, 0);
    expect(await compactNow(folder, ledger, { days: null, bytes: size })).toMatchObject({ dropped: 0 });
    expect(await compactNow(folder, ledger, { days: null, bytes: size - 1 })).toMatchObject({ dropped: 1 });
    expect(ids()).toEqual(["3", "2", "1"]);
    expect(await compactNow(folder, ledger, { days: null, bytes: 0 })).toMatchObject({ dropped: 3 });
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("keeps everything where there is no bound, and what a writer that is at work writes to", async () => {
    await writtenBefore(folder, 1000, [push("A")]);
    const other = await ledgerIn(folder, { now: () => NOW - 500 * DAY });
    await other.append([push("B")]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compactNow(folder, ledger, all)).toEqual({ dropped: 0, freed: 0 });
    expect(await compactNow(folder, ledger, { days: 1, bytes: 0 })).toMatchObject({ dropped: 1 });
    await other.append([push("C")]);
    expect(ids()).toEqual(["B", "C"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("takes the segments that a writer at work is done with, its own as well", async () => {
    await writtenNow(folder);
    let time = NOW - 9 * DAY;
    const ledger = await ledgerIn(folder, { segmentBytes: 300, now: () => time });
    for (const id of ["A", "B", "C"]) await ledger.append([push(id)]);
    time = NOW;
    await ledger.append([push("D")]);
    await compactNow(folder, ledger, { days: 1, bytes: null });
    expect(ids()).toEqual(["D"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("leaves a writer on another machine in peace until it was silent for a day", async () => {
    const name = await writtenBefore(folder, 30, [push("A")]);
    const elsewhere = join(folder, "writers", name.slice(0, 26));
    writeFileSync(elsewhere, JSON.stringify({ pid: 1, started: null, where: "another machine" }));
    await writtenNow(folder);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const today = new Date(NOW);
    utimesSync(segmentFile(folder, name), today, today);
    expect(await compactNow(folder, ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 0 });
    const before = new Date(NOW - 2 * DAY);
    utimesSync(segmentFile(folder, name), before, before);
    expect(await compactNow(folder, ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 1 });
  });

  it("keeps a segment that was changed: somebody has to look at it", async () => {
    const name = await writtenBefore(folder, 30, [push("A")]);
    await writtenBefore(folder, 29, [push("B")]);
    const bytes = segmentFiles(folder).get(name) ?? Buffer.alloc(0);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    writeFileSync(segmentFile(folder, name), bytes);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compactNow(folder, ledger, { days: 1, bytes: 0 })).toMatchObject({ dropped: 1 });
    expect(verified().problems.map(told)).toEqual([`${name} 1 changed`]);
  });

  it("keeps what is told of a push as long as the push", async () => {
    const early = await ledgerIn(folder, { now: () => NOW - 9 * DAY });
    const hash = await early.keepBody("fn a() {}");
    await early.append([push("A", { hash, bytes: 9 })]);
    await writtenBefore(folder, 8, [
      { kind: "state", record_id: "A", state: "sent", mothership: "m", error: null },
    ]);
    const scrubbing = await ledgerIn(folder, { now: () => NOW - 7 * DAY });
    await scrubBody(folder, scrubbing, "A", "a leak");
    await scrubbing.close();
    await writtenBefore(folder, 6, [push("B")]);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    expect(await compactNow(folder, ledger, { days: 1, bytes: 0 })).toMatchObject({ dropped: 1 });
    expect(ids()).toEqual(["A"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    await early.close();
    await writtenNow(folder);
    expect(await compactNow(folder, ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 3 });
    expect(verified()).toMatchObject({ ok: true, problems: [] });
  });

  it("keeps what earlier anchors signed off as long as somebody names it", async () => {
    const first = await writtenBefore(folder, 100, [push("A")]);
    const names = await ledgerIn(folder, { now: () => NOW - 99 * DAY });
    const second = await ledgerIn(folder, { now: () => NOW - 98 * DAY });
    const between = await writtenBefore(folder, 97, []);
    await compactNow(folder, second, { days: 1, bytes: null });
    await second.close();
    await writtenNow(folder);
    const third = await ledgerIn(folder, { now: () => NOW });
    expect(await compactNow(folder, third, { days: 1, bytes: null })).toMatchObject({ dropped: 2 });
    const anchors = readLedger(folder).records.flatMap((record) =>
      record.kind === "anchor" ? record.segments : [],
    );
    expect(anchors.map(({ segment }) => segment)).toEqual([`${second.writer}-000001`, first, between]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    await names.close();
  });

  it("deletes the bodies that only dropped pushes had, but for young ones", async () => {
    const bodies = await ledgerIn(folder, { now: () => NOW - 9 * DAY });
    const [old, both] = [await bodies.keepBody("old"), await bodies.keepBody("both")];
    await bodies.append([push("A", { hash: old }), push("B", { hash: both })]);
    await bodies.close();
    await writtenBefore(folder, 1, [push("C", { hash: both })]);
    ageBodies(folder);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const young = await ledger.keepBody("young");
    expect((await compactNow(folder, ledger, { days: 5, bytes: null })).freed).toBeGreaterThan(0);
    expect([old, both, young].map((hash) => bodyOf(folder, hash))).toEqual([null, "both", "young"]);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    // A body that comes again is kept again.
    await ledger.append([push("D", { hash: await ledger.keepBody("old") })]);
    expect(bodyOf(folder, old)).toBe("old");
  });

  it("is done by one process at a time, and one that was killed is no hindrance", async () => {
    await writtenBefore(folder, 9, [push("A")]);
    await writtenNow(folder);
    const ledger = await ledgerIn(folder, { now: () => NOW });
    const both = await Promise.all([1, 2].map(() => compactNow(folder, ledger, { days: 1, bytes: null })));
    expect(both.map(({ dropped }) => dropped).sort()).toEqual([0, 1]);
    await writtenBefore(folder, 8, [push("B")]);
    writeFileSync(join(folder, "compacting"), "{");
    utimesSync(join(folder, "compacting"), 1, 1);
    expect(await compactNow(folder, ledger, { days: 1, bytes: null })).toMatchObject({ dropped: 1 });
    expect(readdirSync(folder)).not.toContain("compacting");
  });
});
