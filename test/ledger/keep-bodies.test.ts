import { dirname } from "node:path";
import { expect, it, vi } from "vitest";
import { bodyPath } from "../../src/ledger/bodies.js";
import { ledgerIn, ledgerPlace, sha256 } from "./ledgers.js";

/** What was put on disk, and put in its place, in order. */
const disk = vi.hoisted(() => ({ steps: [] as string[] }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const open: typeof real.promises.open = async (path, ...more) => {
    const file = await real.promises.open(path, ...more);
    const sync = file.sync.bind(file);
    file.sync = async () => {
      await sync();
      disk.steps.push(`sync ${path}`);
    };
    return file;
  };
  const renameSync: typeof real.renameSync = (from, to) => {
    real.renameSync(from, to);
    disk.steps.push(`place ${to}`);
  };
  return { ...real, renameSync, promises: { ...real.promises, open, writeFile: real.promises.writeFile } };
});

it("bodies that are asked for at once: each file is on disk before it is in its place, and then each folder once", async () => {
  const folder = ledgerPlace();
  const ledger = await ledgerIn(folder);
  disk.steps = [];
  const texts = Array.from({ length: 300 }, (_, at) => `fn f${at}() {}`);
  await Promise.all(texts.map((text) => ledger.keepBody(text)));
  const paths = texts.map((text) => bodyPath(folder, sha256(text)));
  const at = (step: RegExp): number => disk.steps.findIndex((one) => step.test(one));
  for (const path of paths) {
    const steps = [`^sync ${path}\\.`, `^place ${path}$`, `^sync ${dirname(path)}$`].map((step) =>
      at(new RegExp(step)),
    );
    expect(steps).not.toContain(-1);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  }
  const shelves = disk.steps.filter((step) => step.startsWith("sync") && !step.endsWith(".aura-scan"));
  expect(shelves).toHaveLength(new Set(paths.map((path) => dirname(path))).size);
});
