import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { repositoryOf } from "../../src/sources/repository.js";
import { SourceError } from "../../src/sources/source.js";
import { stagedFiles } from "../../src/sources/staged.js";
import { cleanEnvironment, makeRepository, type TestRepository } from "../repository.js";
import { opened, pathsOf, told } from "./items.js";

describe("staged content", () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await makeRepository();
  });
  afterEach(() => repo.remove());

  const staged = async (environment: NodeJS.ProcessEnv = {}) =>
    told(stagedFiles(await opened(repo.root, environment)));

  it("yields nothing when nothing is staged, before the first commit and after it", async () => {
    expect(await staged()).toEqual([]);
    repo.write("a.txt", "one\n");
    repo.add("a.txt");
    repo.commit();
    repo.write("a.txt", "two\n");
    expect(await staged()).toEqual([]);
  });

  it("reads everything in the index before the first commit", async () => {
    repo.write("b/c.txt", "two\n");
    repo.write("a.txt", "one\n");
    repo.add(".");
    expect(await staged()).toEqual([
      { path: "a.txt", text: "one\n", size: 4, previous: null },
      { path: "b/c.txt", text: "two\n", size: 4, previous: null },
    ]);
  });

  it("reads the index's content and not the working tree's, and tells what HEAD had", async () => {
    repo.write("a.txt", "one\n");
    repo.add("a.txt");
    repo.commit();
    repo.write("a.txt", "staged\n");
    repo.add("a.txt");
    repo.write("a.txt", "cleaned up afterwards\n");
    expect(await staged()).toEqual([{ path: "a.txt", text: "staged\n", size: 7, previous: "one\n" }]);
  });

  it("leaves out deletions, and reads a renamed file with its whole content as a new path", async () => {
    repo.write("gone.txt", "gone\n");
    repo.write("old.txt", "same content\n");
    repo.add(".");
    repo.commit();
    repo.git("rm", "--quiet", "gone.txt");
    repo.git("mv", "old.txt", "new.txt");
    expect(await staged()).toEqual([{ path: "new.txt", text: "same content\n", size: 13, previous: null }]);
  });

  it("reads files whatever their attributes and git's idea of them as binary", async () => {
    repo.write(".gitattributes", "*.env -diff\n*.bin binary\n*.x diff=none\n");
    repo.write("a.env", "A=1\n");
    repo.write("b.bin", "B=2\n");
    repo.write("c.dat", Buffer.from([0, 1, 2, 0, 65]));
    repo.add(".");
    expect((await staged()).slice(1)).toMatchObject([
      { path: "a.env", text: "A=1\n" },
      { path: "b.bin", text: "B=2\n" },
      { path: "c.dat", text: "\0\x01\x02\0A" },
    ]);
  });

  it("reads an empty file, and a file of several megabytes", async () => {
    const large = `${"0123456789abcdef\n".repeat(200_000)}end`;
    repo.write("empty", "");
    repo.write("large", large);
    repo.write("small", "s");
    repo.add(".");
    const items = await staged();
    expect(items.map(({ path }) => path)).toEqual(["empty", "large", "small"]);
    expect(items[0]).toMatchObject({ text: "", size: 0 });
    expect(items[1]).toMatchObject({ text: large, size: large.length });
  });

  it("passes over contents that nobody reads", async () => {
    for (let n = 0; n < 30; n++) repo.write(`f${n}`, "x".repeat(n * 5000));
    repo.add(".");
    const sizes: number[] = [];
    for await (const item of stagedFiles(await opened(repo.root))) {
      if (item.kind === "file") sizes.push(item.file.size);
    }
    expect(sizes.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n * 5000));
  });

  it("can be left in the middle", async () => {
    for (let n = 0; n < 9; n++) repo.write(`f${n}`, "x".repeat(300_000));
    repo.add(".");
    for await (const item of stagedFiles(await opened(repo.root))) {
      expect(item.kind).toBe("file");
      break;
    }
    expect(await staged()).toHaveLength(9);
  });

  it("gives a symbolic link's target as its text, and no earlier content when its kind changed", async () => {
    repo.write("a", "text\n");
    repo.add("a");
    repo.commit();
    rmSync(join(repo.root, "a"));
    symlinkSync("../outside", join(repo.root, "a"));
    repo.add("a");
    expect(await staged()).toEqual([{ path: "a", text: "../outside", size: 10, previous: null }]);
  });

  it("gives the same content before and after a change of mode only", async () => {
    repo.write("run.sh", "echo\n");
    repo.add("run.sh");
    repo.commit();
    repo.git("update-index", "--chmod=+x", "run.sh");
    expect(await staged()).toEqual([{ path: "run.sh", text: "echo\n", size: 5, previous: "echo\n" }]);
  });

  it("names a submodule as skipped, which is not incomplete", async () => {
    repo.git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},vendor/lib`);
    expect(await staged()).toEqual([{ path: "vendor/lib", skipped: "submodule", incomplete: false }]);
  });

  it("names an unmerged path once, as incomplete, with what to do", async () => {
    repo.write("a", "base\n");
    repo.add("a");
    repo.commit();
    repo.git("checkout", "--quiet", "-b", "other");
    repo.write("a", "theirs\n");
    repo.add("a");
    repo.commit();
    repo.git("checkout", "--quiet", "main");
    repo.write("a", "ours\n");
    repo.add("a");
    repo.commit();
    expect(() => repo.git("merge", "--quiet", "other")).toThrow();
    expect(await staged()).toEqual([
      { path: "a", skipped: "not merged yet: resolve the conflict and git add the file", incomplete: true },
    ]);
  });

  it("has no trouble with a file that is only intended to be added", async () => {
    repo.write("later", "content\n");
    repo.git("add", "--intent-to-add", "later");
    repo.write("now", "now\n");
    repo.add("now");
    expect((await staged()).filter((item) => item.path === "now")).toMatchObject([{ text: "now\n" }]);
    expect(await staged()).not.toContainEqual(expect.objectContaining({ incomplete: true }));
  });

  it("sees what is staged in a file that is marked assume-unchanged or skip-worktree", async () => {
    repo.write("a", "1\n");
    repo.write("b", "1\n");
    repo.add(".");
    repo.commit();
    repo.write("a", "2\n");
    repo.write("b", "2\n");
    repo.add(".");
    repo.git("update-index", "--assume-unchanged", "a");
    repo.git("update-index", "--skip-worktree", "b");
    expect(await staged()).toMatchObject([
      { path: "a", text: "2\n" },
      { path: "b", text: "2\n" },
    ]);
  });

  const objectFile = (id: string) => join(repo.root, ".git/objects", id.slice(0, 2), id.slice(2));

  it("names a missing object and goes on with the next", async () => {
    for (const name of ["a", "b", "c"]) repo.write(name, `${name}\n`);
    repo.add(".");
    const id = repo.git("rev-parse", ":b");
    rmSync(objectFile(id));
    expect(await staged()).toMatchObject([
      { path: "a", text: "a\n" },
      { path: "b", skipped: `object ${id} is missing`, incomplete: true },
      { path: "c", text: "c\n" },
    ]);
  });

  it.each(["the first", "the last", "every"])("names %s damaged object and goes on", async (which) => {
    const names = ["a", "b", "c"];
    for (const name of names) repo.write(name, `${name}\n`);
    repo.add(".");
    const damaged = which === "every" ? names : which === "the first" ? ["a"] : ["c"];
    for (const name of damaged) {
      const file = objectFile(repo.git("rev-parse", `:${name}`));
      chmodSync(file, 0o644);
      writeFileSync(file, "not an object");
    }
    const items = await staged();
    expect(items.map(({ path }) => path)).toEqual(names);
    for (const item of items) {
      if (damaged.includes(item.path)) expect(item).toMatchObject({ incomplete: true });
      else expect(item).toMatchObject({ text: `${item.path}\n` });
    }
  });

  it("takes every line for new where HEAD's object is missing", async () => {
    repo.write("a", "old\n");
    repo.add("a");
    repo.commit();
    const id = repo.git("rev-parse", "HEAD:a");
    repo.write("a", "new\n");
    repo.add("a");
    rmSync(objectFile(id));
    expect(await staged()).toEqual([{ path: "a", text: "new\n", size: 4, previous: null }]);
  });

  it("fails as a whole when HEAD's commit is missing", async () => {
    repo.write("a", "a\n");
    repo.add("a");
    rmSync(objectFile(repo.commit()));
    await expect(staged()).rejects.toThrow(SourceError);
  });

  const names = [
    "with space",
    'quo"te',
    "tab\there",
    "new\nline",
    "ünï-日本",
    "-dash",
    "*",
    "back\\slash",
    ":colon",
  ];
  it.skipIf(process.platform === "win32").each(names)("reads a file named %j", async (name) => {
    repo.write(name, "content\n");
    repo.add(".");
    expect(await staged()).toEqual([{ path: name, text: "content\n", size: 8, previous: null }]);
  });

  it("shows a name that is no UTF-8 with its bytes", async () => {
    const id = repo.gitWith({ input: "content\n" }, "hash-object", "-w", "--stdin");
    repo.gitWith(
      { input: Buffer.concat([Buffer.from(`100644 ${id}\t`), Buffer.from("caf\xe9.txt\n", "latin1")]) },
      "update-index",
      "--index-info",
    );
    expect(await staged()).toMatchObject([{ path: "caf\\xe9.txt", text: "content\n" }]);
  });

  it("reads the blob that git keeps, not the one that autocrlf would check out", async () => {
    repo.git("config", "core.autocrlf", "true");
    repo.write("a.txt", "one\r\ntwo\r\n");
    repo.gitWith({}, "-c", "core.safecrlf=false", "add", "a.txt");
    expect(await staged()).toMatchObject([{ text: "one\ntwo\n" }]);
  });

  it("works from a subfolder, with paths from the root", async () => {
    repo.write("sub/a.txt", "a\n");
    repo.write("b.txt", "b\n");
    repo.add(".");
    expect(await pathsOf(stagedFiles(await opened(join(repo.root, "sub"))))).toEqual(["b.txt", "sub/a.txt"]);
  });

  it("works in a linked worktree, on its own index", async () => {
    repo.commit();
    const tree = `${repo.root}-tree`;
    try {
      repo.git("worktree", "add", "--quiet", tree);
      repo.git("config", "extensions.worktreeConfig", "true");
      repo.write("main.txt", "main\n");
      repo.add("main.txt");
      writeFileSync(join(tree, "linked.txt"), "linked\n");
      repo.gitWith({ cwd: tree }, "add", "linked.txt");
      expect(await pathsOf(stagedFiles(await opened(tree)))).toEqual(["linked.txt"]);
      expect(await staged()).toMatchObject([{ path: "main.txt" }]);
    } finally {
      rmSync(tree, { recursive: true, force: true });
    }
  });

  it("works in a SHA-256 repository, before and after the first commit", async () => {
    const sha256 = await makeRepository("--object-format=sha256");
    try {
      sha256.write("a", "1\n");
      sha256.add("a");
      expect(await told(stagedFiles(await opened(sha256.root)))).toMatchObject([
        { text: "1\n", previous: null },
      ]);
      sha256.commit();
      sha256.write("a", "2\n");
      sha256.add("a");
      expect(await told(stagedFiles(await opened(sha256.root)))).toMatchObject([
        { text: "2\n", previous: "1\n" },
      ]);
    } finally {
      sha256.remove();
    }
  });

  it("says that nothing can be staged in a bare repository", async () => {
    const bare = await makeRepository("--bare");
    try {
      const reading = told(stagedFiles(await opened(bare.root)));
      await expect(reading).rejects.toMatchObject({
        kind: "usage",
        message: expect.stringContaining("bare"),
      });
    } finally {
      bare.remove();
    }
  });

  it("reads the index that GIT_INDEX_FILE names", async () => {
    repo.write("a", "a\n");
    repo.write("b", "b\n");
    repo.add("a");
    const index = join(repo.root, ".git/next-index-1.lock");
    repo.gitWith({ env: { GIT_INDEX_FILE: index } }, "add", "b");
    expect(await staged({ GIT_INDEX_FILE: index })).toMatchObject([{ path: "b" }]);
  });

  describe("inside a hook", () => {
    /** Starts git with a pre-commit hook that waits, and gives back the environment and folder that the hook has. */
    async function inHook(cwd: string, ...args: readonly string[]) {
      const note = (name: string) => join(repo.root, ".git", name);
      const script = `#!/bin/sh\nenv -0 > '${note("env")}'\npwd > '${note("pwd")}'\ntouch '${note("ready")}'\nwhile [ ! -e '${note("go")}' ]; do sleep 0.02; done\n`;
      repo.write(".git/hooks/pre-commit", script);
      chmodSync(join(repo.root, ".git/hooks/pre-commit"), 0o755);
      const git: ChildProcess = spawn("git", [...args], { cwd, env: cleanEnvironment(), stdio: "ignore" });
      const ended = once(git, "exit");
      while (!existsSync(note("ready"))) await sleep(10);
      const fields = readFileSync(note("env"), "utf8").split("\0").filter(Boolean);
      const environment = Object.fromEntries(
        fields.map((field) => [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)]),
      );
      const finish = async () => {
        writeFileSync(note("go"), "");
        return (await ended)[0];
      };
      return { environment, folder: readFileSync(note("pwd"), "utf8").trimEnd(), finish };
    }

    const commands = [
      { args: ["commit", "-m", "x"], found: ["staged"] },
      { args: ["commit", "-a", "-m", "x"], found: ["sub/tracked", "staged"].sort() },
      { args: ["commit", "-m", "x", "sub/tracked"], found: ["sub/tracked"] },
      { args: ["commit", "--amend", "-m", "x"], found: ["staged"] },
    ];
    for (const from of ["the root", "a subfolder", "another folder"]) {
      it.skipIf(process.platform === "win32").each(commands)(
        `sees what git $args will commit, run from ${from}`,
        async ({ args, found }) => {
          repo.write("sub/tracked", "1\n");
          repo.add(".");
          repo.commit();
          repo.write("sub/tracked", "2\n");
          repo.write("staged", "s\n");
          repo.add("staged");
          const hook = await inHook(repo.root, ...args);
          const folder = from === "a subfolder" ? join(repo.root, "sub") : hook.folder;
          const working = from === "another folder" ? "/" : folder;
          const repository = await repositoryOf(folder, hook.environment, working);
          expect(repository?.root).toBe(repo.root);
          const paths = repository === null ? [] : await pathsOf(stagedFiles(repository));
          expect(await hook.finish()).toBe(0);
          expect(paths).toEqual(found);
        },
      );
    }

    it.skipIf(process.platform === "win32")(
      "works in a linked worktree's hook, also further down",
      async () => {
        repo.commit();
        const tree = `${repo.root}-tree`;
        try {
          repo.git("worktree", "add", "--quiet", tree);
          repo.gitWith({ cwd: tree }, "config", "user.name", "Ada");
          writeFileSync(join(tree, "linked.txt"), "linked\n");
          repo.gitWith({ cwd: tree }, "add", "linked.txt");
          const hook = await inHook(tree, "commit", "-m", "x");
          expect(hook.environment["GIT_DIR"]).toBeDefined();
          const repository = await repositoryOf(tree, hook.environment, hook.folder);
          expect(repository?.root).toBe(tree);
          const below = join(tree, "below");
          mkdirSync(below);
          expect((await repositoryOf(below, hook.environment, below))?.root).toBe(tree);
          const paths = repository === null ? [] : await pathsOf(stagedFiles(repository));
          expect(await hook.finish()).toBe(0);
          expect(paths).toEqual(["linked.txt"]);
        } finally {
          rmSync(tree, { recursive: true, force: true });
        }
      },
    );
  });
});
