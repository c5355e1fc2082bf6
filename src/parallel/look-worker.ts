import { parentPort, workerData } from "node:worker_threads";
import { withoutCrate } from "../pattern/rust-pattern.js";
import { loadRuleSet, type RuleFile } from "../rules/load.js";
import { createEngine } from "../scan/engine.js";
import { DEFAULTS } from "../settings/defaults.js";
import type { Settings } from "../settings/settings.js";
import { workOn } from "./clean-file.js";
import type { SharedJobs } from "./shared-jobs.js";

/**
 * What decides whether there is anything to tell of a file: the rules and a few settings. What is said about findings
 * (allows, the baseline, masks) is for the thread that tells them.
 */
export type LookSetup = Pick<Settings, "limits" | "documented"> & { readonly team: readonly RuleFile[] };

/** A worker's life: each message is a list of files to work on until none is left. */
const { team, limits, documented } = workerData as LookSetup;
withoutCrate();
const engine = createEngine({ ...DEFAULTS, limits, documented }, await loadRuleSet(team));
let work = Promise.resolve();
parentPort?.on("message", (jobs: SharedJobs) => {
  work = work.then(async () => {
    while (await workOn(engine, jobs));
  });
});
