import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { ALL_BRANCHES, type Host, makeHost } from "../ci/checkouts.js";
import { ZERO } from "../ci/plans.js";
import { temporaryFolder } from "../repository.js";
import { stripeKey } from "../secrets.js";
import { auraScan } from "./aura-scan.js";
import { heard, onGithub } from "./on-github.js";

const code = `const key = "${stripeKey("ci")}";\npay(key);\n`;

let host: Host;
let runner: string;
beforeEach(async () => {
  host = await makeHost();
  runner = temporaryFolder();
});
afterEach(() => {
  host.remove();
  rmSync(runner, { recursive: true, force: true });
});

describe("aura-scan ci elsewhere", () => {
  it("on a schedule reads the files as they are committed, not as earlier steps left them", async () => {
    const tip = host.commit({ "old.ts": code });
    host.push("main");
    const clone = await host.clone(1, ["+refs/heads/main:refs/remotes/origin/main"], tip);
    clone.write("old.ts", "pay(fromVault());\n");
    clone.write("built.ts", code);
    const run = await onGithub(
      runner,
      clone,
      "schedule",
      tip,
      { schedule: "17 4 * * 1" },
      "--report",
      "json",
    );
    const report = JSON.parse(run.out) as Report;
    expect([run.code, report.findings.map(({ path }) => path)]).toEqual([1, ["old.ts"]]);
    expect(report.notices[0]).toBe(
      `GitHub Actions, schedule: the files of ${tip.slice(0, 10)}, for this event brings no commits.`,
    );
  });

  it("gives GitHub no orders in the names of files and branches", async () => {
    const tip = host.commit({ "::warning::x.ts": code });
    host.push("main");
    const clone = await host.clone(0, [ALL_BRANCHES], tip);
    const payload = { ref: "refs/heads/x\n::error::\u001b[31m", before: ZERO, after: tip, repository: {} };
    const run = await onGithub(runner, clone, "push", tip, payload);
    expect(run.code).toBe(1);
    expect(run.err).toContain("push to x\\n::error::\\u{1b}[31m: the only commit of");
    expect(run.err).not.toMatch(/^::/m);
    for (const line of heard(run.out).split("\n")) expect(line).toMatch(/^$|^::error file=%3A%3Awarning/);
  });

  it("says why the report counts fewer commits than it decided on", async () => {
    const before = host.commit({ "a.ts": "export const a = 1;\n" });
    host.dev.git("checkout", "--quiet", "-b", "topic");
    host.commit({ "b.ts": "export const b = 1;\n" });
    host.dev.git("checkout", "--quiet", "main");
    host.dev.git("merge", "--quiet", "--no-ff", "--no-edit", "topic");
    const after = host.dev.git("rev-parse", "HEAD");
    host.push("main");
    const clone = await host.clone(0, [ALL_BRANCHES], after);
    const run = await auraScan(clone.root, ["ci", "--base", before, "--report", "json"]);
    const report = JSON.parse(run.out) as Report;
    expect(run.err).toContain("2 commits up to");
    expect([report.scanned.commits, report.notices[1]]).toEqual([
      1,
      "1 of the 2 commits brings no content of its own (a merge, a deletion, what stood there before), and is not counted as read.",
    ]);
  });

  it("on GitLab and without a CI system writes nothing for GitHub", async () => {
    const before = host.commit({ "a.ts": "export const a = 1;\n" });
    const after = host.commit({ "b.ts": code });
    host.push("main");
    const clone = await host.clone(20, ["+refs/heads/main:refs/remotes/origin/main"], after);
    const gitlab = { GITLAB_CI: "true", CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" };
    const ids = { CI_COMMIT_BEFORE_SHA: before, CI_COMMIT_SHA: after };
    const run = await auraScan(clone.root, ["ci"], { env: { ...gitlab, ...ids } });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^aura-scan ci: GitLab CI, push to main: 1 commit up to /);
    expect(run.out).not.toMatch(/^::/m);
    const plain = await auraScan(clone.root, ["ci", "--base", before]);
    expect([plain.code, plain.err]).toEqual([
      1,
      `aura-scan ci: git, no CI system that is known: 1 commit up to ${after.slice(0, 10)} that what --base names (${before.slice(0, 10)}) does not hold\n`,
    ]);
  });

  it("is told what is wrong with its use in one line", async () => {
    host.commit({ "a.ts": "export const a = 1;\n" });
    const outside = await auraScan(runner, ["ci"]);
    expect([outside.code, outside.err]).toEqual([
      2,
      "aura-scan: ci needs a git repository, and this folder is in none\n",
    ]);
    const empty = await auraScan(host.dev.root, ["ci", "--base="]);
    expect([empty.code, empty.err]).toEqual([2, "aura-scan: --base is empty; name a commit: origin/main\n"]);
  });
});
