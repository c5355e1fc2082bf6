import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Check } from "../../src/doctor/check.js";
import { OWN_HOOKS } from "../../src/install/own-files.js";
import { HUSKY } from "../husky.js";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { auraScan, BIN, environment, NODE } from "./aura-scan.js";

let repository: TestRepository;
let beside: string;

beforeEach(async () => {
  repository = await makeRepository();
  beside = temporaryFolder();
  repository.write("src/add.ts", "export const add = (a: number, b: number) => a + b;\n");
  repository.add(".");
  repository.commit();
});
afterEach(() => {
  repository.remove();
  rmSync(beside, { recursive: true, force: true });
});

type Told = { readonly diagnosis: string; readonly checks: readonly Check[]; readonly code: number | null };

/** Runs doctor; temporary files go where the test can look. */
async function doctor(cwd = repository.root, env: NodeJS.ProcessEnv = {}): Promise<Told> {
  const run = await auraScan(cwd, ["doctor", "--json"], { env: { TMPDIR: beside, ...env } });
  expect(run.err).toBe("");
  return { ...(JSON.parse(run.out) as Omit<Told, "code">), code: run.code };
}

async function init(cwd = repository.root): Promise<void> {
  expect(await auraScan(cwd, ["init"])).toMatchObject({ code: 0 });
}

const faults = ({ checks }: Told) =>
  checks.flatMap(({ id, state, message }) => (state === "fault" ? [`${id}: ${message}`] : []));
const states = ({ checks }: Told, ...ids: readonly string[]) =>
  ids.map((id) => checks.find((check) => check.id === id)?.state ?? "absent");

const TRIED = ["commit-shell", "commit-desktop", "push-shell", "push-desktop"];

/** Every file below a folder with its content, mode and time: what nobody touched is the same. */
function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const file = path.join(folder, name);
      const stats = lstatSync(file);
      const content = stats.isFile() ? createHash("sha256").update(readFileSync(file)).digest("hex") : "";
      return [name, `${stats.mode} ${stats.mtimeMs} ${content}`];
    }),
  );
}

describe("aura-scan doctor", () => {
  it("sees the installed hooks refuse a canary and let an innocent file through, and changes nothing", async () => {
    await init();
    repository.write("src/staged.ts", "export const one = 1;\n");
    repository.add(".");
    repository.write("src/staged.ts", "export const two = 2;\n");
    const before = snapshot(repository.root);
    const told = await doctor();
    expect(told).toMatchObject({ diagnosis: "sound", code: 0 });
    expect(states(told, ...TRIED, "node-shell", "node-desktop")).toEqual(Array(6).fill("good"));
    expect(snapshot(repository.root)).toEqual(before);
    expect(readdirSync(beside)).toEqual([]);
  });

  it("says what to do for each fault, in words too", async () => {
    const run = await auraScan(repository.root, ["doctor"], { env: { TMPDIR: beside } });
    expect(run.code).toBe(1);
    expect(run.out).toMatch(
      /^FAULT {4}pre-commit: git finds no pre-commit hook .*\n {9}Run aura-scan init\.$/m,
    );
    expect(run.out).toMatch(/2 faults to mend\.\n$/);
  });

  it("names a hook that lets everything through, though it looks like ours", async () => {
    await init();
    const hook = path.join(repository.root, ".git/hooks/pre-commit");
    repository.write(
      ".git/hooks/pre-commit",
      readFileSync(hook, "utf8").replace('exec "$@" </dev/null', "exit 0"),
    );
    const told = await doctor();
    expect(told.code).toBe(1);
    expect(states(told, ...TRIED)).toEqual(["fault", "fault", "good", "good"]);
    expect(faults(told)[0]).toMatch(/a commit with a made-up secret was let through$/);
  });

  it.each([
    [
      "hooks that are not executable",
      () => {
        for (const name of ["pre-commit", "pre-push"])
          chmodSync(path.join(repository.root, ".git/hooks", name), 0o644);
      },
      /^pre-commit: .git\/hooks\/pre-commit is not executable/,
    ],
    [
      "a core.hooksPath that leads elsewhere",
      () => void repository.git("config", "core.hooksPath", ".hooks"),
      /^pre-commit: git finds no pre-commit hook \(\.hooks\/pre-commit\)/,
    ],
    [
      "hooks of somebody else's in our place",
      () => {
        for (const name of ["pre-commit", "pre-push"])
          repository.write(`.git/hooks/${name}`, "#!/bin/sh\necho here\n");
      },
      /^pre-push: .git\/hooks\/pre-push does not run aura-scan/,
    ],
    [
      "a note that leads nowhere",
      () => void repository.git("config", "aura-scan.bin", "/nowhere/aura-scan.js"),
      /^note: aura-scan\.bin in git's settings names \/nowhere\/aura-scan\.js, which is gone/,
    ],
    [
      "settings that are broken",
      () => void repository.write(".aura/live.toml", "[scan]\nfail_onn = 'low'\n"),
      /^settings: the settings cannot be used.*\.aura\/live\.toml:2:1: unknown key/,
    ],
    [
      "settings with which nothing blocks",
      () => void repository.write(".aura/live.toml", "[[scan.allow]]\npath = '**'\nreason = 'all'\n"),
      /^canary: no made-up secret would be refused/,
    ],
    [
      "a ledger that somebody changed",
      () =>
        void repository.write(".aura/live/audit/segments/01ARZ3NDEKTSV4RRFFQ69G5FAV-000001.jsonl", "{}\n"),
      /^ledger: the ledger is not as it was written/,
    ],
    [
      "a ledger that git tracks",
      () => {
        repository.write(".aura/live/audit/x", "x");
        repository.add(".aura/live/audit/x");
      },
      /^tracked: git tracks files of \.aura\/live/,
    ],
    [
      "settings that every user can write",
      () => chmodSync(repository.write(".aura/live.toml", ""), 0o666),
      /^permissions: every user of this machine can write \.aura\/live\.toml/,
    ],
  ])("finds %s", async (what, spoil, words) => {
    // What has nothing to do with hooks is found without them, and sooner.
    if (!/ledger|note|every user/.test(what)) await init();
    spoil();
    const told = await doctor();
    expect(faults(told).filter((fault) => words.test(fault))).toHaveLength(1);
    expect(told).toMatchObject({ diagnosis: "fault", code: 1 });
    expect(told.checks.filter(({ state, fix }) => state === "fault" && (fix ?? "") === "")).toEqual([]);
  });

  it("never runs what other tools put into the hooks", async () => {
    await init();
    for (const name of ["pre-commit", "pre-push"])
      appendFileSync(path.join(repository.root, ".git/hooks", name), `echo ran >>'${beside}/ran'\n`);
    const told = await doctor();
    expect(told).toMatchObject({ diagnosis: "sound", code: 0 });
    expect(states(told, ...TRIED)).toEqual(Array(4).fill("good"));
    expect(existsSync(path.join(beside, "ran"))).toBe(false);
  });

  it("tries husky's hooks, and tells of a linked working tree in which husky is not set up", async () => {
    expect(spawnSync(NODE, [HUSKY], { cwd: repository.root, env: environment() }).status).toBe(0);
    await init();
    repository.add(".husky/pre-commit", ".husky/pre-push");
    repository.commit();
    const tree = path.join(beside, "a tree");
    repository.git("worktree", "add", "--quiet", "-b", "other", tree);
    expect(faults(await doctor())).toEqual([
      `worktrees: the working tree ${tree}: git finds no pre-commit hook (.husky/_/pre-commit), so nothing looks at a commit`,
    ]);
    mkdirSync(path.join(tree, ".husky/_"), { recursive: true });
    expect(spawnSync(NODE, [HUSKY], { cwd: tree, env: environment() }).status).toBe(0);
    const inTree = await doctor(tree);
    expect(inTree).toMatchObject({ diagnosis: "sound", code: 0 });
    expect(states(inTree, "worktrees", ...TRIED)).toEqual(Array(5).fill("good"));
  });

  it("does not run a manager of hooks, but what its settings say it runs of ours", async () => {
    for (const name of ["pre-commit", "pre-push"]) {
      const hook = repository.write(
        `.git/hooks/${name}`,
        `#!/bin/sh\necho ran >>'${beside}/ran'\nlefthook run\n`,
      );
      chmodSync(hook, 0o755);
    }
    repository.write("lefthook.yml", "pre-commit:\n  jobs:\n    - run: npm test # not aura-scan\n");
    expect(faults(await doctor())).toEqual([
      expect.stringMatching(/^pre-commit: .* runs lefthook, and lefthook\.yml does not name aura-scan/),
      expect.stringMatching(/^pre-push: .* runs lefthook, and lefthook\.yml does not name aura-scan/),
    ]);
    const jobs = (hook: string, call: string) => `${hook}:\n  jobs:\n    - run: aura-scan ${call}\n`;
    const both = jobs("pre-commit", "--staged") + jobs("pre-push", "pre-push {1}");
    repository.write("lefthook.yml", both);
    repository.git("config", "aura-scan.bin", BIN);
    repository.git("config", "aura-scan.node", NODE);
    const told = await doctor();
    expect(states(told, "pre-commit", ...TRIED)).toEqual(Array(5).fill("good"));
    expect(existsSync(path.join(beside, "ran"))).toBe(false);
    repository.write("lefthook-local.yml", "pre-commit:\n  skip: true\n");
    expect(faults(await doctor())).toEqual([
      expect.stringMatching(
        /^pre-commit: .* lefthook skips aura-scan, .*: skip of pre-commit in lefthook-local/,
      ),
    ]);
  });

  it("does not vouch for a hook that may end before aura-scan, and init puts aura-scan in front", async () => {
    const code = 'if [ -z "$CI" ]; then exit 0; fi\n';
    await init();
    const hook = path.join(repository.root, ".git/hooks/pre-commit");
    const own = readFileSync(hook, "utf8");
    repository.write(".git/hooks/pre-commit", own.replace("\n", `\n${code}`));
    const told = await doctor();
    expect(told).toMatchObject({ diagnosis: "unknown", code: 3 });
    expect(states(told, "pre-commit", ...TRIED)).toEqual(["unknown", "absent", "absent", "good", "good"]);
    await init();
    expect(readFileSync(hook, "utf8")).toBe(own + code);
    expect(states(await doctor(), "pre-commit", ...TRIED)).toEqual(Array(5).fill("good"));
  });

  it.each(["/dev/null", "README/hooks", ""])(
    "names a core.hooksPath where no hook can be: %j",
    async (value) => {
      repository.write("README", "a file\n");
      repository.git("config", "core.hooksPath", value);
      const told = await doctor();
      expect(faults(told)).toEqual([
        expect.stringMatching(/^hooks-path: core.hooksPath (?:= .* leads to no folder|is empty)/),
      ]);
      expect(told.code).toBe(1);
      const installed = await auraScan(repository.root, ["init"]);
      expect(installed.code).toBe(3);
      expect(installed.err.match(/git config --unset core.hooksPath/g)).toHaveLength(1);
      expect(installed.err.split("\n")).toHaveLength(3);
      const removed = await auraScan(repository.root, ["init", "--uninstall"]);
      expect(removed).toMatchObject({ code: 0, err: "" });
      expect(removed.out).toMatch(/git config --unset core.hooksPath/);
    },
  );

  it("runs no hook of another language, though it calls ours", async () => {
    const call = `import subprocess,sys\nopen("${beside}/ran","w")\nsys.exit(subprocess.call(["sh","${OWN_HOOKS}/pre-commit"]))\n`;
    chmodSync(repository.write(".git/hooks/pre-commit", `#!/usr/bin/env python3\n${call}`), 0o755);
    chmodSync(repository.write(".git/hooks/pre-push", "#!/usr/bin/env python3\nprint(1)\n"), 0o755);
    const told = await doctor();
    expect(states(told, "pre-commit", "pre-push", ...TRIED)).toEqual([
      "unknown",
      "fault",
      ...Array(4).fill("absent"),
    ]);
    expect(told.checks.find(({ id }) => id === "pre-push")?.fix).toContain(`sh '${OWN_HOOKS}/pre-push' "$@"`);
    expect(existsSync(path.join(beside, "ran"))).toBe(false);
  });

  it("cannot see into pre-commit.com's own environment, and sees what init puts before it", async () => {
    const shim =
      "#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\nexec pre-commit hook-impl\n";
    for (const name of ["pre-commit", "pre-push"])
      chmodSync(repository.write(`.git/hooks/${name}`, shim), 0o755);
    repository.write(".pre-commit-config.yaml", "repos:\n- repo: x\n  hooks:\n  - id: aura-scan\n");
    const told = await doctor();
    expect(told).toMatchObject({ diagnosis: "unknown", code: 3 });
    expect(states(told, "pre-commit", "pre-push")).toEqual(["unknown", "unknown"]);
    expect(told.checks.find(({ id }) => id === "pre-push")?.message).toMatch(/first ref of a push alone$/);
    await init();
    expect(await doctor()).toMatchObject({ diagnosis: "sound", code: 0 });
  });

  it("finds a canary that counts where leaks block, Live Sync takes one folder and functions are private", async () => {
    await init();
    const live = "[live.selective]\ninclude = ['src/**']\n[live.privacy]\ndefault_private = true\n";
    repository.write(".aura/live.toml", `${live}[scan]\ngit_blocks_on = 'leaks'\nfail_on = 'high'\n`);
    expect(await doctor()).toMatchObject({ diagnosis: "sound", code: 0 });
  });

  it("works before the first commit, in a repository of SHA-256, under the variables that git gives to hooks", async () => {
    const fresh = await makeRepository("--object-format=sha256");
    try {
      await init(fresh.root);
      const before = snapshot(fresh.root);
      const told = await doctor(fresh.root, {
        GIT_DIR: ".git",
        GIT_INDEX_FILE: ".git/index",
        GIT_PREFIX: "",
      });
      expect(told).toMatchObject({ diagnosis: "sound", code: 0 });
      expect(snapshot(fresh.root)).toEqual(before);
    } finally {
      fresh.remove();
    }
  });

  it("a shell that lets commits through is told and fools nobody; a scanner that stops before it looks is no gate", async () => {
    await init();
    const told = await doctor(repository.root, {
      AURA_SCAN_SKIP: "1",
      AURA_SCAN_BIN: path.join(beside, "none.js"),
    });
    expect(states(told, ...TRIED)).toEqual(["fault", "good", "fault", "good"]);
    expect(faults(told)).toEqual([
      expect.stringMatching(/ended without having looked: aura-scan: AURA_SCAN_BIN names no program/),
      expect.stringMatching(/ended without having looked: aura-scan: AURA_SCAN_BIN names no program/),
      expect.stringMatching(/^environment: AURA_SCAN_SKIP is set in this shell/),
    ]);
  });

  it("an AURA_SCAN_BIN that is no aura-scan is named as what lets everything through", async () => {
    await init();
    const told = await doctor(repository.root, { AURA_SCAN_BIN: "true" });
    expect(states(told, ...TRIED)).toEqual(["fault", "good", "fault", "good"]);
    expect(told.checks.find(({ id }) => id === "commit-shell")?.fix).toMatch(/^Unset AURA_SCAN_BIN/);
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "leaves no temporary files when it is ended by %s",
    async (signal) => {
      await init();
      const waiting = path.join(beside, "waiting");
      // The scanner tells that it runs, and goes on until it is told to end.
      const scanner = path.join(beside, "scanner");
      writeFileSync(
        scanner,
        `#!/bin/sh\necho here >'${waiting}'\nwhile [ -e '${waiting}' ]; do sleep 0.05; done\n`,
      );
      chmodSync(scanner, 0o755);
      const temporary = path.join(beside, "tmp");
      mkdirSync(temporary);
      const child = spawn(NODE, [BIN, "doctor"], {
        cwd: repository.root,
        env: { ...environment(), TMPDIR: temporary, AURA_SCAN_BIN: scanner },
        stdio: "ignore",
      });
      const ended = once(child, "exit");
      await vi.waitUntil(() => existsSync(waiting), { timeout: 10_000 });
      child.kill(signal);
      expect(await ended).toEqual([3, null]);
      rmSync(waiting);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );

  it("asks for a repository with a working tree", async () => {
    expect(await auraScan(beside, ["doctor"])).toMatchObject({ code: 2, out: "" });
    repository.git("clone", "--quiet", "--bare", repository.root, path.join(beside, "bare.git"));
    expect(await auraScan(path.join(beside, "bare.git"), ["doctor"])).toMatchObject({ code: 2, out: "" });
  });
});
