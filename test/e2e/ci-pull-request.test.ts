import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { ALL_BRANCHES, type Host, makeHost } from "../ci/checkouts.js";
import { temporaryFolder } from "../repository.js";
import { encodedForms, stripeKey } from "../secrets.js";
import { heard, onGithub } from "./on-github.js";

const MERGED = "+refs/pull/7/merge:refs/remotes/pull/7/merge";
const SECRET = stripeKey("ci");
const code = `const key = "${SECRET}";\npay(key);\n`;

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

/** A pull request whose commits are made by `work` on a branch, and the merge that GitHub made of it. */
function pullRequest(work: () => void) {
  const base = host.dev.git("rev-parse", "main");
  host.dev.git("checkout", "--quiet", "-b", "topic");
  work();
  const head = host.dev.git("rev-parse", "HEAD");
  host.dev.git("checkout", "--quiet", "--detach", "main");
  host.dev.git("merge", "--quiet", "--no-ff", "--no-edit", "topic");
  const merge = host.dev.git("rev-parse", "HEAD");
  host.push("main", "topic", "HEAD:refs/pull/7/merge");
  const payload = {
    pull_request: { number: 7, base: { ref: "main", sha: base }, head: { ref: "topic", sha: head } },
  };
  return { merge, payload };
}

describe("aura-scan ci on a pull request", () => {
  it("finds what one commit brought and the next took away, and tells it wherever GitHub shows it", async () => {
    host.commit({ "a.ts": "export const a = 1;\n" });
    let brought = "";
    const { merge, payload } = pullRequest(() => {
      brought = host.commit({ "b.ts": code });
      host.commit({ "b.ts": "pay(fromVault());\n" });
    });
    const clone = await host.clone(0, [ALL_BRANCHES, MERGED], merge);
    const sarif = join(runner, "out.sarif");
    const run = await onGithub(
      runner,
      clone,
      "pull_request",
      merge,
      payload,
      "--report",
      `sarif=${sarif}`,
      "--report",
      `json=${join(runner, "out.json")}`,
    );
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^aura-scan ci: GitHub Actions, pull request 7: 3 commits up to /);
    expect(heard(run.out)).toMatch(/^::error .*file=b\.ts,line=1/m);
    expect(run.summary).toContain("## aura-scan: blocked");
    expect(run.summary).toContain("pull request 7: 3 commits up to");
    expect(run.outputs).toBe(`verdict=block\nfindings=1\nblocking=1\nsarif=${sarif}\n`);
    const report = JSON.parse(readFileSync(join(runner, "out.json"), "utf8")) as Report;
    expect(report).toMatchObject({ mode: "range", scanned: { commits: 2 } });
    expect(report.findings.map(({ path, commit }) => ({ path, commit }))).toEqual([
      { path: "b.ts", commit: brought },
    ]);
    const written = [run.out, run.err, run.summary, run.outputs, readFileSync(sarif, "utf8")].join("\n");
    for (const form of encodedForms(SECRET)) expect(written).not.toContain(form);
  });

  it("finds what only the merge itself brought", async () => {
    host.commit({ "a.ts": "export const a = 1;\n" });
    const { payload } = pullRequest(() => void host.commit({ "b.ts": "export const b = 1;\n" }));
    host.dev.write("b.ts", code);
    host.dev.add("b.ts");
    host.dev.git("commit", "--quiet", "--amend", "--no-edit");
    const merge = host.dev.git("rev-parse", "HEAD");
    host.push("--force", "HEAD:refs/pull/7/merge");
    const clone = await host.clone(0, [ALL_BRANCHES, MERGED], merge);
    const run = await onGithub(runner, clone, "pull_request", merge, payload);
    expect([run.code, run.outputs]).toEqual([1, "verdict=block\nfindings=1\nblocking=1\n"]);
  });

  it("is not charged with what the target holds already", async () => {
    host.commit({ "old.ts": code });
    const { merge, payload } = pullRequest(() => void host.commit({ "b.ts": "export const b = 1;\n" }));
    const clone = await host.clone(0, [ALL_BRANCHES, MERGED], merge);
    const run = await onGithub(runner, clone, "pull_request", merge, payload, "--quiet");
    expect([run.code, run.out, run.err]).toEqual([0, "", ""]);
    expect(run.outputs).toBe("verdict=allow\nfindings=0\nblocking=0\n");
  });

  it("in a clone of depth 1 is incomplete, and says how to deepen it", async () => {
    host.commit({ "old.ts": code });
    const { merge, payload } = pullRequest(() => void host.commit({ "b.ts": "export const b = 1;\n" }));
    const clone = await host.clone(1, [MERGED], merge);
    const run = await onGithub(runner, clone, "pull_request", merge, payload, "--quiet");
    const line = "and this clone is shallow; actions/checkout needs with: { fetch-depth: 0 }";
    expect(run.code).toBe(3);
    expect(run.err).toContain(line);
    expect(heard(run.out)).toContain(line);
    expect(run.outputs).toBe("verdict=incomplete\nfindings=0\nblocking=0\n");
    // What is let pass is still no run that looked at nothing.
    const passed = await onGithub(runner, clone, "pull_request", merge, payload, "--allow-incomplete");
    expect([passed.code, passed.outputs]).toEqual([1, "verdict=block\nfindings=1\nblocking=1\n"]);
  });

  it("in a clone without all contents names those that it did not read, and never passes", async () => {
    host.commit({ "a.ts": "export const a = 1;\n" });
    const { merge, payload } = pullRequest(() => {
      host.commit({ "b.ts": code });
      host.commit({ "b.ts": "pay(fromVault());\n" });
    });
    const clone = await host.clone(0, [ALL_BRANCHES, MERGED], merge, "--filter=blob:none");
    const json = join(runner, "out.json");
    const run = await onGithub(runner, clone, "pull_request", merge, payload, "--report", `json=${json}`);
    const { scanned } = JSON.parse(readFileSync(json, "utf8")) as Report;
    expect([run.code, scanned.files]).toEqual([3, 1]);
    expect(scanned.skipped).toMatchObject([{ path: "b.ts", incomplete: true }]);
  });

  const ALLOW = '[[scan.allow]]\npath = "b.ts"\nreason = "made up"\n';
  it.each([
    ["count, for whoever reviews it sees them", "", [], 0],
    ["do not count with --refuse-new-allows", "", ["--refuse-new-allows"], 1],
    [
      "do not count where the target refuses them, whatever the request says",
      '[scan]\nnew_allows = "refuse"\n',
      [],
      1,
    ],
  ] as const)("new allows %s", async (_title, before, words, expected) => {
    host.commit({ "a.ts": "export const a = 1;\n", ".aura/live.toml": before });
    const { merge, payload } = pullRequest(
      () => void host.commit({ "b.ts": code, ".aura/live.toml": `[scan]\nnew_allows = "accept"\n${ALLOW}` }),
    );
    const clone = await host.clone(0, [ALL_BRANCHES, MERGED], merge);
    expect((await onGithub(runner, clone, "pull_request", merge, payload, ...words)).code).toBe(expected);
  });
});
