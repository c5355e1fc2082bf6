import { quickLook } from "../gate/quick-look.js";
import { scanSourceFile } from "../gate/scan-source-file.js";
import type { Engine } from "../scan/engine.js";
import type { Clean } from "../sources/ahead.js";
import { smallFile, type WorkingPath, workingFile } from "../sources/working-file.js";
import { freedTrees } from "../units/native-parser.js";
import { DONE, jobAt, NEXT, type SharedJobs, STATE, TAKEN } from "./shared-jobs.js";

/**
 * What was read of the file, if there is nothing to tell of it at all: no finding, no marker, no comment, no reason.
 * Whatever goes wrong is for the thread that tells it.
 */
async function cleanFile(engine: Engine, place: WorkingPath): Promise<Clean | null> {
  try {
    return cleanAtOnce(engine, place) ?? (await cleanContent(engine, place));
  } catch {
    return null;
  }
}

const buffer = Buffer.allocUnsafeSlow((1 << 20) + 1);

/** The same for a file that is read in one go, which most are; null is no answer for others. Throws what a scan throws. */
export function cleanAtOnce(engine: Engine, place: WorkingPath): Clean | null {
  const bytes = smallFile(place, buffer);
  return bytes === null ? null : quickLook(engine, place.path, bytes);
}

async function cleanContent(engine: Engine, place: WorkingPath): Promise<Clean | null> {
  for (const item of workingFile(place)) {
    if (item.kind !== "file") return null;
    const { read, bytes, units, located, skipped, markers, allows } = await scanSourceFile(engine, item.file);
    const isClean = read && located.length + skipped.length + markers.size + allows.length === 0;
    return isClean ? { bytes, units } : null;
  }
  return null;
}

/** Takes the next few files that nobody took and writes down what came of them; false if there are none. */
export async function workOn(engine: Engine, jobs: SharedJobs): Promise<boolean> {
  const control = new Int32Array(jobs.control);
  const states = new Int32Array(jobs.states);
  const from = Atomics.add(control, NEXT, TAKEN);
  if (from >= jobs.count) return false;
  for (let index = from; index < Math.min(jobs.count, from + TAKEN); index++) {
    const clean = await cleanFile(engine, jobAt(jobs, index));
    await freedTrees();
    if (clean !== null) {
      new Float64Array(jobs.bytes)[index] = clean.bytes;
      new Int32Array(jobs.units)[index] = clean.units;
    }
    Atomics.store(states, index, clean === null ? STATE.look : STATE.clean);
    Atomics.add(control, DONE, 1);
  }
  return true;
}
