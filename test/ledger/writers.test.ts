import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compactLedger } from "../../src/ledger/compact.js";
import { readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { readWitness } from "../../src/ledger/witness.js";
import { temporaryFolder } from "../repository.js";
import { KEY, ledgerIn, ledgerPlace, segmentFiles } from "./ledgers.js";

let place: string;
let program: string;
beforeAll(async () => {
  place = temporaryFolder();
  program = join(place, "writer.mjs");
  const entry = fileURLToPath(new URL("writer-process.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: "node", format: "esm" });
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

type Writer = {
  readonly child: ChildProcess;
  readonly told: string[];
  readonly ended: Promise<number | null>;
};

function writer(folder: string, ...args: readonly string[]): Writer {
  const child = spawn(process.execPath, [program, folder, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const told: string[] = [];
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    told.push(...lines);
  });
  return { child, told, ended: new Promise((resolve) => child.on("close", resolve)) };
}

const key = () => KEY;
const verified = (folder: string) =>
  verifyLedger(folder, key, { bodies: true, witness: `${folder}-witness` });
const idsIn = (folder: string) =>
  readLedger(folder).records.flatMap((record) => (record.kind === "push" ? [record.record_id] : []));
const firstWord = ({ child }: Writer) => new Promise((resolve) => child.stdout?.once("data", resolve));
const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

describe("several processes that write at once", () => {
  it("keep all that each was told is kept, once", async () => {
    const folder = ledgerPlace();
    const writers = Array.from({ length: 4 }, () => writer(folder, "20"));
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    const ids = idsIn(folder);
    expect(ids).toHaveLength(4 * 60);
    expect([...ids].sort()).toEqual(writers.flatMap(({ told }) => told).sort());
    expect(verified(folder)).toMatchObject({ ok: true, problems: [] });
    expect(readdirSync(join(folder, "writers"))).toEqual([]);
    expect(Object.keys(readWitness(`${folder}-witness`) ?? {}).sort()).toEqual([
      ...segmentFiles(folder).keys(),
    ]);
  });

  it("are killed a hundred times at any moment: what each was told is kept, once, and all verifies", async () => {
    const folder = ledgerPlace();
    const told: string[] = [];
    for (let round = 0; round < 20; round++) {
      const writers = Array.from({ length: 5 }, () => writer(folder, "100000"));
      await Promise.race(writers.map(firstWord));
      for (const { child } of writers) {
        await pause(Math.random() * 12);
        child.kill("SIGKILL");
      }
      await Promise.all(writers.map(({ ended }) => ended));
      told.push(...writers.flatMap((one) => one.told));
    }
    const ids = idsIn(folder);
    const kept = new Set(ids);
    expect(ids).toHaveLength(kept.size);
    expect(told.filter((id) => !kept.has(id))).toEqual([]);
    expect(told.length).toBeGreaterThan(100);
    const found = verified(folder);
    expect(found.problems.filter(({ what }) => what !== "torn")).toEqual([]);
    expect(found.ok).toBe(true);
  });

  it("and compact are killed at any moment: the ledger verifies, and the next compaction goes on", async () => {
    const folder = ledgerPlace();
    for (let round = 0; round < 5; round++) {
      const writers = Array.from({ length: 3 }, () => writer(folder, "100000", "20000"));
      await Promise.race(writers.map(firstWord));
      await pause(50 + Math.random() * 100);
      for (const { child } of writers) child.kill("SIGKILL");
      await Promise.all(writers.map(({ ended }) => ended));
      expect(verified(folder).problems.filter(({ what }) => what !== "torn")).toEqual([]);
    }
    const ledger = await ledgerIn(folder, { witness: `${folder}-witness` });
    await compactLedger(folder, ledger, key, { days: null, bytes: 0 });
    expect(verified(folder)).toMatchObject({ ok: true });
    expect(readdirSync(join(folder, "writers"))).toEqual([ledger.writer]);
    expect(existsSync(join(folder, "compacting"))).toBe(false);
    const writers = new Set([...segmentFiles(folder).keys()].map((name) => name.slice(0, 26)));
    expect([...writers]).toEqual([ledger.writer]);
    expect(Object.keys(readWitness(`${folder}-witness`) ?? {})).toEqual([...segmentFiles(folder).keys()]);
  });
});
