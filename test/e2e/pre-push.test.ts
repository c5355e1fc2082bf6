import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { encodedForms, githubToken, stripeKey } from "../secrets.js";
import { auraScan, BIN, environment, NODE } from "./aura-scan.js";
import { type Bench, makeBench, places } from "./push-bench.js";

const ZERO = "0".repeat(40);

const withSecret = (secret: string) => `// Pays.\nconst key = "${secret}";\npay(key);\n`;

describe("git push through the hook", () => {
  let bench: Bench;
  let repo: TestRepository;
  beforeEach(async () => {
    bench = await makeBench();
    repo = bench.repo;
  });
  afterEach(() => bench.remove());

  const atRemote = () => bench.remote.git("for-each-ref", "--format=%(refname:short)").split("\n");

  it("lets a clean push pass and tells what it read", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    bench.commit({ "b.ts": "export const b = 2;\n" });
    const push = bench.push("origin", "main");
    expect(push).toMatchObject({
      passed: true,
      report: { mode: "pre-push", verdict: "allow", findings: [] },
    });
    expect(push.report.scanned).toMatchObject({ files: 2, commits: 2, skipped: [] });
    expect(atRemote()).toEqual(["main"]);
  });

  it("stops the first push of a branch that brings a secret, and repeats the secret nowhere", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    const commit = bench.commit({ "src/pay.ts": withSecret(stripeKey()) });
    const push = bench.push("origin", "main");
    expect(push.passed).toBe(false);
    expect(push.report.verdict).toBe("block");
    expect(places(push)).toEqual([{ path: "src/pay.ts", line: 2, commit }]);
    expect(push.said).toContain("src/pay.ts");
    for (const form of encodedForms(stripeKey())) {
      expect(push.said + JSON.stringify(push.report)).not.toContain(form);
    }
    expect(atRemote()).toEqual([""]);
  });

  it("reads only the new commits of a later push, and tells no old secret of a file that changes", () => {
    bench.commit({ "a.ts": withSecret(stripeKey()) });
    repo.git("push", "--quiet", "--no-verify", "origin", "main");
    bench.commit({ "a.ts": `${withSecret(stripeKey())}// one more line\n` });
    const push = bench.push("origin", "main");
    expect(push).toMatchObject({ passed: true, report: { verdict: "allow", findings: [] } });
    expect(push.report.scanned).toMatchObject({ files: 1, commits: 1 });
    const commit = bench.commit({ "a.ts": `${withSecret(stripeKey())}${withSecret(githubToken())}` });
    expect(places(bench.push("origin", "main"))).toEqual([{ path: "a.ts", line: 5, commit }]);
  });

  it("reads what a forced push brings", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    bench.commit({ "b.ts": "export const b = 1;\n" });
    bench.push("origin", "main");
    repo.git("reset", "--quiet", "--hard", "HEAD~1");
    const commit = bench.commit({ "b.ts": withSecret(githubToken()) });
    const push = bench.push("--force", "origin", "main");
    expect(push.passed).toBe(false);
    expect(push.report.scanned.commits).toBe(1);
    expect(places(push)).toEqual([{ path: "b.ts", line: 2, commit }]);
  });

  it("reads a forced push over commits that were never fetched", async () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    bench.push("origin", "main");
    const colleague = await makeRepository();
    try {
      colleague.git("pull", "--quiet", bench.remote.root, "main");
      colleague.commit("theirs");
      colleague.git("push", "--quiet", bench.remote.root, "main");
    } finally {
      colleague.remove();
    }
    const commit = bench.commit({ "b.ts": withSecret(githubToken()) });
    const push = bench.push("--force", "origin", "main");
    expect(push.passed).toBe(false);
    expect(push.report.scanned.commits).toBe(1);
    expect(places(push)).toEqual([{ path: "b.ts", line: 2, commit }]);
  });

  it("lets a push pass that only deletes, and says that there was nothing to look at", () => {
    bench.commit({ "a.ts": withSecret(stripeKey()) });
    repo.git("push", "--quiet", "--no-verify", "origin", "main", "main:old");
    const push = bench.push("origin", ":old");
    expect(push).toMatchObject({ passed: true, report: { verdict: "allow", scanned: { files: 0 } } });
    expect(push.report.reasons).toEqual(["Nothing to look at: the push brings no new file content"]);
    expect(atRemote()).toEqual(["main"]);
  });

  it("says so when nothing is pushed", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    bench.push("origin", "main");
    const push = bench.push("origin", "main");
    expect(push.passed).toBe(true);
    expect(push.report.reasons).toEqual(["Nothing to look at: nothing is pushed"]);
  });

  it("stops a push of several refs for a secret in the second", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    repo.git("branch", "first");
    repo.git("switch", "--quiet", "-c", "second");
    const commit = bench.commit({ "b.ts": withSecret(stripeKey()) });
    const push = bench.push("origin", "first", "second");
    expect(push.passed).toBe(false);
    expect(places(push)).toEqual([{ path: "b.ts", line: 2, commit }]);
    expect(atRemote()).toEqual([""]);
  });

  it("reads what an annotated tag stands for", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    bench.push("origin", "main");
    repo.git("switch", "--quiet", "--detach");
    const commit = bench.commit({ "b.ts": withSecret(stripeKey()) });
    repo.git("tag", "-m", "release", "v1");
    const push = bench.push("origin", "v1");
    expect(push.passed).toBe(false);
    expect(places(push)).toEqual([{ path: "b.ts", line: 2, commit }]);
  });

  it("finds the secret that a merge itself brings", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    repo.git("switch", "--quiet", "-c", "side");
    bench.commit({ "side.ts": "export const side = 1;\n" });
    repo.git("switch", "--quiet", "main");
    bench.commit({ "main.ts": "export const main = 1;\n" });
    bench.push("origin", "main", "side");
    repo.git("merge", "--quiet", "--no-ff", "--no-commit", "side");
    const commit = bench.commit({ "side.ts": withSecret(stripeKey()), "evil.ts": withSecret(githubToken()) });
    const push = bench.push("origin", "main");
    expect(push.passed).toBe(false);
    expect(places(push)).toEqual([
      { path: "evil.ts", line: 2, commit },
      { path: "side.ts", line: 2, commit },
    ]);
  });

  it("tells a secret once that a merge only joins with other changes of its file", () => {
    const filler = "// a line\n".repeat(20);
    bench.commit({ "a.ts": `// top\n${filler}// bottom\n` });
    bench.push("origin", "main");
    repo.git("switch", "--quiet", "-c", "side");
    const commit = bench.commit({ "a.ts": `// top\n${filler}const key = "${stripeKey()}";\n` });
    repo.git("switch", "--quiet", "main");
    bench.commit({ "a.ts": `// another top\n${filler}// bottom\n` });
    repo.git("merge", "--quiet", "--no-ff", "--no-edit", "side");
    const push = bench.push("origin", "main");
    expect(push.passed).toBe(false);
    expect(push.report.scanned).toMatchObject({ files: 3, commits: 3 });
    expect(places(push)).toEqual([{ path: "a.ts", line: 22, commit }]);
  });

  it("finds a secret that one commit adds and the next one takes away", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    const commit = bench.commit({ "a.ts": withSecret(stripeKey()) });
    bench.commit({ "a.ts": "export const a = 1;\n" });
    const push = bench.push("origin", "main");
    expect(push.passed).toBe(false);
    expect(places(push)).toEqual([{ path: "a.ts", line: 2, commit }]);
  });

  it("tells a known secret again at the path that a rename takes it to", () => {
    bench.commit({ "old.ts": withSecret(stripeKey()) });
    repo.git("push", "--quiet", "--no-verify", "origin", "main");
    repo.git("mv", "old.ts", "new.ts");
    const commit = bench.commit({});
    const push = bench.push("origin", "main");
    expect(push.passed).toBe(false);
    expect(places(push)).toEqual([{ path: "new.ts", line: 2, commit }]);
  });

  it("finds what git calls binary or is told not to diff", () => {
    const commit = bench.commit({ ".gitattributes": "* -diff binary\n", "a.ts": withSecret(stripeKey()) });
    expect(places(bench.push("origin", "main"))).toEqual([{ path: "a.ts", line: 2, commit }]);
  });

  it("reads all that can be reached when the push goes to a URL", () => {
    const commit = bench.commit({ "a.ts": withSecret(stripeKey()) });
    repo.git("push", "--quiet", "--no-verify", "origin", "main");
    repo.git("branch", "other");
    expect(bench.push("origin", "other")).toMatchObject({ passed: true, report: { scanned: { files: 0 } } });
    const push = bench.push(`file://${bench.remote.root}`, "main:another");
    expect(push.passed).toBe(false);
    expect(places(push)).toEqual([{ path: "a.ts", line: 2, commit }]);
  });

  it("works in a linked worktree", () => {
    bench.commit({ "a.ts": "export const a = 1;\n" });
    const outside = temporaryFolder();
    const folder = join(outside, "tree");
    repo.git("worktree", "add", "--quiet", "-b", "work", folder);
    try {
      const tree = (...words: readonly string[]) => repo.git("-C", folder, ...words);
      const hash = repo.gitWith({ input: withSecret(stripeKey()) }, "hash-object", "-w", "--stdin");
      tree("update-index", "--add", "--cacheinfo", `100644,${hash},secret.ts`);
      tree("commit", "--quiet", "--no-verify", "-m", "secret");
      const commit = tree("rev-parse", "HEAD");
      const env = { ...environment(), NODE, BIN, REPORT: join(repo.root, ".git/tree.json") };
      expect(() => repo.gitWith({ env, cwd: folder }, "push", "origin", "work")).toThrow(
        /pay|secret\.ts|push/,
      );
      const report = JSON.parse(readFileSync(join(repo.root, ".git/tree.json"), "utf8")) as Report;
      expect(report.findings).toMatchObject([{ path: "secret.ts", commit }]);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});

describe("git push in a SHA-256 repository", () => {
  it("is read like any other", async () => {
    const bench = await makeBench("--object-format=sha256");
    try {
      bench.commit({ "a.ts": "export const a = 1;\n" });
      expect(bench.push("origin", "main").passed).toBe(true);
      const commit = bench.commit({ "b.ts": withSecret(stripeKey()) });
      const push = bench.push("origin", "main");
      expect(push.passed).toBe(false);
      expect(places(push)).toEqual([{ path: "b.ts", line: 2, commit }]);
      expect(commit).toHaveLength(64);
    } finally {
      bench.remove();
    }
  });
});

describe("aura-scan pre-push", () => {
  const url = `https://me:${githubToken("remote")}@example.com/x.git`;
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await makeRepository();
    repo.write("a.ts", "export const a = 1;\n");
    repo.add("a.ts");
    repo.commit();
  });
  afterEach(() => repo.remove());

  const line = (oid = repo.git("rev-parse", "main")) => `refs/heads/main ${oid} refs/heads/main ${ZERO}\n`;

  it.each(["text", "json", "sarif"])("never prints the remote's URL (%s)", async (format) => {
    const inputs = [line(), line("1".repeat(40)), "", `${url} ${url}\n`];
    const runs = inputs.map((input) =>
      auraScan(repo.root, ["pre-push", "--verbose", "--report", format, url, url], { input }),
    );
    const ended = await Promise.all(runs);
    expect(ended.map(({ code }) => code)).toEqual([0, 3, 0, 2]);
    for (const { out, err } of ended) expect(out + err).not.toMatch(/example\.com|ghp_/);
  });

  it("is incomplete where an object is missing, and passes only if that is allowed", async () => {
    const input = line("1".repeat(40));
    const run = await auraScan(repo.root, ["pre-push", "origin", "x"], { input });
    expect(run.code).toBe(3);
    expect(run.out).toContain("is missing");
    const allowed = await auraScan(repo.root, ["pre-push", "--allow-incomplete", "origin", "x"], { input });
    expect(allowed.code).toBe(0);
  });

  it("is wrong usage outside of a repository", async () => {
    const folder = temporaryFolder();
    try {
      const run = await auraScan(folder, ["pre-push", "origin", url], { input: line() });
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain("needs a git repository");
      expect(run.err).not.toContain("example.com");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
