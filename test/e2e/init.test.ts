import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HUSKY } from "../husky.js";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { awsKeyId, awsSecretKey, githubToken, pemBlock, stripeKey } from "../secrets.js";
import { auraScan, environment, NODE } from "./aura-scan.js";

let repository: TestRepository;

beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

const setUpHusky = (): void => {
  expect(spawnSync(NODE, [HUSKY], { cwd: repository.root, env: environment() }).status).toBe(0);
};

/** Five files with a secret each (the AWS pair has two), the last in the name of a Rust function. */
const LEAKY: Readonly<Record<string, string>> = {
  "src/pay.ts": `export const key = "${stripeKey()}";\n`,
  "src/ci.ts": `export const token = "${githubToken()}";\n`,
  "deploy/aws.env": `AWS_ACCESS_KEY_ID=${awsKeyId()}\nAWS_SECRET_ACCESS_KEY=${awsSecretKey()}\n`,
  "deploy/server.pem": `${pemBlock()}\n`,
  "src/lib.rs": `pub fn call_${githubToken("name")}() {}\n`,
};
const SECRETS = [stripeKey(), githubToken(), awsKeyId(), awsSecretKey(), githubToken("name")];

function stage(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git("add", ".");
}

/** A `git commit` as a person types it; what came out on both streams. */
function commit(...args: readonly string[]): { readonly code: number | null; readonly said: string } {
  return git("commit", "-m", "a commit", ...args);
}

function git(...args: readonly string[]): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync("git", args, {
    cwd: repository.root,
    env: environment(),
    encoding: "utf8",
  });
  return { code: status, said: stdout + stderr };
}

function expectFiveFilesNamed(said: string): void {
  for (const path of Object.keys(LEAKY)) expect(said).toContain(path);
  for (const secret of SECRETS) expect(said).not.toContain(secret);
}

describe.each([
  ["a fresh repository", () => undefined],
  ["a repository with husky", setUpHusky],
])("after aura-scan init in %s", (_, setUp) => {
  beforeEach(async () => {
    setUp();
    const run = await auraScan(repository.root, ["init"]);
    expect(run).toMatchObject({ code: 0, err: "" });
  });

  it("a commit with secrets is refused, each place is named and no secret shown; without them it passes", () => {
    stage(LEAKY);
    const refused = commit();
    expect(refused.code).not.toBe(0);
    expectFiveFilesNamed(refused.said);
    expect(git("rev-parse", "--verify", "--quiet", "HEAD").code).not.toBe(0);

    repository.git("rm", "-rq", "--cached", "--force", ".");
    for (const path of Object.keys(LEAKY)) rmSync(join(repository.root, path));
    stage({
      "src/pay.ts": "export const key = process.env.STRIPE_KEY;\n",
      "src/lib.rs": "pub fn call() {}\n",
    });
    const passed = commit();
    expect(passed.said).not.toContain("aura-scan:");
    expect(passed.code).toBe(0);
  });

  it("a commit of what is not staged yet (-a) is refused too", () => {
    stage({ "src/pay.ts": "export const key = 0;\n" });
    expect(commit().code).toBe(0);
    repository.write("src/pay.ts", LEAKY["src/pay.ts"] ?? "");
    const refused = commit("-a");
    expect(refused.code).not.toBe(0);
    expect(refused.said).toContain("src/pay.ts");
  });

  it("a push of a commit that went round the commit hook is refused, and a clean one passes", () => {
    const remote = temporaryFolder();
    try {
      repository.git("init", "--quiet", "--bare", remote);
      repository.git("remote", "add", "origin", remote);
      stage({ "src/pay.ts": "export const key = 0;\n" });
      expect(commit().code).toBe(0);
      expect(git("push", "origin", "main").code).toBe(0);
      stage(LEAKY);
      expect(commit("--no-verify").code).toBe(0);
      const refused = git("push", "origin", "main");
      expect(refused.code).not.toBe(0);
      expectFiveFilesNamed(refused.said);
      expect(repository.gitWith({ cwd: remote }, "log", "--oneline", "main").split("\n")).toHaveLength(1);
    } finally {
      rmSync(remote, { recursive: true, force: true });
    }
  });

  it("a second time says that all is in place", async () => {
    const again = await auraScan(repository.root, ["init"]);
    expect(again).toMatchObject({ code: 0, err: "" });
    expect(again.out).toContain("nothing was changed");
  });
});

describe("aura-scan init says", () => {
  it("nothing of settings that are there, and leaves what stands in their place", async () => {
    repository.write(".aura/live.toml", "[scan]\nfail_on = 'high'\n");
    expect((await auraScan(repository.root, ["init"])).out).not.toContain("live.toml");
    expect(readFileSync(join(repository.root, ".aura/live.toml"), "utf8")).toBe("[scan]\nfail_on = 'high'\n");
    for (const link of [".aura/live.toml", ".aura"]) {
      rmSync(join(repository.root, ".aura"), { recursive: true });
      mkdirSync(dirname(join(repository.root, link)), { recursive: true });
      symlinkSync(join(repository.root, "nowhere"), join(repository.root, link));
      expect((await auraScan(repository.root, ["init"])).out).not.toContain("live.toml");
      expect(existsSync(join(repository.root, "nowhere"))).toBe(false);
    }
  });

  it("file by file what it did, and what to do next", async () => {
    const { out } = await auraScan(repository.root, ["init"]);
    expect(out).toBe(
      [
        ".aura/live.toml: written, with every key explained and none changed",
        ".git/hooks/pre-commit: written",
        ".git/hooks/pre-push: written",
        ".git/config: notes where this scanner and its node stand, for hooks that find no other",
        "From now on every git commit and git push here is looked at. What git commits without asking a hook",
        "(cherry-pick, am, merge, an amended message) is looked at when it is pushed.",
        "Next: git commit as ever, or aura-scan --staged to look at what is staged now.",
        "",
      ].join("\n"),
    );
  });

  it("what to add by hand where a hook is not a shell's, and that the line does what it should", async () => {
    const hook = repository.write(".git/hooks/pre-commit", "#!/usr/bin/env python3\nprint('theirs')\n");
    chmodSync(hook, 0o755);
    const run = await auraScan(repository.root, ["init"]);
    expect(run.code).toBe(3);
    expect(run.out).toContain(".git/hooks/pre-push: written");
    expect(run.err).toContain(".git/hooks/pre-commit: left alone, for it is written in python3.");
    expect(run.err).toContain("Not everything in this repository is guarded yet.");
    const line = /^ {2}(sh .*)$/m.exec(run.err)?.[1] ?? "";
    stage(LEAKY);
    const byHand = spawnSync("sh", ["-c", line], { cwd: repository.root, env: environment() });
    expect(byHand.status).toBe(1);
  });

  it("what to do where core.hooksPath leads out of the repository", async () => {
    const outside = temporaryFolder();
    try {
      repository.git("config", "core.hooksPath", outside);
      const run = await auraScan(repository.root, ["init"]);
      expect(run.code).toBe(3);
      expect(run.err).toContain(`${outside}/pre-push: left alone, for core.hooksPath leads out of this`);
      expect(run.err).toMatch(/^ {2}sh '.*\/hooks\/pre-push' "\$@" \|\| exit \$\?$/m);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  it("that husky has still to be set up", async () => {
    setUpHusky();
    rmSync(join(repository.root, ".husky/_"), { recursive: true });
    const run = await auraScan(repository.root, ["init"]);
    expect(run.code).toBe(3);
    expect(run.err).toContain(
      ".husky/_: git looks for hooks here, but husky has not put them: run npx husky",
    );
  });

  it("that who shares the hooks needs the scanner too", async () => {
    setUpHusky();
    const run = await auraScan(repository.root, ["init"]);
    expect(run.out).toContain("add aura-scan to the devDependencies of package.json");
    expect(readFileSync(join(repository.root, ".husky/pre-commit"), "utf8")).not.toContain(
      fileURLToPath(new URL("../../", import.meta.url)),
    );
  });

  it.each([
    ["no repository", [], "init needs a git repository"],
    ["a bare repository", ["--bare"], "this repository is bare"],
  ])("that there is nothing to guard in %s, and writes nothing", async (_, args, words) => {
    const folder = temporaryFolder();
    try {
      if (args.length > 0) repository.git("init", "--quiet", ...args, folder);
      const run = await auraScan(folder, ["init"]);
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain(words);
      expect(existsSync(join(folder, "hooks/pre-commit"))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("in a folder whose name has spaces", () => {
  it("init works, and so do its hooks", async () => {
    const folder = join(repository.root, "a folder", "it's here");
    mkdirSync(folder, { recursive: true });
    repository.git("init", "--quiet", folder);
    expect((await auraScan(folder, ["init"])).code).toBe(0);
    const options = { cwd: folder, env: environment() };
    repository.write("a folder/it's here/pay.ts", LEAKY["src/pay.ts"] ?? "");
    repository.gitWith({ cwd: folder }, "add", ".");
    expect(spawnSync("git", ["commit", "-qm", "a commit"], options).status).not.toBe(0);
    repository.write("a folder/it's here/pay.ts", "0;\n");
    repository.gitWith({ cwd: folder }, "add", ".");
    expect(spawnSync("git", ["commit", "-qm", "a commit"], options).status).toBe(0);
  });
});

describe("aura-scan init --uninstall", () => {
  it("takes the hooks out, says what it did and what it left, and commits are looked at no more", async () => {
    await auraScan(repository.root, ["init"]);
    repository.write(".aura/live.toml", "");
    const run = await auraScan(repository.root, ["init", "--uninstall"]);
    expect(run).toEqual({
      code: 0,
      err: "",
      out: [
        ".git/hooks/pre-commit: deleted, for nothing else was in it",
        ".git/hooks/pre-push: deleted, for nothing else was in it",
        ".git/config: the note of scanner and node taken out",
        "git commit and git push are looked at no more.",
        "Left where it is, for you to keep or delete: .aura/live.toml.",
        "",
      ].join("\n"),
    });
    stage(LEAKY);
    expect(commit().code).toBe(0);
    const again = await auraScan(repository.root, ["init", "--uninstall"]);
    expect(again.out).toContain("Nothing that aura-scan init puts in is here, so nothing was changed.\n");
  });

  it("leaves a broken block alone, says what to do, and does not say that all is out", async () => {
    repository.write(".git/hooks/pre-push", "#!/bin/sh\n# >>> aura-scan >>>\ntrue\n");
    const run = await auraScan(repository.root, ["init", "--uninstall"]);
    expect(run).toMatchObject({ code: 3, out: "" });
    expect(run.err).toContain(
      ".git/hooks/pre-push: left alone, for its aura-scan block is broken. Delete what is",
    );
  });
});

describe("aura-scan init where lefthook is used", () => {
  it("says what to put into settings that it does not edit", async () => {
    repository.write("lefthook.toml", "");
    const run = await auraScan(repository.root, ["init"]);
    expect(run.code).toBe(3);
    expect(run.err).toContain(
      "lefthook.toml: left alone, for it is not plain YAML that lines can be put into.",
    );
    expect(run.err).toContain("  pre-push:\n    jobs:\n      - name: aura-scan\n");
  });
});
