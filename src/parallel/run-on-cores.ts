import { runScan, type ScanRun } from "../gate/run-scan.js";
import type { Report } from "../report/report.js";
import type { LookAhead } from "../sources/ahead.js";
import type { SourceItem } from "../sources/source.js";
import { lookers } from "./look-ahead.js";

/** A run whose source can look at files ahead. */
export type RunOnCores = Omit<ScanRun, "items"> & {
  readonly itemsOf: (look: LookAhead) => ScanRun["items"];
  /** Told how far the run is. */
  readonly progress?: {
    /** So many more files are known of. */
    readonly expect: (files: number) => void;
    /** A file was read, of this many bytes, or named as not read. */
    readonly done: (bytes: number) => void;
  };
};

/** The run's report, with every core at work where that pays: the same as one thread gives. Throws as `runScan` does. */
export async function runOnCores(
  { itemsOf, progress, ...run }: RunOnCores,
  workers?: number,
): Promise<Report> {
  const { look, close } = lookers(run.engine, workers);
  const told: LookAhead = (places) => {
    progress?.expect(places.length);
    return look(places);
  };
  try {
    const items = itemsOf(told);
    return await runScan({ ...run, items: progress === undefined ? items : counted(items, progress.done) });
  } finally {
    await close();
  }
}

/** The items, each told of when the next is asked for. */
async function* counted(items: ScanRun["items"], done: (bytes: number) => void): AsyncGenerator<SourceItem> {
  for await (const item of items) {
    yield item;
    done(item.kind === "file" ? item.file.size : item.kind === "clean" ? item.bytes : 0);
  }
}
