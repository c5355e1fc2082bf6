import { readFileSync } from "node:fs";
import { measure } from "./command.mjs";
import { median } from "./statistics.mjs";

/**
 * Runs the contenders in turn, round after round, and gives one row for each: its medians, and how it ended. Whoever
 * has used up `patience` seconds is not run again: a median of nine is for what takes milliseconds. A contender with
 * `missing` is not run at all; its row says why.
 */
export async function race(contenders, { rounds, patience, ...how }) {
  const entries = contenders.map((contender) => ({ contender, runs: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const { contender, runs } of entries) {
      const spent = runs.reduce((sum, run) => sum + run.wall, 0);
      const over = spent > patience || runs.some((run) => run.fault !== null);
      if (contender.missing !== undefined || over) continue;
      await contender.before?.();
      const limit = how.limit * (contender.slack ?? 1);
      const run = await measure(contender, { ...how, limit });
      runs.push({ ...run, fault: faultOf(contender, run, limit) });
    }
  }
  return entries.map(({ contender, runs }) => rowOf(contender, runs));
}

/** Null for a run that did its work; else what went wrong with it. Having found something is no fault. */
export function faultOf({ exits }, run, limit) {
  if (run.late) return `stopped after ${limit} s`;
  if (run.signal !== null) return `crashed: signal ${run.signal}`;
  if (exits[run.code] !== undefined) return null;
  return `failed: exit ${run.code}${firstWords(run.stderr)}`;
}

/** The line of standard error that says most: a panic's, or else the first one. */
function firstWords(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  const line = lines.find((text) => /panic|fatal|error/i.test(text)) ?? lines[0] ?? "";
  return line === "" ? "" : `, ${line.trim().slice(0, 70)}`;
}

function rowOf(contender, runs) {
  const { name, kind, missing = null } = contender;
  const good = runs.filter((run) => run.fault === null);
  const of = (figure) => median(good.map((run) => run[figure]).filter((value) => value !== null));
  const fault = runs.find((run) => run.fault !== null)?.fault ?? null;
  const said = [...new Set(good.map((run) => contender.exits[run.code]))].filter((words) => words !== "");
  return {
    name,
    kind,
    reads: contender.reads ?? true,
    runs: good.length,
    wall: fault === null ? of("wall") : Number.NaN,
    walls: good.map((run) => run.wall),
    cpu: of("cpu"),
    memory: of("memory"),
    fault: missing ?? fault,
    note: [fault ?? missing ?? "", ...said].filter((words) => words !== "").join("; "),
  };
}
