import type { Report } from "../../report/report.js";

type Counts = Omit<Report["scanned"], "skipped" | "commits">;

/** What several runs read together. */
export function summed(reports: readonly Report[]): Counts {
  const sum = (of: (scanned: Report["scanned"]) => number): number =>
    reports.reduce((total, { scanned }) => total + of(scanned), 0);
  return {
    files: sum(({ files }) => files),
    cached: sum(({ cached }) => cached),
    units: sum(({ units }) => units),
    bytes: sum(({ bytes }) => bytes),
    pushes: sum(({ pushes }) => pushes),
  };
}

/** From when the first of several runs began to when the last one ended. */
export function elapsed(reports: readonly Report[]): Pick<Report, "started_at" | "duration_ms"> {
  const starts = reports.map(({ started_at }) => Date.parse(started_at));
  const ends = reports.map(({ duration_ms }, at) => (starts[at] ?? 0) + duration_ms);
  const began = Math.min(...starts);
  return { started_at: new Date(began).toISOString(), duration_ms: Math.max(...ends) - began };
}
