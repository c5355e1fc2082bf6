import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { treeFiles } from "../../src/sources/tree.js";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { opened, pathsOf, told } from "./items.js";

const isWindows = process.platform === "win32";

describe("the working tree", () => {
  let repo: TestRepository;
  let outside: string;
  beforeEach(async () => {
    repo = await makeRepository();
    outside = temporaryFolder();
  });
  afterEach(() => {
    repo.remove();
    rmSync(outside, { recursive: true, force: true });
  });

  const tree = async (...under: string[]) => told(treeFiles(await opened(repo.root), under));

  it("is tracked files and untracked ones that are not ignored, with the content on disk, sorted by path", async () => {
    repo.write(".gitignore", "*.log\nbuild/\n");
    repo.write("b/a.txt", "staged\n");
    repo.write("b.txt", "b\n");
    repo.write("tracked.log", "tracked though ignored\n");
    repo.add(".");
    repo.write("b/a.txt", "on disk\n");
    repo.write("x.log", "ignored\n");
    repo.write("build/out.txt", "ignored\n");
    repo.write("B.txt", "untracked\n");
    repo.git("config", "core.excludesFile", join(repo.root, ".git/none"));
    const items = await tree();
    expect(items.map(({ path }) => path)).toEqual([".gitignore", "B.txt", "b.txt", "b/a.txt", "tracked.log"]);
    expect(items[3]).toEqual({ path: "b/a.txt", text: "on disk\n", size: 8 });
  });

  it("can be narrowed to paths, which are no patterns", async () => {
    repo.write("a/1", "");
    repo.write("a*/2", "");
    repo.write("ab/3", "");
    repo.add("a/1");
    expect((await tree("a*")).map(({ path }) => path)).toEqual(["a*/2"]);
    expect((await tree("ab", "a")).map(({ path }) => path)).toEqual(["a/1", "ab/3"]);
  });

  it("is the same from a subfolder and in a linked worktree", async () => {
    repo.write("sub/a", "");
    repo.add(".");
    repo.commit();
    expect(await pathsOf(treeFiles(await opened(join(repo.root, "sub"))))).toEqual(["sub/a"]);
    repo.git("worktree", "add", "--quiet", join(outside, "tree"));
    expect(await pathsOf(treeFiles(await opened(join(outside, "tree"))))).toEqual(["sub/a"]);
  });

  it("names a tracked file that is deleted on disk, or whose place a folder took", async () => {
    repo.write("gone", "x");
    repo.write("now-a-folder", "x");
    repo.add(".");
    rmSync(join(repo.root, "gone"));
    rmSync(join(repo.root, "now-a-folder"));
    repo.write("now-a-folder/file", "y");
    const deleted = { skipped: "deleted in the working tree", incomplete: false };
    expect(await tree()).toEqual([
      { path: "gone", ...deleted },
      { path: "now-a-folder", ...deleted },
      { path: "now-a-folder/file", text: "y", size: 1 },
    ]);
  });

  it.skipIf(isWindows)("reads a symbolic link as its target's name, wherever it leads", async () => {
    writeFileSync(join(outside, "secret"), "from outside");
    const links = {
      broken: "nowhere",
      folder: outside,
      in: "plain",
      loop: "loop",
      out: join(outside, "secret"),
    };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(repo.root, name));
    repo.write("plain", "p");
    repo.add("in");
    expect((await tree()).filter(({ path }) => path !== "plain")).toEqual(
      Object.entries(links).map(([path, target]) => ({
        path,
        text: target,
        size: Buffer.byteLength(target),
      })),
    );
  });

  it.skipIf(isWindows)(
    "does not follow a link that took the place of a folder of tracked files",
    async () => {
      repo.write("dir/deep/file", "mine");
      repo.add(".");
      renameSync(join(repo.root, "dir"), join(repo.root, "moved"));
      mkdirSync(join(outside, "deep"));
      writeFileSync(join(outside, "deep/file"), "from outside");
      symlinkSync(outside, join(repo.root, "dir"));
      expect(await tree()).toEqual([
        { path: "dir", text: outside, size: outside.length },
        { path: "dir/deep/file", skipped: "deleted in the working tree", incomplete: false },
        { path: "moved/deep/file", text: "mine", size: 4 },
      ]);
    },
  );

  it("names submodules and nested repositories, which are not incomplete", async () => {
    for (const name of ["nested", "sub"]) {
      repo.write(`${name}/file`, "x");
      const cwd = join(repo.root, name);
      repo.gitWith({ cwd }, "init", "--quiet");
      repo.gitWith({ cwd }, "add", ".");
      repo.gitWith({ cwd }, "commit", "--quiet", "-m", "x");
    }
    repo.git("add", "sub");
    expect(await tree()).toEqual([
      { path: "nested", skipped: "nested repository", incomplete: false },
      { path: "sub", skipped: "submodule", incomplete: false },
    ]);
  });

  it("names what a sparse checkout left out", async () => {
    repo.write("in/a", "a");
    repo.write("out/b", "b");
    repo.add(".");
    repo.commit();
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "in");
    expect(await tree()).toEqual([
      { path: "in/a", text: "a", size: 1 },
      { path: "out/b", skipped: "not checked out (sparse checkout)", incomplete: false },
    ]);
  });

  it.skipIf(isWindows)("names pipes and sockets in place of tracked files, and waits for none", async () => {
    repo.write("pipe", "x");
    repo.write("socket", "x");
    repo.add(".");
    rmSync(join(repo.root, "pipe"));
    rmSync(join(repo.root, "socket"));
    execFileSync("mkfifo", [join(repo.root, "pipe")]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(repo.root, "socket"), resolve));
    const items = await tree();
    server.close();
    expect(items).toEqual([
      { path: "pipe", skipped: "named pipe", incomplete: false },
      { path: "socket", skipped: "socket", incomplete: false },
    ]);
  });

  const names = ["with space", 'quo"te', "tab\there", "new\nline", "ünï-日本", "-dash", "*", "back\\slash"];
  it.skipIf(isWindows).each(names)("reads a file named %j, tracked or not", async (name) => {
    repo.write(name, "content\n");
    const expected = [{ path: name, text: "content\n", size: 8 }];
    expect(await tree()).toEqual(expected);
    repo.add(".");
    expect(await tree()).toEqual(expected);
  });

  it.skipIf(process.platform !== "linux")("reads a file whose name is no UTF-8", async () => {
    const name = Buffer.concat([Buffer.from(`${repo.root}/caf`), Buffer.from([0xe9])]);
    writeFileSync(name, "content\n");
    expect(await tree()).toEqual([{ path: "caf\\xe9", text: "content\n", size: 8 }]);
  });

  it("names an untracked file that vanishes before its turn, and is not incomplete", async () => {
    for (const name of ["a", "b", "c"]) repo.write(name, name);
    const seen: string[] = [];
    for await (const item of treeFiles(await opened(repo.root))) {
      if (item.kind === "clean") throw new Error(`${item.path} was looked at ahead`);
      seen.push(item.kind === "file" ? item.file.path : `${item.path} ${item.reason} ${item.incomplete}`);
      rmSync(join(repo.root, "b"), { force: true });
    }
    expect(seen).toEqual(["a", "b vanished while the scan ran false", "c"]);
  });

  it("reads a file to the end that it has by then, longer or shorter", async () => {
    repo.write("a", "x".repeat(3_000_000));
    for (const [change, size] of [
      [() => appendFileSync(join(repo.root, "a"), "y".repeat(2_000_000)), 5_000_000],
      [() => truncateSync(join(repo.root, "a"), 1_500_000), 1_500_000],
    ] as const) {
      for await (const item of treeFiles(await opened(repo.root))) {
        if (item.kind !== "file") throw new Error(item.path);
        change();
        const lengths: number[] = [];
        for await (const chunk of item.file.chunks()) lengths.push(chunk.length);
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(size);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(1 << 20);
      }
    }
  });

  it("gives a small file as one piece, and an empty one as none", async () => {
    repo.write("a", "abc");
    repo.write("b", "");
    const counts: number[] = [];
    for await (const item of treeFiles(await opened(repo.root))) {
      let count = 0;
      if (item.kind === "file") for await (const _ of item.file.chunks()) count++;
      counts.push(count);
    }
    expect(counts).toEqual([1, 0]);
  });

  it("says that a bare repository has no working tree", async () => {
    const bare = await makeRepository("--bare");
    await expect(told(treeFiles(await opened(bare.root)))).rejects.toMatchObject({ kind: "usage" });
    bare.remove();
  });
});
