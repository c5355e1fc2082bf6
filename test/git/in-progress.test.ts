import { rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reportOf } from "../e2e/aura-scan.js";
import { found, makeState, type State, secret, unread } from "./state.js";

const NOT_MERGED = "shared.py: not merged yet: resolve the conflict and git add the file";

describe("what is staged", () => {
  let state: State;
  beforeEach(async () => {
    state = await makeState();
    state.commitFiles({ "shared.py": "base\n" });
    state.git("checkout", "--quiet", "-b", "topic");
    state.commitFiles({ "shared.py": "theirs\n", "theirs.py": secret("theirs") });
    state.git("checkout", "--quiet", "main");
    state.commitFiles({ "shared.py": "ours\n" });
  });
  afterEach(() => state.remove());

  const conflict = (...words: readonly string[]) => expect(() => state.git(...words)).toThrow();
  const staged = () => state.scan("--staged");

  describe("while a merge is on", () => {
    it("is incomplete until its conflicts are resolved", async () => {
      conflict("merge", "topic");
      const report = await staged();
      expect(report.verdict).toBe("incomplete");
      expect(unread(report)).toEqual([NOT_MERGED]);
    });

    it("is what the merge itself adds, not what the other side committed", async () => {
      conflict("merge", "topic");
      state.stage({ "shared.py": "both\n" });
      expect(await staged()).toMatchObject({ verdict: "allow", scanned: { files: 1 } });
      state.stage({ "theirs.py": `${secret("theirs")}${secret("mine")}`, "new.py": secret("new") });
      expect(found(await staged())).toEqual(["new.py:1", "theirs.py:2"]);
      const merged = state.commit();
      expect(found(await state.scan("--range", merged))).toEqual(["new.py:1", "theirs.py:2"]);
    });

    it("is nothing where the merge only joins, of two and of three", async () => {
      state.git("merge", "--quiet", "--no-commit", "-X", "ours", "topic");
      expect((await staged()).reasons).toEqual(["Nothing to look at: no new content is staged"]);
      state.git("merge", "--abort");
      for (const name of ["a", "b"]) {
        state.git("checkout", "--quiet", "-b", name, "main");
        state.commitFiles({ [`${name}.py`]: secret(name) });
      }
      state.git("checkout", "--quiet", "main");
      state.commitFiles({ "c.py": "c\n" });
      state.git("merge", "--quiet", "--no-commit", "a", "b");
      expect((await staged()).reasons).toEqual(["Nothing to look at: no new content is staged"]);
    });

    it("is everything with --squash, whose commit has no other parent", async () => {
      state.git("merge", "--quiet", "--squash", "-X", "ours", "topic");
      expect(found(await staged())).toEqual(["theirs.py:1"]);
    });

    it("counts all that differs from HEAD where MERGE_HEAD is not git's", async () => {
      state.stage({ "new.py": secret() });
      state.write(".git/MERGE_HEAD", `${state.git("write-tree")}\nHEAD\n`);
      expect(found(await staged())).toEqual(["new.py:1"]);
    });

    it("is what it itself adds in a linked worktree, whose merge is its own", async () => {
      const tree = `${state.root}-tree`;
      try {
        state.git("worktree", "add", "--quiet", "-b", "linked", tree, "main");
        expect(() => state.gitWith({ cwd: tree }, "merge", "topic")).toThrow();
        writeFileSync(`${tree}/shared.py`, secret("mine"));
        state.gitWith({ cwd: tree }, "add", "shared.py");
        expect(found(await reportOf(tree, ["--staged"]))).toEqual(["shared.py:1"]);
        state.stage({ "theirs.py": secret("theirs") });
        expect(found(await staged())).toEqual(["theirs.py:1"]);
      } finally {
        rmSync(tree, { recursive: true, force: true });
      }
    });
  });

  it("while a cherry-pick is on is all that it brings to this branch", async () => {
    conflict("cherry-pick", "topic");
    const report = await staged();
    expect(found(report)).toEqual(["theirs.py:1"]);
    expect(unread(report)).toEqual([NOT_MERGED]);
    state.stage({ "shared.py": "both\n", "theirs.py": null });
    expect(await staged()).toMatchObject({ verdict: "allow" });
  });

  it("while a rebase is on is what the commit to be made holds", async () => {
    state.git("checkout", "--quiet", "topic");
    conflict("rebase", "main");
    expect(unread(await staged())).toEqual([NOT_MERGED]);
    state.stage({ "shared.py": secret("mine") });
    expect(found(await staged())).toEqual(["shared.py:1", "theirs.py:1"]);
  });

  it("while a revert is on is what comes back", async () => {
    state.commitFiles({ "old.py": secret("old"), "shared.py": "1\n" });
    state.commitFiles({ "old.py": null, "shared.py": "2\n" });
    state.commitFiles({ "shared.py": "3\n" });
    conflict("revert", "--no-edit", "HEAD~1");
    state.stage({ "shared.py": "4\n" });
    expect(found(await staged())).toEqual(["old.py:1"]);
  });

  it("while git am waits is what the patch brought", async () => {
    const patch = state.git("format-patch", "--stdout", "-1", "topic");
    expect(() => state.gitWith({ input: `${patch}\n` }, "am", "--3way")).toThrow();
    state.stage({ "shared.py": "both\n" });
    expect(found(await staged())).toEqual(["theirs.py:1"]);
  });

  it("after a stash was put back is what the index holds", async () => {
    state.stage({ "stashed.py": secret("stashed") });
    state.git("stash", "--quiet");
    expect((await staged()).reasons[0]).toContain("Nothing to look at");
    state.git("stash", "pop", "--quiet", "--index");
    expect(found(await staged())).toEqual(["stashed.py:1"]);
  });

  it("while a bisect is on is held against the commit that is tried", async () => {
    state.git("bisect", "start", "HEAD", "HEAD~1");
    state.git("checkout", "--quiet", "--detach", "HEAD~1");
    state.stage({ "try.py": secret("try") });
    expect(found(await staged())).toEqual(["try.py:1"]);
  });
});
