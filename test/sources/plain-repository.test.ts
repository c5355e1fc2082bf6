import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endAhead } from "../../src/sources/git.js";
import { gitEnvironment } from "../../src/sources/git-environment.js";
import { foreseeNothing, type Seen, seenAt } from "../../src/sources/plain-repository.js";
import { repositoryOf } from "../../src/sources/repository.js";
import { askStagedAhead } from "../../src/sources/staged.js";
import {
  cleanEnvironment,
  isolateGit,
  makeRepository,
  type TestRepository,
  temporaryFolder,
} from "../repository.js";

let repo: TestRepository;
let outside: string;
beforeEach(async () => {
  isolateGit();
  repo = await makeRepository();
  outside = temporaryFolder();
});
afterEach(() => {
  repo.remove();
  rmSync(outside, { recursive: true, force: true });
});

function seen(root = repo.root): Seen | null {
  return seenAt({ root, environment: gitEnvironment(cleanEnvironment()) });
}

/** What `repositoryOf` tells where git was asked ahead, and where it was not. */
async function bothWays(folder: string): Promise<readonly unknown[]> {
  const told = async () => repositoryOf(folder).catch((error: unknown) => error);
  foreseeNothing();
  const asked = await told();
  askStagedAhead(folder);
  const foreseen = await told();
  endAhead();
  return [foreseen, asked];
}

describe("a repository as git makes it", () => {
  it("is seen, and whether it has a commit", () => {
    expect(seen()).toEqual({
      root: repo.root,
      gitDir: join(repo.root, ".git"),
      isUnborn: true,
      isLarge: false,
    });
    repo.commit();
    expect(seen()).toMatchObject({ isUnborn: false });
    repo.git("pack-refs", "--all");
    expect(seen()).toMatchObject({ isUnborn: false });
    repo.git("checkout", "-q", "--detach");
    expect(seen()).toMatchObject({ isUnborn: false });
  });

  const commands: Readonly<Record<string, readonly string[]>> = {
    "its tree is elsewhere": ["config", "core.worktree", "/"],
    "it is bare": ["config", "core.bare", "true"],
    "it is bare in other words": ["config", "--add", "core.bare", "yes"],
    "it stores in another form": ["config", "extensions.anything", "true"],
    "each of its trees has settings of its own": ["config", "extensions.worktreeConfig", "true"],
  };
  it.each(Object.entries(commands))("is not seen where %s", (_, command) => {
    repo.commit();
    repo.git(...command);
    expect(seen()).toBeNull();
  });

  it("is not seen below its top, in a linked tree, or where a part is missing", () => {
    repo.commit();
    mkdirSync(join(repo.root, "below"));
    expect(seen(join(repo.root, "below"))).toBeNull();
    const linked = join(outside, "linked");
    repo.git("worktree", "add", "-q", linked);
    expect(seen(linked)).toBeNull();
    for (const part of ["config", "HEAD", "refs", "objects"]) {
      expect(seen()).not.toBeNull();
      rmSync(join(repo.root, ".git", part), { recursive: true });
      expect(seen()).toBeNull();
      repo.git("init", "-q");
    }
  });

  it("is not seen where git's folder is a link", () => {
    mkdirSync(join(outside, "tree"));
    symlinkSync(join(repo.root, ".git"), join(outside, "tree/.git"));
    expect(seen(join(outside, "tree"))).toBeNull();
  });
});

describe("the repository that was foreseen is what git tells", () => {
  it("with a commit and without one, on a branch and on none", async () => {
    for (const step of [() => {}, () => repo.commit(), () => repo.git("checkout", "-q", "--detach")]) {
      step();
      const [foreseen, asked] = await bothWays(repo.root);
      expect(foreseen).toEqual(asked);
      expect(asked).toMatchObject({ root: repo.root });
    }
  });

  it("where an index is named", async () => {
    repo.commit();
    process.env["GIT_INDEX_FILE"] = join(".git", "index");
    const [foreseen, asked] = await bothWays(repo.root);
    delete process.env["GIT_INDEX_FILE"];
    expect(foreseen).toEqual(asked);
  });

  it("where the folder inside another repository only looks like one", async () => {
    repo.commit();
    const inner = join(repo.root, "inner");
    for (const folder of ["objects", "refs"]) mkdirSync(join(inner, ".git", folder), { recursive: true });
    for (const [head, settings] of [
      ["ref: refs/heads/main\n", ""],
      ["ref: refs/heads/main\n", "no settings"],
      ["nothing\n", ""],
      [`${"0".repeat(40)}\n`, ""],
    ] as const) {
      writeFileSync(join(inner, ".git/HEAD"), head);
      writeFileSync(join(inner, ".git/config"), settings);
      const [foreseen, asked] = await bothWays(inner);
      expect(foreseen).toEqual(asked);
    }
  });

  it.each(["refs/heads/HEAD", "refs/tags/HEAD"])("where nothing but %s is a commit", async (name) => {
    const commit = repo.commit();
    repo.git("update-ref", name, commit);
    repo.git("symbolic-ref", "HEAD", "refs/heads/later");
    expect(seen()).toMatchObject({ isUnborn: false });
    const [foreseen, asked] = await bothWays(repo.root);
    expect(foreseen).toEqual(asked);
  });

  it("where HEAD's commit is gone", async () => {
    repo.commit();
    rmSync(join(repo.root, ".git/objects"), { recursive: true });
    mkdirSync(join(repo.root, ".git/objects"));
    const [foreseen, asked] = await bothWays(repo.root);
    expect(foreseen).toEqual(asked);
  });
});
