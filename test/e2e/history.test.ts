import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { encodedForms, githubToken, stripeKey } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

const DAY = 86_400;
const NOW = Math.floor(Date.now() / 1000);

describe("a scan of the history", () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await makeRepository();
  });
  afterEach(() => repo.remove());

  /** Commits these files, null deleting one, so many days ago; returns the commit's id. */
  function commit(daysAgo: number, files: Readonly<Record<string, string | Uint8Array | null>>): string {
    for (const [path, content] of Object.entries(files)) {
      if (content === null) repo.git("rm", "--quiet", "--force", "--", path);
      else {
        repo.write(path, content);
        repo.add(path);
      }
    }
    return commitIndex(daysAgo);
  }
  function commitIndex(daysAgo: number, ...args: readonly string[]): string {
    const date = `${NOW - daysAgo * DAY} +0000`;
    const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    repo.gitWith({ env }, "commit", "--quiet", "--allow-empty", "--no-verify", "-m", "a commit", ...args);
    return repo.git("rev-parse", "HEAD");
  }

  const scan = (...words: readonly string[]) => reportOf(repo.root, words);
  const all = (...words: readonly string[]) => scan("--all", ...words);
  const line = (secret: string) => `const token = "${secret}";\n`;

  /** The findings in few words: path, the commit's number among those given, whether it is still at HEAD. */
  const told = ({ findings }: Report, ...commits: readonly string[]) =>
    findings.map(({ path, commit: by, at_head }) => [path, commits.indexOf(by ?? ""), at_head]);

  /** All of a report but what differs between two runs that say the same. */
  const said = (report: Report) => ({
    ...report,
    started_at: "",
    duration_ms: 0,
    scanned: { ...report.scanned, cached: 0 },
  });

  /** The report, three times: without a cache, with an empty one, with a warm one; they must agree. */
  async function agreed(...words: readonly string[]): Promise<Report> {
    const bare = await scan(...words, "--no-cache");
    const first = await scan(...words);
    const second = await scan(...words);
    expect(said(first)).toEqual(said(bare));
    expect(said(second)).toEqual(said(bare));
    expect(bare.scanned.cached).toBe(0);
    return second;
  }

  it("finds what a later commit took away, and names the commit that brought it and its date", async () => {
    const clean = commit(9, { "a.ts": "let a;\n" });
    const brought = commit(8, { "pay.ts": line(githubToken()) });
    commit(7, { "pay.ts": null });
    const report = await agreed("--all");
    expect(report).toMatchObject({ mode: "since", verdict: "block", scanned: { files: 2, commits: 3 } });
    expect(told(report, clean, brought)).toEqual([["pay.ts", 1, false]]);
    expect(report.findings[0]?.commit_date).toBe(new Date((NOW - 8 * DAY) * 1000).toISOString());
    expect(report.findings[0]?.fix).toContain(`Rewrite commit ${brought.slice(0, 12)}`);
  });

  it("tells a secret once, by its first commit, through all the versions of its file", async () => {
    const first = commit(9, { "pay.ts": line(githubToken()) });
    for (let day = 8; day > 3; day--) commit(day, { "pay.ts": `// ${day}\n${line(githubToken())}` });
    expect(told(await agreed("--all"), first)).toEqual([["pay.ts", 0, true]]);
  });

  it("looks at a content under each of its paths, though git tells of it under one", async () => {
    const value = `password = ${["Kv8", "rT2", "qLw", "9zX"].join("")}\n`;
    commit(9, { "docs/example.txt": value });
    const named = commit(8, { "config/.env": value });
    const report = await agreed("--all");
    expect(report.scanned).toMatchObject({ files: 2 });
    expect(told(report, named)).toContainEqual(["config/.env", 0, true]);
  });

  it("reads every ref: other branches, tags of files, detached commits of worktrees, each stash", async () => {
    commit(9, { "a.ts": "let a;\n" });
    repo.git("switch", "--quiet", "-c", "side");
    commit(8, { "side.ts": line(githubToken("side")) });
    repo.git("switch", "--quiet", "main");
    const blob = repo.gitWith({ input: line(githubToken("tag")) }, "hash-object", "-w", "--stdin");
    repo.git("tag", "-a", "-m", "a file", "lone", blob);
    for (const name of ["one", "two"]) {
      repo.write("a.ts", line(githubToken(name)));
      repo.git("stash", "--quiet");
    }
    const report = await agreed("--all");
    expect(report.findings.map(({ path }) => path)).toEqual(["a.ts", "a.ts", "refs/tags/lone", "side.ts"]);
  });

  it("finds what a merge itself added, and blames it for nothing else", async () => {
    commit(9, { "a.ts": "let a;\n" });
    repo.git("switch", "--quiet", "-c", "side");
    const side = commit(8, { "side.ts": line(githubToken("side")) });
    repo.git("switch", "--quiet", "main");
    commit(7, { "b.ts": "let b;\n" });
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "side");
    repo.write("evil.ts", line(githubToken("evil")));
    repo.add("evil.ts");
    const merge = commitIndex(6);
    expect(told(await agreed("--all"), side, merge)).toEqual([
      ["evil.ts", 1, true],
      ["side.ts", 0, true],
    ]);
    expect(told(await agreed("--since", "7d"), side, merge)).toEqual([["evil.ts", 1, true]]);
  });

  describe("with --since", () => {
    it("tells only what a commit of that time brought, though older versions hold more", async () => {
      commit(30, { "pay.ts": line(githubToken("old")) });
      const fresh = commit(3, { "pay.ts": line(githubToken("old")) + line(stripeKey("new")) });
      const report = await agreed("--since", "7d");
      expect(told(report, fresh)).toEqual([["pay.ts", 0, true]]);
      expect(report.findings[0]?.rule).toContain("stripe");
      expect(report.scanned).toMatchObject({ files: 1, commits: 1 });
      expect(told(await scan("--all"))).toHaveLength(2);
    });

    it("tells what was taken away before and came back", async () => {
      commit(30, { "pay.ts": line(githubToken()) });
      commit(20, { "pay.ts": "let a;\n" });
      const back = commit(3, { "pay.ts": line(githubToken()) });
      expect(told(await agreed("--since", "7d"), back)).toEqual([["pay.ts", 0, true]]);
    });

    it("ends with --until, and agrees when all of the history is known already", async () => {
      const early = commit(20, { "a.ts": line(githubToken("a")) });
      commit(2, { "b.ts": line(githubToken("b")) });
      await all();
      const report = await scan("--since", "30d", "--until", "7d");
      expect(told(report, early)).toEqual([["a.ts", 0, true]]);
      expect(said(report)).toEqual(said(await scan("--since", "30d", "--until", "7d", "--no-cache")));
    });

    it("says that there was nothing to look at, never that nothing was found", async () => {
      commit(30, { "a.ts": "let a;\n" });
      const run = await auraScan(repo.root, ["--since", "7d"]);
      expect(run).toMatchObject({ code: 0 });
      expect(run.out).toContain("Nothing to look at: no commit of that time brought new content");
    });

    it("still reads the newest comment that allows a finding, and no older one", async () => {
      commit(5, { "pay.ts": line(githubToken()) });
      const [finding] = (await scan("--all")).findings;
      const comment = `// aura-scan:allow ${finding?.rule}@${finding?.fingerprint.slice(0, 12)} -- made up\n`;
      commit(4, { "pay.ts": comment + line(githubToken()) });
      for (const words of [["--all"], ["--since", "7d"]]) {
        expect(await agreed(...words)).toMatchObject({
          verdict: "allow",
          findings: [{ allowed: "made up" }],
        });
      }
      commit(3, { "pay.ts": line(githubToken()) });
      expect((await agreed("--all")).verdict).toBe("block");
    });
  });

  describe("what cannot be read", () => {
    it("is named where a blob is missing, and is read once it is there", async () => {
      commit(9, { "a.ts": "let a;\n", "b.ts": line(githubToken()) });
      const id = repo.git("rev-parse", "HEAD:b.ts");
      const object = join(repo.root, ".git/objects", id.slice(0, 2), id.slice(2));
      const bytes = readFileSync(object);
      rmSync(object, { force: true });
      const lacking = await agreed("--all");
      expect(lacking.verdict).toBe("incomplete");
      expect(lacking.scanned.skipped).toEqual([
        { path: "b.ts", reason: `object ${id} is missing`, incomplete: true },
      ]);
      writeFileSync(object, bytes);
      expect((await agreed("--all")).verdict).toBe("block");
    });

    it("is told of a shallow clone, and a deepened one is read to its beginning", async () => {
      commit(9, { "old.ts": line(githubToken()), "a.ts": "let a;\n" });
      commit(8, { "old.ts": null });
      const clone = temporaryFolder();
      try {
        repo.git("clone", "--quiet", "--depth=1", `file://${repo.root}`, clone);
        const shallow = await reportOf(clone, ["--all"]);
        expect(shallow).toMatchObject({ verdict: "incomplete", findings: [] });
        expect(shallow.scanned.skipped[0]?.reason).toContain("shallow clone");
        repo.gitWith({ cwd: clone }, "fetch", "--quiet", "--unshallow");
        expect((await reportOf(clone, ["--all"])).findings).toHaveLength(1);
      } finally {
        rmSync(clone, { recursive: true, force: true });
      }
    });

    it("is not fetched in a partial clone, and takes nothing along that is there", async () => {
      for (let file = 0; file < 70; file++) repo.write(`old${file}.ts`, `let a = ${file};\n`);
      repo.add(".");
      commitIndex(9);
      repo.git("rm", "--quiet", "-r", ".");
      commit(8, { "pay.ts": line(githubToken()) });
      repo.git("config", "uploadpack.allowFilter", "true");
      const clone = temporaryFolder();
      try {
        repo.git("clone", "--quiet", "--filter=blob:none", `file://${repo.root}`, clone);
        for (let run = 0; run < 2; run++) {
          const report = await reportOf(clone, ["--all"]);
          expect(report).toMatchObject({ verdict: "block", findings: [{ path: "pay.ts" }] });
          expect(report.scanned.skipped.filter(({ incomplete }) => incomplete)).toHaveLength(70);
        }
      } finally {
        rmSync(clone, { recursive: true, force: true });
      }
    });

    it("is counted by path: submodules, images, once however many commits hold them", async () => {
      const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
      for (const day of [9, 8]) {
        repo.git("update-index", "--add", "--cacheinfo", `160000,${String(day).repeat(40)},lib`);
        commit(day, { "logo.png": Buffer.concat([png, Buffer.from([day])]), "a.ts": "let a;\n" });
      }
      const { scanned } = await agreed("--all");
      expect(scanned.skipped.map(({ path, incomplete }) => [path, incomplete])).toEqual([
        ["lib", false],
        ["logo.png", false],
      ]);
    });
  });

  describe("the cache", () => {
    const folder = () => join(repo.root, ".aura/cache");
    const files = () => readdirSync(folder()).filter((name) => name.startsWith("history-"));

    it("is nobody else's, is seen by no git command, and holds no secret in any form", async () => {
      const secret = githubToken();
      commit(9, { "a.ts": line(secret), [`k/${stripeKey()}.ts`]: "let a;\n" });
      const report = await agreed("--all");
      expect(report.findings).toHaveLength(2);
      expect(repo.git("status", "--porcelain")).toBe("");
      expect(files()).toHaveLength(1);
      if (process.platform !== "win32") {
        expect(statSync(folder()).mode & 0o777).toBe(0o700);
        for (const name of readdirSync(folder()))
          expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
      }
      const held = readFileSync(join(folder(), files()[0] ?? "")).toString("latin1");
      for (const form of [...encodedForms(secret), ...encodedForms(stripeKey())])
        expect(held).not.toContain(form);
      for (const { fingerprint } of report.findings) expect(held).not.toContain(fingerprint.slice(0, 8));
    });

    it("spares a second run what the first one read, and reads what is new", async () => {
      for (let day = 9; day > 3; day--) commit(day, { [`f${day}.ts`]: `let a = ${day};\n` });
      expect((await all()).scanned).toMatchObject({ files: 6, cached: 0 });
      expect((await all()).scanned).toMatchObject({ files: 6, cached: 6, commits: 6 });
      commit(2, { "new.ts": line(githubToken()), "f9.ts": "let a = 8;\n" });
      const grown = await all();
      expect(grown.scanned).toMatchObject({ files: 8, cached: 6, commits: 7 });
      expect(said(grown)).toEqual(said(await all("--no-cache")));
    });

    it("follows a branch that is gone or rewritten", async () => {
      commit(9, { "a.ts": "let a;\n" });
      repo.git("switch", "--quiet", "-c", "side");
      commit(8, { "side.ts": line(githubToken()) });
      repo.git("switch", "--quiet", "main");
      expect((await all()).findings).toHaveLength(1);
      repo.git("branch", "--quiet", "-D", "side");
      expect((await agreed("--all")).scanned).toMatchObject({ files: 1, commits: 1, cached: 1 });
      expect((await all()).findings).toEqual([]);
    });

    it("does not stand in the way of changed settings, baselines, rules and levels", async () => {
      commit(9, { "pay.ts": line(githubToken()) });
      const [finding] = (await all()).findings;
      const allow = `[[scan.allow]]\nfingerprint = "${finding?.fingerprint}"\nreason = "known"\n`;
      repo.write(".aura/live.toml", allow);
      expect((await all()).verdict).toBe("allow");
      repo.write(".aura/live.toml", "");
      expect((await all()).verdict).toBe("block");
      repo.write(".aura/live.toml", "[live.privacy]\ndefault_private = true\n");
      expect((await all()).findings[0]?.wire).toBe("withheld");
      repo.write(".aura/live.toml", '[scan]\nrules = ["team.toml"]\n');
      repo.write("team.toml", `[[rule]]\nid = "${finding?.rule}"\ndisabled = true\n`);
      expect((await all()).findings.map(({ rule }) => rule)).not.toContain(finding?.rule);
    });

    it.each([
      ["deleted", (path: string) => rmSync(path)],
      ["cut off", (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 200))],
      ["changed", (path: string) => writeFileSync(path, flipped(readFileSync(path)))],
      ["of another kind", (path: string) => writeFileSync(path, "not a cache\n")],
    ])("is left aside when it is %s", async (_how, spoil) => {
      commit(9, { "pay.ts": line(githubToken()), "a.ts": "let a;\n" });
      const before = await all();
      spoil(join(folder(), files()[0] ?? ""));
      const after = await all();
      expect(after.scanned.cached).toBe(0);
      expect(said(after)).toEqual(said(before));
      expect((await all()).scanned.cached).toBe(1);
    });

    it("that another clone made, or that a commit carries, is not believed", async () => {
      commit(9, { "a.ts": "let a;\n" });
      await all();
      rmSync(join(repo.root, ".git/aura-scan-cache-key"));
      expect((await all()).scanned.cached).toBe(0);
    });

    it("survives two writers at once", async () => {
      for (let day = 9; day > 3; day--) commit(day, { [`f${day}.ts`]: line(githubToken(`${day}`)) });
      const [one, two] = await Promise.all([all(), all()]);
      expect(said(two)).toEqual(said(one));
      expect(said(await all())).toEqual(said(one));
      expect(readdirSync(folder()).filter((name) => name.endsWith(".half"))).toEqual([]);
    });

    it("is not made with --no-cache, nor behind a link", async () => {
      commit(9, { "a.ts": "let a;\n" });
      await all("--no-cache");
      expect(existsSync(join(repo.root, ".aura"))).toBe(false);
    });
  });

  it.each([
    [["--all", "--since", "7d"], "leave one out"],
    [["--until", "7d"], "add its beginning"],
    [["--all", "src"], "--all looks at commits"],
    [["--since", "7d", "--staged"], "--since looks at commits"],
    [["--since", "a fortnight before the flood"], "no time that is known"],
    [["--since", "2099-01-01"], "still to come"],
    [["--since", "1d", "--until", "9d"], "--until lies before --since"],
  ])("refuses %j", async (words, reason) => {
    const run = await auraScan(repo.root, words);
    expect(run.code).toBe(2);
    expect(run.err).toContain(reason);
  });

  it.each([[["--bare"]], [["--object-format=sha256"]]])("reads a repository made with %j", async (args) => {
    const first = commit(9, { "pay.ts": line(githubToken()) });
    const other = await makeRepository(...args);
    try {
      if (args.includes("--bare")) repo.git("push", "--quiet", other.root, "main");
      else {
        other.write("pay.ts", line(githubToken()));
        other.add("pay.ts");
        other.commit();
      }
      for (let run = 0; run < 2; run++) {
        const report = await reportOf(other.root, ["--all"]);
        expect(report.findings.map(({ path }) => path)).toEqual(["pay.ts"]);
        expect(report.findings[0]?.commit).toBe(
          args.includes("--bare") ? first : other.git("rev-parse", "HEAD"),
        );
      }
    } finally {
      other.remove();
    }
  });
});

function flipped(bytes: Buffer): Buffer {
  const at = bytes.length >> 1;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}
