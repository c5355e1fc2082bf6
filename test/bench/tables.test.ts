import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { benchModule } from "./bench-module.js";

const { layTable, raceTable, growthTable, seconds, number, ratio } = await benchModule("table.mjs");
const { goalsOf, goalTable } = await benchModule("goals.mjs");
const { readOptions } = await benchModule("options.mjs");

const row = (name: string, kind: string, wall: number, more = {}) => ({
  name,
  kind,
  wall,
  reads: true,
  cpu: wall,
  memory: 94_000_000,
  runs: 3,
  note: "",
  ...more,
});

describe("tables", () => {
  it("puts names left and figures right", () => {
    const columns = [
      { head: "", of: (one: string[]) => one[0] },
      { head: "time", of: (one: string[]) => one[1] },
      { head: "", left: true, of: (one: string[]) => one[2] },
    ];
    const rows = [
      ["cat", "17 ms", ""],
      ["aura-scan", "1.25 s", "incomplete"],
    ];
    expect(layTable(columns, rows).split("\n")).toEqual([
      "             time",
      "---------  ------  ----------",
      "cat         17 ms",
      "aura-scan  1.25 s  incomplete",
    ]);
  });

  it("compares everyone with ours, and gives a speed only to who reads", () => {
    const rows = [
      row("aura-scan", "ours", 0.5),
      row("other", "peer", 2),
      row("gone", "peer", Number.NaN, {
        note: "crashed: signal 11",
        cpu: Number.NaN,
        memory: Number.NaN,
        runs: 0,
      }),
      row("node -e 0", "floor", 0.05, { reads: false }),
    ];
    expect(raceTable(rows, 100_000_000).split("\n")).toEqual([
      "                  median  to ours  MB/s     CPU  memory  runs",
      "----------------  ------  -------  ----  ------  ------  ----  ------------------",
      "aura-scan         500 ms    1.00x   200  500 ms   94 MB     3",
      "other             2.00 s    4.00x  50.0  2.00 s   94 MB     3",
      "gone                   -        -     -       -       -     0  crashed: signal 11",
      "floor: node -e 0   50 ms    0.10x     -   50 ms   94 MB     3",
    ]);
  });

  it("shows how the speed holds as the size grows", () => {
    const races = [
      { size: "1 MB", bytes: 1e6, rows: [row("a", "ours", 0.1), row("b", "peer", 1)] },
      { size: "10 MB", bytes: 1e7, rows: [row("a", "ours", 0.2)] },
    ];
    expect(growthTable(races).split("\n")).toEqual([
      "MB/s  1 MB  10 MB",
      "----  ----  -----",
      "a     10.0   50.0",
      "b     1.00      -",
    ]);
  });

  it.each([
    [0, "0 ms"],
    [0.0002284, "0.228 ms"],
    [0.00229, "2.29 ms"],
    [0.0449, "45 ms"],
    [1.249, "1.25 s"],
    [12.34, "12.3 s"],
    [Number.NaN, "-"],
  ])("writes %d seconds as %s", (value, text) => {
    expect(seconds(value)).toBe(text);
  });

  it.each([
    [1234.5, "1235"],
    [12.34, "12.3"],
    [0.4, "0.40"],
    [Number.NaN, "-"],
  ])("writes %d as %s", (value, text) => {
    expect(number(value)).toBe(text);
  });

  it("has no ratio to what was not measured", () => {
    expect([ratio(1, 2), ratio(1, Number.NaN), ratio(Number.NaN, 1)]).toEqual(["0.50x", "-", "-"]);
  });
});

describe("goals", () => {
  const tree = (bytes: number, ours: number) => ({
    case: "tree",
    size: "100 MB",
    bytes,
    rows: [row("aura-scan", "ours", ours), row("betterleaks", "peer", 1)],
  });

  it("tells what is met, what is not, and what this run cannot tell", () => {
    expect(goalsOf([tree(1e8, 0.5)]).map(({ what, told }: Record<string, string>) => [what, told])).toEqual([
      ["to betterleaks", "no"],
      ["to a Node that only reads", "not measured"],
      ["memory, MB", "yes"],
    ]);
    expect(goalsOf([tree(1e8, 0.4)])[0].told).toBe("yes");
  });

  it("asks more of a tree of a gigabyte, and nothing of a small one", () => {
    expect(goalsOf([tree(1e9, 0.35)])[0].told).toBe("no");
    expect(goalsOf([tree(1e6, 9)])).toEqual([]);
  });

  it("needs a speed of at least, and a latency of at most", () => {
    const rows = [{ name: "aura-scan", p99: 0.002, perSecond: 2500 }];
    const goals = goalsOf([{ case: "preflight", rows }]);
    expect(goals.map(({ told }: Record<string, string>) => told)).toEqual(["no", "yes"]);
    expect(goalTable(goals)).toContain("preflight  units a second  2000 or more      2500  yes");
  });
});

describe("options", () => {
  it("are minutes by default, and everything with --full", () => {
    expect(readOptions([])).toMatchObject({ sizes: [1, 10, 100], limit: 30, rounds: 3, peers: null });
    expect(readOptions(["--full"])).toMatchObject({ sizes: [1, 10, 100, 1000], limit: 900 });
  });

  it("a named tree is measured alone, unless more is asked for", () => {
    expect(readOptions(["--tree", "/", "--tree", "test"])).toMatchObject({
      trees: ["/", resolve("test")],
      kinds: ["trees"],
    });
    expect(readOptions(["--tree", "/", "--only", "hook,trees"]).kinds).toEqual(["hook", "trees"]);
  });

  it.each([
    [["--only", "tree"], /--only: tree is none of trees, history/],
    [["--rounds", "0"], /--rounds: 0 is no whole number/],
    [["--sizes", "1,x"], /--sizes: x is no whole number/],
    [["--tree", "no/such/folder"], /--tree: no\/such\/folder is no folder/],
    [["--fast"], /Unknown option '--fast'/],
  ])("%j is refused", (words, message) => {
    expect(() => readOptions(words)).toThrow(message);
  });
});
