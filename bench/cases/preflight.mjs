import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "../contenders/contenders.mjs";
import { measure } from "../measure/command.mjs";
import { faultOf } from "../measure/race.mjs";
import { median } from "../measure/statistics.mjs";
import { layTable, number, seconds } from "../table.mjs";

const FIGURES = ["units", "text", "firstAnswer", "p50", "p99", "p999", "most", "perSecond"];

/** A warm gate that is offered one unit a call, through the library's public surface. */
export async function benchPreflight({ options, contenders, show, how }) {
  show.section(`preflight, warm: ${options.units} units of up to 4 kB, one a call`);
  const entries = contenders.ours.map((one) => ({ ...one, runs: [] }));
  for (let round = 0; round < how.rounds; round++) {
    for (const { home, runs } of entries) {
      const spent = runs.reduce((sum, run) => sum + run.wall, 0);
      if (spent <= how.patience && runs.every((run) => run.fault === null)) runs.push(await askGate(home));
    }
  }
  const rows = entries.map(({ name, runs }) => rowOf(name, runs));
  show.race({ case: "preflight", rows }, preflightTable(rows));

  async function askGate(home) {
    const args = [join(HOME, "bench/preflight/ask-gate.mjs"), home, String(options.units), String(how.limit)];
    // The gate ends by itself at the limit, and tells how far it came; what lies around that gets as long again.
    const command = { program: process.execPath, args, cwd: home };
    const run = await measure(command, { ...how, limit: how.limit * 2 });
    const fault = faultOf({ exits: { 0: "" } }, run, how.limit * 2);
    return { ...run, fault, ...(fault === null ? JSON.parse(readFileSync(run.stdout, "utf8")) : {}) };
  }
}

function rowOf(name, runs) {
  const fault = runs.find((run) => run.fault !== null)?.fault ?? null;
  const of = (figure) => median(runs.map((run) => run[figure] ?? Number.NaN));
  return {
    name,
    runs: runs.length,
    ...Object.fromEntries(FIGURES.map((figure) => [figure, of(figure)])),
    memory: of("memory"),
    cpu: of("cpu"),
    fault,
  };
}

function preflightTable(rows) {
  const time = (head, figure) => ({ head, of: (row) => seconds(row[figure]) });
  return layTable(
    [
      { head: "", of: (row) => row.name },
      { head: "units", of: (row) => String(row.units) },
      time("open, first", "firstAnswer"),
      time("p50", "p50"),
      time("p99", "p99"),
      time("p99.9", "p999"),
      time("longest", "most"),
      { head: "units/s", of: (row) => number(row.perSecond) },
      { head: "memory", of: (row) => `${Math.round(row.memory / 1e6)} MB` },
      { head: "runs", of: (row) => String(row.runs) },
      { head: "", left: true, of: (row) => row.fault ?? "" },
    ],
    rows,
  );
}
