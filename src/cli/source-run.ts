import type { RunOnCores } from "../parallel/run-on-cores.js";

/** What a run reads. */
export type SourceRun = Pick<RunOnCores, "mode" | "nothing" | "seesAll" | "itemsOf" | "collector">;
