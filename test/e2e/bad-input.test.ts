import { execFile, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { githubToken, stripeKey } from "../secrets.js";
import { auraScan, NODE, reportOf } from "./aura-scan.js";

const LEAK = `key = "${stripeKey()}"\n`;

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

describe("nothing to look at is said in those words, and never as nothing found", () => {
  it.each([
    ["nothing staged", ["--staged"]],
    ["a repository without a file and without a commit", []],
  ])("%s", async (_name, words) => {
    const run = await auraScan(repository.root, words);
    expect(run.code).toBe(0);
    expect(run.out).toContain("Nothing to look at");
    expect(run.out).not.toContain("Nothing found");
  });

  it("empty standard input", async () => {
    const run = await auraScan(repository.root, ["-"]);
    expect([run.code, run.out.includes("Nothing to look at")]).toEqual([0, true]);
  });
});

describe("wrong usage is exit 2 and says what to do", () => {
  it.each([
    ["an unknown option", ["--stagd"], "did you mean --staged?"],
    ["--staged with a path", ["--staged", "a"], "leave the paths out"],
    ["a path that does not exist", ["nowhere"], "does not exist"],
    ["a command misspelt", ["preflght"], "did you mean aura-scan preflight?"],
    ["a command without its word", ["rules"], "a word is missing"],
    ["an unknown report", ["--report", "sariff"], "did you mean sarif?"],
    ["two reports on standard output", ["--report", "json", "--report", "sarif"], "only one report"],
    ["a severity that is none", ["--fail-on", "severe"], "medium"],
    ["a file where a format is meant", ["report", "a.json", "--as", "sarif=a.sarif"], "--as must be one of"],
    ["and where the file is named", ["report", "a.json", "--as=json=b"], "--report FORMAT=FILE"],
    ["an option without its value", ["--staged", "--fail-on"], "--fail-on needs a value"],
    ["--stdin-path without -", ["--stdin-path", "a.rs"], "add -"],
    ["a value given twice", ["--since", "1d", "--since", "2d"], "--since is given twice"],
    ["a choice made twice", ["--fail-on", "low", "--fail-on", "high"], "--fail-on is given twice"],
  ])("%s", async (_name, words, said) => {
    const run = await auraScan(repository.root, words);
    expect([run.code, run.err]).toEqual([2, expect.stringContaining(said)]);
    expect(run.out).toBe("");
  });

  it("--staged outside of a repository", async () => {
    const folder = temporaryFolder();
    const run = await auraScan(folder, ["--staged"]);
    expect([run.code, run.err]).toEqual([2, expect.stringContaining("git repository")]);
    rmSync(folder, { recursive: true });
  });
});

describe("broken settings block", () => {
  it.each([
    [
      "an unknown key",
      "[live.privacy]\nmask_secret = true\n",
      '.aura/live.toml:2:1: unknown key "live.privacy.mask_secret"; did you mean "mask_secrets"?',
    ],
    [
      "a wrong type",
      '[live]\ne2e = "yes"\n',
      ".aura/live.toml:2:7: live.e2e must be true or false, not a string",
    ],
    ["no TOML", "[live\n", ".aura/live.toml:1:"],
  ])("%s", async (_name, toml, said) => {
    repository.write(".aura/live.toml", toml);
    for (const words of [[], ["--staged"], ["preflight"]]) {
      const run = await auraScan(repository.root, words);
      expect([run.code, run.err]).toEqual([2, expect.stringContaining(said)]);
    }
  });

  it.each([
    [
      "a baseline that is not there",
      '[scan]\nbaseline = "known.txt"\n',
      ":2:12: known.txt cannot be read (ENOENT)",
    ],
    [
      "a rule file that is not there",
      '[scan]\nrules = ["team.toml"]\n',
      ":2:10: team.toml cannot be read (ENOENT)",
    ],
    [
      "an allowed rule that is none",
      '[[scan.allow]]\nrule = "github-tokn"\nreason = "x"\n',
      ":2:8: no active rule has this id",
    ],
    [
      "a replacement that is a secret",
      `[[live.privacy.mask]]\nname = "x"\npattern = "abcabc"\nreplacement = "${githubToken()}"\n`,
      ":4:15: the replacement is itself a secret",
    ],
    [
      "a mask's name that is a secret",
      `[[live.privacy.mask]]\nname = "${githubToken()}"\npattern = "abcabc"\nreplacement = "x"\n`,
      ":2:8: the name is itself a secret",
    ],
  ])("%s", async (_name, toml, said) => {
    repository.write(".aura/live.toml", toml);
    const run = await auraScan(repository.root, []);
    expect([run.code, run.err]).toEqual([2, expect.stringContaining(`.aura/live.toml${said}`)]);
  });
});

describe("what cannot be read makes the run incomplete, exit 3", () => {
  it("a missing object", async () => {
    repository.write("a.txt", "text\n");
    repository.git("add", ".");
    const id = repository.git("rev-parse", ":a.txt");
    rmSync(path.join(repository.root, ".git", "objects", id.slice(0, 2), id.slice(2)));
    const run = await auraScan(repository.root, ["--staged"]);
    expect([run.code, run.out]).toEqual([3, expect.stringContaining("Incomplete")]);
    const allowed = await auraScan(repository.root, ["--staged", "--allow-incomplete"]);
    expect([allowed.code, allowed.out]).toEqual([0, expect.stringContaining("--allow-incomplete")]);
  });
});

describe("the repository's own programs never run, and its attributes hide nothing", () => {
  it("external diff, textconv, filters, fsmonitor, hooks and a -diff attribute", async () => {
    const canary = path.join(repository.root, ".git", "canary");
    const program = repository.write(".git/evil.sh", `#!/bin/sh\ntouch '${canary}'\nexit 0\n`);
    repository.git("update-index", "--refresh");
    for (const key of [
      "diff.external",
      "core.fsmonitor",
      "diff.evil.textconv",
      "filter.evil.clean",
      "filter.evil.smudge",
      "core.pager",
      "core.sshCommand",
    ]) {
      repository.git("config", key, `sh ${program}`);
    }
    repository.git("config", "core.hooksPath", ".git");
    repository.write(".gitattributes", "*.env -diff\n*.txt diff=evil\n*.bin filter=evil binary\n");
    repository.write("prod.env", LEAK);
    repository.write("a.txt", LEAK);
    repository.write("x.bin", LEAK);
    repository.gitWith(
      { env: { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "filter.evil.clean", GIT_CONFIG_VALUE_0: "" } },
      "-c",
      "core.fsmonitor=false",
      "add",
      "--force",
      ".",
    );
    rmSync(canary, { force: true });
    const staged = await reportOf(repository.root, ["--staged"]);
    const tree = await reportOf(repository.root, []);
    for (const report of [staged, tree]) {
      expect(report.findings.map((finding) => finding.path)).toEqual(["a.txt", "prod.env", "x.bin"]);
    }
    expect(existsSync(canary)).toBe(false);
  });
});

describe("content of every kind", () => {
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
  it.each([
    ["UTF-16 with a mark", utf16(LEAK)],
    ["UTF-16 without one", Buffer.from(LEAK, "utf16le")],
    [
      "no valid text in any encoding",
      Buffer.concat([Buffer.from([0xff, 0xfe, 0xfd, 0xc0, 0x80]), Buffer.from(LEAK, "latin1")]),
    ],
    ["CRLF", Buffer.from(LEAK.replace("\n", "\r\n"))],
    ["a binary", Buffer.concat([Buffer.alloc(5000), Buffer.from(LEAK), Buffer.alloc(5000)])],
    ["a line of 5 MB", Buffer.from(`${"x ".repeat(2_500_000)}${LEAK}`)],
  ])("%s gives the finding", async (_name, bytes) => {
    repository.write("file.cfg", bytes);
    const report = await reportOf(repository.root, []);
    expect(report.findings.map((finding) => finding.rule)).toEqual(["stripe-live-key"]);
    expect(report.verdict).toBe("block");
  });

  it("archives and images are listed as skipped, which is not incomplete", async () => {
    repository.write(
      "a.png",
      Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64, 7)]),
    );
    const report = await reportOf(repository.root, []);
    expect(report.scanned.skipped).toMatchObject([{ path: "a.png", incomplete: false }]);
    expect(report.verdict).toBe("allow");
  });

  it.each(["a b.txt", 'quo"te.txt', "new\nline.txt", "ü😀.txt", "-dash.txt", "tab\t.txt"])(
    "a file named %j",
    async (name) => {
      repository.write(name, LEAK);
      repository.git("add", "--", name);
      for (const words of [[], ["--staged"]]) {
        const report = await reportOf(repository.root, words);
        expect(report.findings.map((finding) => finding.path)).toEqual([name]);
        expect((await auraScan(repository.root, words)).out).toContain("Blocked");
      }
    },
  );

  it("a file outside is not read by the name of a link to it: the run is incomplete, and says what to do", async () => {
    const outside = temporaryFolder();
    writeFileSync(path.join(outside, "secret.txt"), LEAK);
    symlinkSync(path.join(outside, "secret.txt"), path.join(repository.root, "link"));
    const run = await auraScan(repository.root, ["link"]);
    expect([run.code, run.out]).toEqual([3, expect.stringContaining("a link to a file outside")]);
    expect(run.out).not.toContain("stripe");
    rmSync(outside, { recursive: true });
  });

  it("a symlink is looked at by its target's name and never followed", async () => {
    const outside = temporaryFolder();
    writeFileSync(path.join(outside, "secret.txt"), LEAK);
    symlinkSync(path.join(outside, "secret.txt"), path.join(repository.root, "link"));
    symlinkSync(githubToken(), path.join(repository.root, "token"));
    const report = await reportOf(repository.root, []);
    expect(report.findings.map((finding) => [finding.path, finding.rule])).toEqual([
      ["token", expect.stringContaining("github")],
    ]);
    rmSync(outside, { recursive: true });
  });

  it("a file of gigabytes takes no gigabytes of memory", async () => {
    // Sparse: the disk holds next to nothing of it.
    const file = path.join(repository.root, "huge.log");
    writeFileSync(file, LEAK);
    truncateSync(file, 3 * 2 ** 30);
    const run = await auraScan(repository.root, ["--report", "json"], {
      env: { NODE_OPTIONS: "--max-old-space-size=256" },
    });
    const report = JSON.parse(run.out);
    expect(report.findings.map((finding: { rule: string }) => finding.rule)).toEqual(["stripe-live-key"]);
  });
});

describe("a report's file", () => {
  it("is replaced behind a link and keeps its mode; a pipe is written to", async () => {
    repository.write("real.json", "old");
    chmodSync(path.join(repository.root, "real.json"), 0o644);
    symlinkSync("real.json", path.join(repository.root, "link.json"));
    const run = await auraScan(repository.root, ["--report", "json=link.json"]);
    expect(run.code).toBe(0);
    expect(lstatSync(path.join(repository.root, "link.json")).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(path.join(repository.root, "real.json"), "utf8")).schema).toBe(
      "aura-scan/report/1",
    );
    expect(lstatSync(path.join(repository.root, "real.json")).mode & 0o777).toBe(0o644);
    const pipe = path.join(repository.root, ".git", "pipe");
    execFileSync("mkfifo", [pipe]);
    const piped = new Promise<string>((resolve) => {
      execFile("cat", [pipe], (_error, out) => resolve(out));
    });
    await auraScan(repository.root, ["--quiet", "--report", `json=${pipe}`]);
    expect(JSON.parse(await piped).schema).toBe("aura-scan/report/1");
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it("that cannot be written is told, exit 3, after what was found", async () => {
    repository.write("a.txt", LEAK);
    const run = await auraScan(repository.root, ["--report", "sarif=nowhere/out.sarif"]);
    expect([run.code, run.out, run.err]).toEqual([
      3,
      expect.stringContaining("Blocked"),
      expect.stringContaining("its folder does not exist"),
    ]);
  });

  it("may be named once", async () => {
    const run = await auraScan(repository.root, ["--report", "json=out", "--report", "sarif=./out"]);
    expect(run.code).toBe(2);
  });
});

describe("a file that is named", () => {
  it("is read behind a link, and so is what comes out of a pipe", async () => {
    repository.write("s/real.txt", LEAK);
    symlinkSync("s/real.txt", path.join(repository.root, "l.txt"));
    expect((await reportOf(repository.root, ["l.txt"])).findings.map((finding) => finding.path)).toEqual([
      "l.txt",
    ]);
    execFileSync("mkfifo", [path.join(repository.root, "pipe")]);
    const writer = spawn("sh", ["-c", `printf '%s' '${LEAK.trim()}' > pipe`], { cwd: repository.root });
    expect((await reportOf(repository.root, ["pipe"])).findings).toHaveLength(1);
    writer.kill();
  });
});

describe("git's states", () => {
  it("what is staged is the index, not the working tree, and only added lines decide", async () => {
    repository.write("a.txt", LEAK);
    repository.git("add", ".");
    repository.commit();
    repository.write("a.txt", `${LEAK}more\n`);
    repository.git("add", ".");
    repository.write("a.txt", `${LEAK}more\n${githubToken()}\n`);
    const report = await reportOf(repository.root, ["--staged"]);
    expect(report.findings).toEqual([]);
    repository.git("add", ".");
    repository.write("a.txt", "cleaned\n");
    const staged = await reportOf(repository.root, ["--staged"]);
    expect(staged.findings.map((finding) => [finding.rule.includes("github"), finding.start.line])).toEqual([
      [true, 3],
    ]);
  });

  it("source code too large to be taken apart is judged as a push as a whole, and named", async () => {
    repository.write(".aura/live.toml", '[scan]\ngit_blocks_on = "leaks"\n');
    repository.write(
      "big.ts",
      `export function f() { return "${githubToken()}"; }\n${"// x\n".repeat(1_300_000)}`,
    );
    repository.git("add", ".");
    const report = await reportOf(repository.root, ["--staged"]);
    expect(report.verdict).toBe("block");
    expect(report.scanned.skipped).toMatchObject([{ path: "big.ts", incomplete: false }]);
  });

  it("a subfolder gives the repository's own paths", async () => {
    repository.write("src/deep/a.txt", LEAK);
    const report = await reportOf(path.join(repository.root, "src"), ["deep"]);
    expect(report.findings.map((finding) => finding.path)).toEqual(["src/deep/a.txt"]);
  });

  it("outside of a repository the folder is scanned", async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, "sub"));
    writeFileSync(path.join(folder, "sub", "a.txt"), LEAK);
    expect((await reportOf(folder, [])).findings.map((finding) => finding.path)).toEqual(["sub/a.txt"]);
    rmSync(folder, { recursive: true });
  });
});

it(`runs on ${NODE === process.execPath ? "this Node" : "the Node under test"}`, async () => {
  expect((await auraScan(repository.root, ["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
