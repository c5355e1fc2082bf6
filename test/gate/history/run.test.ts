import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { historyRun } from "../../../src/gate/history/run.js";
import { runScan } from "../../../src/gate/run-scan.js";
import type { Report } from "../../../src/report/report.js";
import { makeRepository, type TestRepository } from "../../repository.js";
import { smallEngine } from "../../scan/small-engine.js";
import { awsKeyId, stripeKey } from "../../secrets.js";
import { opened } from "../../sources/items.js";

const BEGUN = 1_700_000_000;

/** Numbers that are the same in every run of the tests. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("a history that grows, branches, merges and is rewritten", () => {
  let repo: TestRepository;
  let clock: number;
  beforeEach(async () => {
    repo = await makeRepository();
    clock = BEGUN;
  });
  afterEach(() => repo.remove());

  /** The report without what only tells how it came about. */
  async function report(useCache: boolean, since: number | null): Promise<Report> {
    const engine = await smallEngine();
    const window = since === null ? null : { since, until: Number.POSITIVE_INFINITY };
    const run = await historyRun(engine, await opened(repo.root), window, useCache);
    const told = await runScan({ engine, ...run, now: () => 0 });
    return { ...told, scanned: { ...told.scanned, cached: 0 } };
  }

  function git(...args: readonly string[]): void {
    clock += 3600;
    const date = `${clock} +0000`;
    try {
      repo.gitWith({ env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } }, ...args);
    } catch {
      // A merge in conflict, a branch that is there already: the next step goes on from where it is.
    }
  }

  function step(number: (below: number) => number): void {
    const branch = `b${number(3)}`;
    switch (number(8)) {
      case 0:
        git("switch", "--quiet", "--force", "--create", branch);
        break;
      case 1:
        git("switch", "--quiet", "--force", branch);
        break;
      case 2:
        git("merge", "--quiet", "--no-ff", "--no-verify", "--strategy-option=ours", "-m", "merge", branch);
        git("reset", "--quiet", "--hard");
        break;
      case 3:
        git("branch", "--quiet", "--force", "-D", branch);
        break;
      case 4:
        git("commit", "--quiet", "--amend", "--no-verify", "--allow-empty", "-m", "again");
        break;
      default: {
        const lines = Array.from({ length: 1 + number(3) }, () =>
          [
            `let plain = ${number(4)};`,
            `key = "${stripeKey(`${number(2)}`)}"`,
            `id = "${awsKeyId(`${number(2)}`)}"`,
          ].at(number(3)),
        );
        repo.write(`${["src/a.ts", "src/b.ts", "c.env", "test/d.ts"][number(4)]}`, `${lines.join("\n")}\n`);
        git("add", ".");
        git("commit", "--quiet", "--no-verify", "-m", "edit");
      }
    }
  }

  it.each([1, 2, 3, 4])("is told alike with a cache and without one, at every step (%i)", async (seed) => {
    const number = numbersFrom(seed);
    let found = 0;
    for (let round = 0; round < 12; round++) {
      for (let at = number(4); at >= 0; at--) step(number);
      const since = number(3) === 0 ? clock - 3600 * (1 + number(12)) : null;
      const cached = await report(true, since);
      expect(cached).toEqual(await report(false, since));
      found += cached.findings.length;
    }
    expect(found).toBeGreaterThan(0);
    // All that ever stood in a commit is found, whatever git was asked on the way.
    const whole = await report(true, null);
    const prints = whole.findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(new Set(whole.findings.map(({ path }) => path))).toEqual(pathsWithSecrets());
  });

  /** By the plain way: every file of every commit. */
  function pathsWithSecrets(): Set<string> {
    const commits = repo.git("rev-list", "--all").split("\n");
    const held = commits.flatMap((commit) =>
      repo
        .gitWith({}, "ls-tree", "-r", "--name-only", commit)
        .split("\n")
        .filter((path) => path !== "" && /sk_live_|AKIA/.test(repo.git("show", `${commit}:${path}`))),
    );
    return new Set(held);
  }
});
