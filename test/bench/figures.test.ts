import { describe, expect, it } from "vitest";
import { benchModule } from "./bench-module.js";

const { median, percentile } = await benchModule("measure/statistics.mjs");
const { parseGnuTime, parseBsdTime } = await benchModule("measure/time-output.mjs");
const { parseProc } = await benchModule("measure/proc-samples.mjs");
const { faultOf } = await benchModule("measure/race.mjs");
const { versionIn } = await benchModule("contenders/find.mjs");
const { tooSlow } = await benchModule("cases/trees.mjs");

describe("figures", () => {
  it.each([
    [[], Number.NaN],
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])("the median of %j is %d", (numbers, middle) => {
    expect(median(numbers)).toBe(middle);
  });

  it.each([
    [0.5, 50],
    [0.99, 99],
    [0.999, 100],
    [1, 100],
    [0, 1],
  ])("the %d percentile of 1 to 100 is %d", (share, value) => {
    const numbers = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(percentile(numbers, share)).toBe(value);
  });

  it("a percentile of nothing is no number", () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe("what time wrote", () => {
  it.each([
    ["GNU", parseGnuTime, "1.25 0.25 1000 0\n", { cpu: 1.5, memory: 1_024_000, code: 0, signal: null }],
    [
      "GNU, of a failure",
      parseGnuTime,
      "Command exited with non-zero status 10\n0.00 0.00 8 10\n",
      { cpu: 0, memory: 8192, code: 10, signal: null },
    ],
    [
      "GNU, of a crash",
      parseGnuTime,
      "Command terminated by signal 11\n0.50 0.00 8 0\n",
      { cpu: 0.5, memory: 8192, code: 0, signal: 11 },
    ],
    ["GNU, of nothing", parseGnuTime, "time: cannot run x: No such file or directory\n", null],
    [
      "BSD",
      parseBsdTime,
      "        1.25 real         1.00 user         0.50 sys\n            94412800  maximum resident set size\n",
      { cpu: 1.5, memory: 94_412_800, code: null, signal: null },
    ],
    ["BSD, of nothing", parseBsdTime, "", null],
  ])("%s", (_name, parse, text, figures) => {
    expect(parse(text)).toEqual(figures);
  });

  it("reads /proc, whatever the program is called", () => {
    const before = "R 1 2 3 4 5 6 7 8 9 10".split(" ");
    const stat = `42 (a ) b) ${[...before, 120, 30, 7, 3, 20].join(" ")}\n`;
    expect(parseProc(stat, "Name:\ta\nVmHWM:\t  1000 kB\n")).toEqual({ cpu: 1.6, memory: 1_024_000 });
    expect(parseProc(stat, "Name:\ta\n")).toEqual({ cpu: 1.6, memory: null });
  });
});

describe("how a run ended", () => {
  const exits = { 0: "", 10: "", 3: "incomplete" };
  const run = { late: false, signal: null, code: 0, stderr: "/dev/null" };
  it.each([
    ["did its work", {}, null],
    ["found something", { code: 10 }, null],
    ["could not read all", { code: 3 }, null],
    ["an exit code that is not its own", { code: 2 }, "failed: exit 2"],
    ["a signal", { code: 0, signal: 11 }, "crashed: signal 11"],
    ["took too long", { late: true, signal: 9, code: null }, "stopped after 30 s"],
  ])("%s", (_name, ending, fault) => {
    expect(faultOf({ exits }, { ...run, ...ending }, 30)).toBe(fault);
  });
});

describe("versions", () => {
  it.each([
    ["ripsecrets 0.1.11\n", "0.1.11"],
    ["trufflehog 3.90.0-rc.1", "3.90.0-rc.1"],
    ["banner\nversion 8.30", "8.30"],
    ["dev\n", "dev"],
    ["", "no version told"],
  ])("%j says %s", (text, version) => {
    expect(versionIn(text)).toBe(version);
  });
});

describe("who would take too long is not started", () => {
  const race = (size: string, bytes: number, wall: number, fault: string | null = null) => ({
    size,
    bytes,
    rows: [{ name: "slow", wall, fault }],
  });
  it.each([
    ["nothing known", [], {}],
    ["one size says nothing: it may be the start", [race("1 MB", 1e6, 5)], {}],
    ["within the limit", [race("1 MB", 1e6, 1), race("10 MB", 1e7, 2)], {}],
    [
      "beyond it",
      [race("1 MB", 1e6, 1), race("10 MB", 1e7, 10)],
      { missing: "not run: about 100 s, as 10 MB took 10.0 s" },
    ],
    [
      "it was stopped before",
      [race("1 MB", 1e6, Number.NaN, "stopped after 30 s")],
      { missing: "not run: 1 MB took too long" },
    ],
    ["a crash is tried again", [race("1 MB", 1e6, Number.NaN, "crashed: signal 11")], {}],
  ])("%s", (_name, races, said) => {
    expect(tooSlow("slow", races, 1e8, 30)).toEqual(said);
  });
});
