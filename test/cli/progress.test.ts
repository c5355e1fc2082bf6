import { describe, expect, it } from "vitest";
import { progressLine, progressOn } from "../../src/cli/progress.js";
import type { Terminal } from "../../src/cli/terminal.js";

function terminal(live: boolean): { readonly terminal: Terminal; readonly told: () => string } {
  let told = "";
  const err = (text: string): void => {
    told += text;
  };
  async function* nothing(): AsyncGenerator<Uint8Array> {}
  const made = {
    cwd: "/",
    stdin: nothing(),
    out: err,
    err,
    onceNobodyReads: () => () => undefined,
    color: false,
    live,
    width: 80,
  };
  return { terminal: made, told: () => told };
}

describe("a run that takes long tells how far it is", () => {
  it("with files, speed and the time that is left", () => {
    const line = progressLine({ files: 2500, bytes: 50_000_000, expected: 10_000, seconds: 2 }, 80);
    expect(line).toBe("━━━━━━──────────────────  2,500 of 10,000 files  25.0 MB/s  6 s left");
  });

  it("with what is known, where nobody knows how many there are", () => {
    const line = progressLine({ files: 3, bytes: 1_500_000, expected: 0, seconds: 1.5 }, 80);
    expect(line).toBe("3 files  1.0 MB/s");
  });

  it("in short, where there is no room", () => {
    const line = progressLine({ files: 2500, bytes: 50_000_000, expected: 10_000, seconds: 2 }, 30);
    expect(line.length).toBeLessThan(30);
  });

  it.each([
    ["after a second, and is gone at the end", true, false, 2000, true],
    ["but not before", true, false, 900, false],
    ["but not in a pipe or in CI", false, false, 2000, false],
    ["but not to whoever asked for quiet", true, true, 2000, false],
  ])("%s", (_name, live, quiet, time, isTold) => {
    const { terminal: made, told } = terminal(live);
    let now = 0;
    const progress = progressOn(made, quiet, () => now);
    progress.expect(10);
    now = time;
    progress.done(1000);
    expect(told()).toEqual(isTold ? expect.stringContaining("1 of 10 files") : "");
    progress.end();
    expect(told().endsWith("\r\x1b[K")).toBe(isTold);
  });
});
