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

/** When the first of several runs began, and the time that all of them spent: they may lie days apart. */
export function spent(reports: readonly Report[]): Pick<Report, "started_at" | "duration_ms"> {
  const began = Math.min(...reports.map(({ started_at }) => Date.parse(started_at)));
  const duration_ms = reports.reduce((sum, report) => sum + report.duration_ms, 0);
  return { started_at: new Date(began).toISOString(), duration_ms };
}
