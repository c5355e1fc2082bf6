import { existsSync } from "node:fs";
import { beforeEach, expect, it, vi } from "vitest";
import { bodyPath } from "../../src/ledger/bodies.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { bodyOf, readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { scrubBody } from "../../src/ledger/scrub.js";
import { tombstonePath } from "../../src/ledger/tombstones.js";
import { ageBodies, compactNow, NOW, writtenBefore, writtenNow } from "./earlier.js";
import { KEY, ledgerIn, ledgerPlace, push, sha256 } from "./ledgers.js";

/** After so many steps that change something on disk, the process is as good as killed. */
const life = vi.hoisted(() => ({ steps: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (original) => {
  const { mortal } = await import("./mortal-files.js");
  return mortal(await original<typeof import("node:fs")>(), life, ["rmSync", "renameSync", "fsyncSync"]);
});

const TEXT = "fn a() { 1 }";
const HASH = sha256(TEXT);

let folder: string;
beforeEach(() => {
  folder = ledgerPlace();
  life.steps = Number.POSITIVE_INFINITY;
});

const verified = () => verifyLedger(folder, () => KEY, { bodies: true });

async function pushed(ledger: Ledger): Promise<void> {
  await ledger.append([push("A", { hash: await ledger.keepBody(TEXT) })]);
}

const REFUSAL = {
  name: "LedgerError",
  code: "scrubbed",
  message: expect.stringMatching(
    /^its text was scrubbed from the ledger on \d{4}-\d\d-\d\d: .*take the secret out$/,
  ),
};

it("a text that was scrubbed is not kept again, by whom ever, and what is kept beside it is", async () => {
  const [own, running] = [await ledgerIn(folder), await ledgerIn(folder)];
  await pushed(own);
  await running.keepBody(TEXT);
  await scrubBody(folder, own, "A", "a leak");
  for (const ledger of [own, running, await ledgerIn(folder)]) {
    const [refused, kept] = await Promise.allSettled([ledger.keepBody(TEXT), ledger.keepBody("fn b() {}")]);
    expect(refused).toMatchObject({ status: "rejected", reason: REFUSAL });
    expect(kept).toMatchObject({ status: "fulfilled", value: sha256("fn b() {}") });
  }
  expect(bodyOf(folder, HASH)).toBe(null);
  expect(verified()).toMatchObject({ ok: true, problems: [] });
});

it("a text that is offered while it is scrubbed does not stay", async () => {
  const [own, other] = [await ledgerIn(folder), await ledgerIn(folder)];
  await pushed(own);
  await Promise.allSettled([
    ...Array.from({ length: 50 }, () => other.keepBody(TEXT)),
    scrubBody(folder, own, "A", "a leak"),
    ...Array.from({ length: 50 }, () => own.keepBody(TEXT)),
  ]);
  await expect(other.keepBody(TEXT)).rejects.toMatchObject(REFUSAL);
  expect(existsSync(bodyPath(folder, HASH))).toBe(false);
});

it("the tombstone goes with the last record that names the text", async () => {
  const old = await ledgerIn(folder, { now: () => NOW - 9 * 86_400_000 });
  await pushed(old);
  await scrubBody(folder, old, "A", "a leak");
  await old.close();
  await writtenBefore(folder, 8, [push("B", { hash: HASH })]);
  await writtenNow(folder);
  const ledger = await ledgerIn(folder, { now: () => NOW });
  await compactNow(folder, ledger, { days: 8, bytes: null });
  expect(existsSync(tombstonePath(folder, HASH))).toBe(true);
  await compactNow(folder, ledger, { days: 7, bytes: null });
  expect(existsSync(tombstonePath(folder, HASH))).toBe(false);
  expect(await ledger.keepBody(TEXT)).toBe(HASH);
});

it("scrubbing is stopped at any step: the text is refused or as it was, and compaction or the next time ends it", async () => {
  let steps = 0;
  for (let isDone = false; !isDone; steps++) {
    folder = ledgerPlace();
    const ledger = await ledgerIn(folder);
    await pushed(ledger);
    life.steps = steps;
    isDone = await scrubBody(folder, ledger, "A", "a leak").then(
      () => true,
      () => false,
    );
    life.steps = Number.POSITIVE_INFINITY;
    expect(verified().problems).toEqual([]);
    const isWritten = readLedger(folder).records.some(({ kind }) => kind === "scrub");
    const isRefused = await ledger.keepBody(TEXT).then(
      () => false,
      () => true,
    );
    expect([isWritten, isRefused]).not.toEqual([true, false]);
    ageBodies(folder);
    await compactNow(folder, ledger, { days: null, bytes: null });
    expect(bodyOf(folder, HASH)).toBe(isWritten ? null : TEXT);
    expect(await scrubBody(folder, ledger, "A", "again")).toMatchObject({ done: true });
    expect(bodyOf(folder, HASH)).toBe(null);
    expect(verified()).toMatchObject({ ok: true, problems: [] });
    expect(readLedger(folder).records.filter(({ kind }) => kind === "scrub")).toHaveLength(1);
  }
  expect(steps).toBeGreaterThan(4);
});

it("a ledger that was scrubbed before there were tombstones gets them by the next compaction", async () => {
  const ledger = await ledgerIn(folder);
  await pushed(ledger);
  await ledger.append([{ kind: "scrub", record_id: "A", hash: HASH, reason: "a leak" }]);
  await compactNow(folder, ledger, { days: null, bytes: null });
  expect(bodyOf(folder, HASH)).toBe(null);
  await expect(ledger.keepBody(TEXT)).rejects.toMatchObject(REFUSAL);
});
