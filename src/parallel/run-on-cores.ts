import { runScan, type ScanRun } from "../gate/run-scan.js";
import type { Report } from "../report/report.js";
import type { LookAhead } from "../sources/ahead.js";
import { lookers } from "./look-ahead.js";

/** A run whose source can look at files ahead. */
export type RunOnCores = Omit<ScanRun, "items"> & {
  readonly itemsOf: (look: LookAhead) => ScanRun["items"];
};

/** The run's report, with every core at work where that pays: the same as one thread gives. Throws as `runScan` does. */
export async function runOnCores({ itemsOf, ...run }: RunOnCores, workers?: number): Promise<Report> {
  const { look, close } = lookers(run.engine, workers);
  try {
    return await runScan({ ...run, items: itemsOf(look) });
  } finally {
    await close();
  }
}
