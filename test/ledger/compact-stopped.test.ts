import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { bodyOf, readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { readWitness } from "../../src/ledger/witness.js";
import { ageBodies, compactNow, DAY, NOW, writtenBefore } from "./earlier.js";
import { KEY, ledgerIn, ledgerPlace, push, segmentFiles } from "./ledgers.js";

/** After so many steps that change something on disk, the process is as good as killed. */
const life = vi.hoisted(() => ({ steps: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (original) => {
  const { mortal } = await import("./mortal-files.js");
  return mortal(await original<typeof import("node:fs")>(), life, [
    "openSync",
    "rmSync",
    "renameSync",
    "fsyncSync",
    "writeFileSync",
  ]);
});

const witnessOf = (folder: string): string => `${folder}-witness`;
const verified = (folder: string) =>
  verifyLedger(folder, () => KEY, { bodies: true, witness: witnessOf(folder) });
const ids = (folder: string) =>
  readLedger(folder).records.flatMap((record) => (record.kind === "push" ? [record.record_id] : []));

it("compaction is stopped at any step: the ledger verifies, and the next time goes on with it", async () => {
  let steps = 0;
  for (let isDone = false; !isDone; steps++) {
    const folder = ledgerPlace();
    const hash = await oldAndNew(folder);
    const ledger = await ledgerIn(folder, { now: () => NOW, witness: witnessOf(folder) });
    life.steps = steps;
    isDone = await compactNow(folder, ledger, { days: 5, bytes: null }).then(
      () => true,
      (error: Error) => {
        expect(error.message).toContain("killed");
        return false;
      },
    );
    life.steps = Number.POSITIVE_INFINITY;
    expect(verified(folder).problems).toEqual([]);
    for (const name of [join(folder, "compacting"), `${witnessOf(folder)}.busy`])
      rmSync(name, { force: true });
    ageBodies(folder);
    await compactNow(folder, ledger, { days: 5, bytes: null });
    expect(ids(folder)).toEqual(["C"]);
    expect([bodyOf(folder, hash.old), bodyOf(folder, hash.both)]).toEqual([null, "both"]);
    expect(verified(folder)).toMatchObject({ ok: true, problems: [] });
    expect(
      Object.keys(readWitness(witnessOf(folder)) ?? {}).every((name) => segmentFiles(folder).has(name)),
    ).toBe(true);
    expect(leftIn(join(folder, "bodies"))).toEqual([`${hash.both.slice(2)}.br`]);
  }
  expect(steps).toBeGreaterThan(15);
});

async function oldAndNew(folder: string): Promise<{ old: string; both: string }> {
  const bodies = await ledgerIn(folder, { now: () => NOW - 9 * DAY, witness: witnessOf(folder) });
  const [old, both] = [await bodies.keepBody("old"), await bodies.keepBody("both")];
  await bodies.append([push("A", { hash: old }), push("B", { hash: both })]);
  await bodies.close();
  await writtenBefore(folder, 8, [push("D")]);
  await writtenBefore(folder, 1, [push("C", { hash: both })]);
  ageBodies(folder);
  return { old, both };
}

const leftIn = (bodies: string): string[] =>
  readdirSync(bodies).flatMap((shelf) => readdirSync(join(bodies, shelf)));
