import { chownSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { repositoryOf } from "../../src/sources/repository.js";
import { stagedFiles } from "../../src/sources/staged.js";
import { cleanEnvironment, makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { opened, pathsOf } from "./items.js";

describe("the repository of a folder", () => {
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

  it("is found from any folder in it", async () => {
    repo.write("a/b/c.txt", "");
    const expected = { root: repo.root, isBare: false, hasHead: false, objectFormat: "sha1" };
    expect(await opened(repo.root)).toMatchObject(expected);
    expect(await opened(join(repo.root, "a/b"))).toMatchObject(expected);
    repo.commit();
    expect(await opened(join(repo.root, "a"))).toMatchObject({ ...expected, hasHead: true });
  });

  it("is found by its real path behind a symbolic link", async () => {
    symlinkSync(repo.root, join(outside, "link"));
    expect((await opened(join(outside, "link"))).root).toBe(realpathSync.native(repo.root));
  });

  it("is null where there is none", async () => {
    expect(await repositoryOf(outside, cleanEnvironment())).toBeNull();
  });

  it("tells a bare one", async () => {
    const bare = await makeRepository("--bare");
    expect(await opened(bare.root)).toMatchObject({ isBare: true, root: bare.root });
    bare.remove();
  });

  it("is a submodule's own one inside the submodule", async () => {
    const inner = join(repo.root, "sub");
    mkdirSync(inner);
    repo.gitWith({ cwd: inner }, "init", "--quiet");
    expect((await opened(inner)).root).toBe(inner);
  });

  it.skipIf(process.getuid?.() !== 0)("is refused, with what to do, where another user owns it", async () => {
    chownSync(repo.root, 12345, 12345);
    chownSync(join(repo.root, ".git"), 12345, 12345);
    await expect(opened(repo.root)).rejects.toMatchObject({
      kind: "incomplete",
      message: expect.stringContaining(`git config --global --add safe.directory '${repo.root}'`),
    });
    const trust = {
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: repo.root,
      GIT_CONFIG_KEY_1: "url.https://example.com/.insteadOf",
      GIT_CONFIG_VALUE_1: "x:",
    };
    expect((await opened(repo.root, trust)).root).toBe(repo.root);
  });

  it("is refused where .git leads nowhere, for that is not the same as no repository", async () => {
    writeFileSync(join(outside, ".git"), "gitdir: /nowhere/at/all\n");
    await expect(repositoryOf(outside, cleanEnvironment())).rejects.toMatchObject({ kind: "incomplete" });
  });

  it("is refused in git's own folder", async () => {
    await expect(opened(join(repo.root, ".git"))).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("working tree"),
    });
  });

  it("is refused for a folder that does not exist", async () => {
    const opening = repositoryOf(join(outside, "none"), cleanEnvironment());
    await expect(opening).rejects.toMatchObject({ kind: "usage", message: expect.stringContaining("none") });
  });

  it("is refused with a plain word where git is missing", async () => {
    const opening = repositoryOf(repo.root, { ...cleanEnvironment(), PATH: outside });
    await expect(opening).rejects.toMatchObject({
      kind: "incomplete",
      message: expect.stringContaining("git was not found"),
    });
  });

  describe("with GIT_DIR in the environment", () => {
    it("is the named one for a folder in its tree, and that folder's own anywhere else", async () => {
      const other = await makeRepository();
      try {
        const hook = { ...cleanEnvironment(), GIT_DIR: ".git", GIT_INDEX_FILE: ".git/other-index" };
        repo.write("a", "a\n");
        repo.write("b", "b\n");
        repo.gitWith({ env: { GIT_INDEX_FILE: ".git/other-index" } }, "add", "b");
        other.write("c", "c\n");
        other.add("c");
        const here = await repositoryOf(repo.root, hook, repo.root);
        const there = await repositoryOf(other.root, hook, repo.root);
        expect([here?.root, there?.root]).toEqual([repo.root, other.root]);
        expect(here && (await pathsOf(stagedFiles(here)))).toEqual(["b"]);
        expect(there && (await pathsOf(stagedFiles(there)))).toEqual(["c"]);
      } finally {
        other.remove();
      }
    });

    it("does not give one repository's index to another", async () => {
      const other = await makeRepository();
      try {
        other.write("c", "c\n");
        other.add("c");
        const hook = { ...cleanEnvironment(), GIT_INDEX_FILE: join(repo.root, ".git/index") };
        const there = await repositoryOf(other.root, hook, repo.root);
        expect(there && (await pathsOf(stagedFiles(there)))).toEqual(["c"]);
      } finally {
        other.remove();
      }
    });

    it("is the one whose tree lies elsewhere", async () => {
      const gitDir = join(outside, "dotfiles.git");
      repo.git("init", "--quiet", "--bare", gitDir);
      const home = join(outside, "home");
      mkdirSync(home);
      writeFileSync(join(home, ".env"), "A=1\n");
      const environment = { GIT_DIR: gitDir, GIT_WORK_TREE: home };
      repo.gitWith({ env: environment, cwd: home }, "add", ".env");
      const found = await opened(home, environment);
      expect(found).toMatchObject({ root: home, gitDir });
      expect(await pathsOf(stagedFiles(found))).toEqual([".env"]);
    });

    it("is refused where that names nothing", async () => {
      const opening = opened(repo.root, { GIT_DIR: join(outside, "none") });
      await expect(opening).rejects.toMatchObject({ kind: "incomplete" });
    });
  });
});
