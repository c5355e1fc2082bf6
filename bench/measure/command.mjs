import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "../corpus/git.mjs";
import { sampleProcess } from "./proc-samples.mjs";
import { GNU_FORMAT, parseBsdTime, parseGnuTime } from "./time-output.mjs";

const TIME = "/usr/bin/time";

/** How CPU and memory are measured here: by GNU time, by the BSDs' one, or by looking into /proc. */
export function meterOf() {
  if (!existsSync(TIME)) return { name: "/proc", words: () => [], parse: null };
  const gnu = /GNU/i.test(spawnSync(TIME, ["--version"], { encoding: "utf8" }).stdout ?? "");
  return gnu
    ? { name: "GNU time", words: (file) => [TIME, "-o", file, "-f", GNU_FORMAT], parse: parseGnuTime }
    : { name: "BSD time", words: (file) => [TIME, "-l", "-o", file], parse: parseBsdTime };
}

/** The process groups that run now: ended with us, if we are interrupted. */
const running = new Set();
process.on("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

function endAll() {
  for (const pid of running) end(pid);
}

function end(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * Runs a command once, and measures it: seconds of wall time and CPU, peak memory, how it ended. Its output goes to
 * files in `scratch`; `limit` seconds are the most it gets.
 */
export async function measure({ program, args, cwd, env = {} }, { meter, scratch, limit }) {
  const timeFile = join(scratch, "time");
  const files = { stdout: join(scratch, "stdout"), stderr: join(scratch, "stderr") };
  rmSync(timeFile, { force: true });
  const [first, ...rest] = [...meter.words(timeFile), program, ...args];
  const out = openSync(files.stdout, "w");
  const err = openSync(files.stderr, "w");
  const start = process.hrtime.bigint();
  const child = spawn(first, rest, {
    cwd,
    env: { ...gitEnvironment(), ...env },
    stdio: ["ignore", out, err],
    detached: true,
  });
  const sampler = meter.parse === null ? sampleProcess(child.pid) : null;
  const exit = once(child, "exit");
  running.add(child.pid);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(child.pid);
  }, limit * 1000);
  try {
    const [code, signal] = await exit;
    const wall = Number(process.hrtime.bigint() - start) / 1e9;
    const seen = sampler === null ? readTime(meter, timeFile) : sampler.stop();
    return {
      wall,
      cpu: seen?.cpu ?? null,
      memory: seen?.memory ?? null,
      code: seen?.code ?? code,
      signal: seen?.signal ?? (signal === null ? null : constants.signals[signal]),
      late,
      ...files,
    };
  } finally {
    clearTimeout(timer);
    sampler?.stop();
    running.delete(child.pid);
    closeSync(out);
    closeSync(err);
  }
}

function readTime(meter, file) {
  return existsSync(file) ? meter.parse(readFileSync(file, "utf8")) : null;
}
