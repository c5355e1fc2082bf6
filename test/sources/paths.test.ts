import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { folderFiles } from "../../src/sources/folder.js";
import { pathFiles } from "../../src/sources/paths.js";
import { stdinFile } from "../../src/sources/stdin.js";
import { treeFiles } from "../../src/sources/tree.js";
import { isolateGit, makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { opened, pathsOf, told } from "./items.js";

const isWindows = process.platform === "win32";

beforeAll(isolateGit);

describe("paths that somebody names", () => {
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

  const named = async (from: string, ...paths: string[]) =>
    told(pathFiles(paths, from, await opened(repo.root)));
  const namedPaths = async (from: string, ...paths: string[]) =>
    (await named(from, ...paths)).map(({ path }) => path);

  it("in a repository go by the same path as in the tree, wherever they are named from", async () => {
    repo.write("src/a.ts", "a");
    repo.write("src/b.ts", "b");
    repo.add(".");
    const src = join(repo.root, "src");
    const expected = [{ path: "src/a.ts", text: "a", size: 1 }];
    expect(await named(repo.root, "src/a.ts")).toEqual(expected);
    expect(await named(repo.root, "./src/../src//a.ts")).toEqual(expected);
    expect(await named(src, "a.ts")).toEqual(expected);
    expect(await named(src, join(src, "a.ts"))).toEqual(expected);
    expect(await namedPaths(src, ".")).toEqual(["src/a.ts", "src/b.ts"]);
    expect(await namedPaths(src, "..")).toEqual(await pathsOf(treeFiles(await opened(repo.root))));
  });

  it("come once and sorted, however often they are named", async () => {
    for (const name of ["b/1", "a/2", "a/1"]) repo.write(name, "");
    expect(await namedPaths(repo.root, "b", "a/2", "a", "a/2", ".", "b/1")).toEqual(["a/1", "a/2", "b/1"]);
  });

  it("are read even if git ignores them; any other folder stands for what git does not ignore", async () => {
    repo.write(".gitignore", ".env\nbuild/\n");
    repo.write(".env", "A=1");
    repo.write("build/out", "x");
    repo.write("src/a", "x");
    expect(await named(repo.root, ".env", "build/out")).toMatchObject([{ text: "A=1" }, { text: "x" }]);
    expect(await namedPaths(repo.root, ".")).toEqual([".gitignore", "src/a"]);
    expect(await namedPaths(repo.root, "build")).toEqual(["build/out"]);
  });

  it("that do not exist are wrong usage, before anything is read", async () => {
    repo.write("a", "");
    await expect(named(repo.root, "a", "none")).rejects.toMatchObject({
      kind: "usage",
      message: "none cannot be read: it does not exist.",
    });
    await expect(named(repo.root, "a/below")).rejects.toMatchObject({ kind: "usage" });
  });

  it("that lie outside of the repository are wrong usage", async () => {
    writeFileSync(join(outside, "x"), "");
    await expect(named(repo.root, join(outside, "x"))).rejects.toMatchObject({ kind: "usage" });
    await expect(named(repo.root, "..")).rejects.toMatchObject({ kind: "usage" });
  });

  it("that are folders of a repository of their own are wrong usage; files there are read", async () => {
    repo.write("nested/dir/a", "a");
    repo.gitWith({ cwd: join(repo.root, "nested") }, "init", "--quiet");
    await expect(named(repo.root, "nested/dir")).rejects.toMatchObject({ kind: "usage" });
    expect(await named(repo.root, "nested/dir/a")).toMatchObject([{ path: "nested/dir/a", text: "a" }]);
  });

  it.skipIf(isWindows)(
    "that are links are followed, for they were named; one that leads nowhere is read as its text",
    async () => {
      repo.write("real/a", "a");
      symlinkSync("real/a", join(repo.root, "file-link"));
      symlinkSync("real", join(repo.root, "folder-link"));
      symlinkSync("loop", join(repo.root, "loop"));
      symlinkSync(outside, join(repo.root, "out"));
      expect(await named(repo.root, "file-link", "folder-link", "loop")).toEqual([
        { path: "file-link", text: "a", size: 1 },
        { path: "loop", text: "loop", size: 4 },
        { path: "real/a", text: "a", size: 1 },
      ]);
      await expect(named(repo.root, "out")).rejects.toMatchObject({ kind: "usage" });
    },
  );

  it("outside of a repository are relative to the current folder, and a folder stands for all its files", async () => {
    mkdirSync(join(outside, "d/.git"), { recursive: true });
    for (const name of ["d/.gitignore", "d/b", "d/.git/config", "d.txt", "c"]) {
      writeFileSync(join(outside, name), name);
    }
    writeFileSync(join(outside, "d/.gitignore"), "*\n");
    const items = await told(pathFiles(["d", "c"], outside, null));
    expect(items.map(({ path }) => path)).toEqual(["c", "d/.git", "d/.gitignore", "d/b"]);
    expect(items[1]).toEqual({ path: "d/.git", skipped: "git's own folder", incomplete: false });
    expect(await pathsOf(pathFiles(["../d.txt", "."], join(outside, "d"), null))).toEqual([
      ".git",
      ".gitignore",
      "b",
      "../d.txt",
    ]);
  });

  it("outside of a repository that lead into one stand for what git does not ignore there", async () => {
    const inner = join(outside, "project");
    mkdirSync(join(inner, "src"), { recursive: true });
    repo.gitWith({ cwd: inner }, "init", "--quiet");
    writeFileSync(join(inner, ".gitignore"), "*.log\n");
    writeFileSync(join(inner, "src/a.log"), "");
    writeFileSync(join(inner, "src/a.ts"), "");
    expect(await pathsOf(pathFiles(["project"], outside, null))).toEqual([
      "project/.gitignore",
      "project/src/a.ts",
    ]);
    expect(await pathsOf(pathFiles(["project/src"], outside, null))).toEqual(["project/src/a.ts"]);
  });
});

describe("a folder outside of git", () => {
  it.skipIf(isWindows)("gives every file in the order of its path, and follows no link", async () => {
    const folder = temporaryFolder();
    for (const name of ["a", "a-b"]) mkdirSync(join(folder, name));
    for (const name of ["a/z", "a-b/y", "a.txt", ".hidden"]) writeFileSync(join(folder, name), "x");
    symlinkSync("..", join(folder, "up"));
    expect(await pathsOf(folderFiles(folder))).toEqual([".hidden", "a-b/y", "a.txt", "a/z", "up"]);
    rmSync(folder, { recursive: true });
  });

  it("is incomplete where it cannot be listed", async () => {
    const folder = temporaryFolder();
    rmSync(folder, { recursive: true });
    expect(await told(folderFiles(folder))).toMatchObject([{ path: ".", incomplete: true }]);
  });
});

describe("standard input", () => {
  it("is one file under the name that it is given", async () => {
    const file = stdinFile(Readable.from([Buffer.from("one "), Buffer.from("two")]), "notes.txt");
    const parts: Uint8Array[] = [];
    for await (const chunk of file.chunks()) parts.push(chunk);
    expect([file.path, Buffer.concat(parts).toString()]).toEqual(["notes.txt", "one two"]);
  });

  it("that breaks off is incomplete", async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error("pipe closed")) });
    const reading = async () => {
      for await (const chunk of stdinFile(broken, "x").chunks()) expect(chunk).toBeUndefined();
    };
    await expect(reading()).rejects.toMatchObject({
      kind: "incomplete",
      message: expect.stringContaining("pipe closed"),
    });
  });
});
