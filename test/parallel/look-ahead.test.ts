import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lookers } from "../../src/parallel/look-ahead.js";
import { loadRuleSet } from "../../src/rules/load.js";
import { createEngine, type Engine } from "../../src/scan/engine.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import type { WorkingPath } from "../../src/sources/working-file.js";
import { stripeKey } from "../secrets.js";

const FILES = 320;
let folder = "";
let places: readonly WorkingPath[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "aura-ahead-"));
  places = Array.from({ length: FILES }, (_, file) => {
    const path = `file${file}.ts`;
    const text = file === 7 ? `const key = "${stripeKey()}";\n` : `export const n = ${file};\n`;
    writeFileSync(join(folder, path), text);
    return { bytes: Buffer.from(join(folder, path)), path, ifGone: { reason: "gone", incomplete: false } };
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function engineFor(seconds: number): Promise<Engine> {
  return createEngine({ ...DEFAULTS, limits: { ...DEFAULTS.limits, seconds } }, await loadRuleSet([]));
}

describe("looking at files ahead", () => {
  it.each([0, 1, 2])("tells which are clean, with %d other threads", async (workers) => {
    const { look, close } = lookers(await engineFor(0), workers);
    const ahead = look(places);
    const clean = [];
    for (const index of places.keys()) clean.push(await ahead.clean(index));
    ahead.close();
    await close();
    const expected = places.map((_, file) =>
      file === 7 ? null : { bytes: `${file}`.length + 19, units: 0 },
    );
    expect(clean).toEqual(expected);
  });

  it("begins nothing more behind the run's time limit", async () => {
    const { look, close } = lookers(await engineFor(0.001), 1);
    await setTimeout(20);
    const ahead = look(places);
    const last = await ahead.clean(FILES - 1);
    await close();
    expect(last).toBeNull();
  });
});
