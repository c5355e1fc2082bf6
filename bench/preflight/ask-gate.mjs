// The daemon's side of a warm gate: `ask-gate.mjs CHECKOUT UNITS SECONDS`. Opens the gate of an empty folder through
// the library's public surface, offers unit after unit, one call each, and prints what the calls took.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { units } from "../corpus/units.mjs";
import { percentile } from "../measure/statistics.mjs";

/** Calls before the clock starts: patterns compiled, code optimised. */
const WARM_UP = 500;

const [home, count, seconds] = process.argv.slice(2);
const { createGate } = await import(pathToFileURL(resolve(home, "dist/index.js")).href);
const offered = units(Number(count) + WARM_UP);
const root = mkdtempSync(join(tmpdir(), "aura-bench-gate-"));
try {
  const opened = performance.now();
  const gate = await createGate({ root });
  await gate.check(offered.slice(0, 1));
  const firstAnswer = (performance.now() - opened) / 1000;
  for (const unit of offered.slice(1, WARM_UP)) await gate.check([unit]);
  const started = performance.now();
  const end = started + Number(seconds) * 1000;
  const took = [];
  const verdicts = { allow: 0, withhold: 0, block: 0 };
  let text = 0;
  for (const unit of offered.slice(WARM_UP)) {
    const before = performance.now();
    if (before > end) break;
    const answers = await gate.check([unit]);
    took.push((performance.now() - before) / 1000);
    for (const { verdict } of answers) verdicts[verdict]++;
    text += unit.body.length;
  }
  const all = (performance.now() - started) / 1000;
  // Who refuses everything is quick: that is no measure.
  if (verdicts.allow < took.length * 0.9)
    throw new Error(`the gate did not judge: ${JSON.stringify(verdicts)}`);
  const [p50, p99, p999, most] = [0.5, 0.99, 0.999, 1].map((share) => percentile(took, share));
  const perSecond = took.length / all;
  console.log(JSON.stringify({ units: took.length, text, firstAnswer, p50, p99, p999, most, perSecond }));
} finally {
  rmSync(root, { recursive: true, force: true });
}
