import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { promises as timers } from "node:timers";
import { fileURLToPath } from "node:url";
import type { Worker } from "node:worker_threads";
import type { Engine } from "../scan/engine.js";
import type { Ahead, Clean, LookAhead } from "../sources/ahead.js";
import type { WorkingPath } from "../sources/working-file.js";
import { freedTrees } from "../units/native-parser.js";
import { cleanAtOnce, workOn } from "./clean-file.js";
import type { LookSetup } from "./look-worker.js";
import { DONE, NEXT, type SharedJobs, STATE, sharedJobs } from "./shared-jobs.js";

/** Looks at files on several cores; to be closed when the run is over. */
export type Lookers = { readonly look: LookAhead; readonly close: () => Promise<void> };

/** A thread takes some time to start, in which one core alone reads so many small files. */
const WORTHWHILE = 300;

/** Each takes a hundred megabytes. */
const MOST_WORKERS = 3;

/** As it is built, whether this is the library, the bundled command line or the source: Node runs no TypeScript. */
const WORKER_FILE = fileURLToPath(new URL("../../dist/parallel/look-worker.js", import.meta.url));

/**
 * Lookers for `engine`: this thread and `workers` others, by default one for every two cores beyond the first two. With
 * none of them, or for few files, nothing is looked at ahead. What they find does not depend on how many they are.
 */
export function lookers(engine: Engine, workers: number = defaultWorkers()): Lookers {
  const { team } = engine.ruleSet;
  if (workers === 0 || team === undefined || !existsSync(WORKER_FILE)) {
    return { look: lookHere(engine), close: async () => {} };
  }
  const { limits, documented } = engine.settings;
  const setup: LookSetup = { team, limits, documented };
  const started: Worker[] = [];
  const health = { lost: false };
  const until = untilOf(engine);
  const start = (): void => {
    // Loaded by whoever has many files to look at: a hook has few.
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    while (started.length < workers) {
      const worker = new Worker(WORKER_FILE, { workerData: setup });
      worker.on("error", () => {
        health.lost = true;
      });
      worker.unref();
      started.push(worker);
    }
  };
  return {
    look(places) {
      if (places.length < WORTHWHILE) return lookHere(engine)(places);
      start();
      const jobs = sharedJobs(places);
      for (const worker of started) worker.postMessage(jobs);
      return aheadOf(engine, jobs, health, until);
    },
    async close() {
      await Promise.all(started.map((worker) => worker.terminate()));
    },
  };
}

/** When a run has to end, in milliseconds since 1970. */
function untilOf({ settings: { limits } }: Engine): number {
  return limits.seconds === 0 ? Number.POSITIVE_INFINITY : Date.now() + limits.seconds * 1000;
}

/** Looks at each file when its turn comes, in one go. */
function lookHere(engine: Engine): LookAhead {
  const until = untilOf(engine);
  return (places) => ({
    async clean(index) {
      const place = places[index];
      if (place === undefined || Date.now() > until) return null;
      const clean = cleanOrNull(engine, place);
      await freedTrees();
      return clean;
    },
    close: () => {},
  });
}

function cleanOrNull(engine: Engine, place: WorkingPath): Clean | null {
  try {
    return cleanAtOnce(engine, place);
  } catch {
    // Whoever tells of the file tells what went wrong.
    return null;
  }
}

function defaultWorkers(): number {
  const asked = process.env["AURA_SCAN_WORKERS"];
  if (asked !== undefined && /^\d{1,3}$/.test(asked)) return Math.min(Number(asked), 64);
  // A core is often counted twice, and this thread's own helpers fill one and a half already.
  return Math.max(0, Math.min((availableParallelism() >> 1) - 1, MOST_WORKERS));
}

/** Whether a thread failed: what it had taken is then looked at in this one. */
type Health = { readonly lost: boolean };

/** Behind the time `until`, in milliseconds since 1970, nothing more is begun: the run says what it did not read. */
function aheadOf(engine: Engine, jobs: SharedJobs, health: Health, until: number): Ahead {
  const states = new Int32Array(jobs.states);
  const control = new Int32Array(jobs.control);
  const bytes = new Float64Array(jobs.bytes);
  const units = new Int32Array(jobs.units);
  const stop = (): void => {
    Atomics.store(control, NEXT, jobs.count);
  };
  return {
    async clean(index): Promise<Clean | null> {
      for (;;) {
        const done = Atomics.load(control, DONE);
        const state = Atomics.load(states, index);
        if (state === STATE.clean) return { bytes: bytes[index] ?? 0, units: units[index] ?? 0 };
        if (state === STATE.look) return null;
        if (Date.now() > until) stop();
        if (await workOn(engine, jobs)) continue;
        if (health.lost || Date.now() > until) return null;
        // Another thread is at it.
        while (Atomics.load(control, DONE) === done && !health.lost) await timers.setTimeout(1);
      }
    },
    close: stop,
  };
}
