import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auraScan } from "../e2e/aura-scan.js";
import { type Bench, makeBench } from "../e2e/push-bench.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { found, makeState, secret, stateOf } from "./state.js";

/** What test/e2e/pre-push.test.ts does not hold yet: the stranger things that a push can be. */
describe("git push through the hook", () => {
  let bench: Bench;
  let repo: TestRepository;
  beforeEach(async () => {
    bench = await makeBench();
    repo = bench.repo;
    // An old secret that the remote has: whoever reads too much finds it.
    bench.commit({ "old.py": secret("old") });
    repo.git("push", "--quiet", "--no-verify", "origin", "main");
  });
  afterEach(() => bench.remove());

  const read = (...words: readonly string[]) => found(bench.push(...words).report);

  it("to a remote that is ahead reads only what is ours, before and after it is fetched", async () => {
    const other = stateOf(await makeRepository());
    other.git("pull", "--quiet", bench.remote.root, "main");
    other.commitFiles({ "theirs.py": secret("theirs") });
    other.git("push", "--quiet", bench.remote.root, "main");
    other.remove();
    bench.commit({ "ours.py": secret("ours") });
    expect(read("--force", "origin", "main")).toEqual(["ours.py:1"]);
    repo.git("fetch", "--quiet", "origin");
    repo.git("merge", "--quiet", "origin/main");
    expect(read("origin", "main")).toEqual(["ours.py:1"]);
  });

  it.each<[string, (repo: TestRepository, pub: string) => void, string]>([
    ["a pushurl", (r, pub) => r.git("config", "remote.origin.pushurl", pub), "origin"],
    [
      "pushInsteadOf",
      (r, pub) => r.git("config", `url.${pub}.pushInsteadOf`, r.git("config", "remote.origin.url")),
      "origin",
    ],
    ["a URL", () => undefined, "PUB"],
  ])("to another repository than is fetched from, by %s, reads what that one has not", async (_, set, to) => {
    const pub = await makeRepository("--bare");
    set(repo, pub.root);
    bench.commit({ "new.py": secret("new") });
    const remote = to === "PUB" ? pub.root : to;
    expect(read(remote, "main")).toEqual(["new.py:1", "old.py:1"]);
    repo.git("push", "--quiet", "--no-verify", remote, "main");
    bench.commit({ "newer.py": secret("newer") });
    expect(read(remote, "main")).toEqual(["newer.py:1"]);
    pub.remove();
  });

  it("of a branch without common history reads all of that branch", () => {
    repo.git("checkout", "--quiet", "--orphan", "other");
    repo.git("rm", "-r", "--quiet", "--force", ".");
    bench.commit({ "alone.py": secret("alone") });
    expect(read("origin", "other")).toEqual(["alone.py:1"]);
    expect(read("--force", "origin", "other:main")).toEqual(["alone.py:1"]);
  });

  it("of a part of a branch reads that part", () => {
    bench.commit({ "first.py": secret("first") });
    bench.commit({ "second.py": secret("second") });
    expect(read("origin", "HEAD~1:refs/heads/part")).toEqual(["first.py:1"]);
  });

  it("of a detached HEAD, by its id, and of a branch with an odd name is read", () => {
    repo.git("checkout", "--quiet", "--detach");
    const id = bench.commit({ "new.py": secret("new") });
    repo.git("branch", "fürst/#1'$(x)");
    for (const source of ["HEAD:refs/heads/x", `${id}:refs/heads/x`, "fürst/#1'$(x)"])
      expect(read("origin", source), source).toEqual(["new.py:1"]);
  });

  it("that deletes one ref and updates another reads the other", () => {
    repo.git("push", "--quiet", "--no-verify", "origin", "main:gone", "main:refs/tags/gone");
    bench.commit({ "new.py": secret("new") });
    expect(read("origin", ":refs/heads/gone", ":refs/tags/gone", "main")).toEqual(["new.py:1"]);
  });

  it("of tags reads the commits that only they reach: plain, annotated, of a tag", () => {
    repo.git("checkout", "--quiet", "--detach");
    bench.commit({ "plain.py": secret("plain") });
    repo.git("tag", "plain");
    bench.commit({ "noted.py": secret("noted") });
    repo.git("tag", "--annotate", "-m", "x", "noted");
    bench.commit({ "twice.py": secret("twice") });
    repo.git("tag", "--annotate", "-m", "x", "once");
    repo.git("tag", "--annotate", "-m", "x", "twice", "once");
    repo.git("checkout", "--quiet", "main");
    expect(read("origin", "plain")).toEqual(["plain.py:1"]);
    expect(read("origin", "noted")).toEqual(["noted.py:1", "plain.py:1"]);
    expect(read("--tags", "origin")).toEqual(["noted.py:1", "plain.py:1", "twice.py:1"]);
  });

  it("of everything, by --all, --mirror and --follow-tags, reads every new ref once", () => {
    repo.git("checkout", "--quiet", "-b", "topic");
    bench.commit({ "topic.py": secret("topic") });
    repo.git("branch", "same");
    repo.git("checkout", "--quiet", "main");
    bench.commit({ "main.py": secret("main") });
    repo.git("tag", "--annotate", "-m", "x", "v1");
    expect(read("--all", "origin")).toEqual(["main.py:1", "topic.py:1"]);
    expect(read("--follow-tags", "origin", "main")).toEqual(["main.py:1"]);
    repo.git("update-ref", "refs/odd/place", "topic");
    expect(read("--mirror", "origin")).toEqual(["main.py:1", "topic.py:1"]);
  });

  it("of notes reads what they say", () => {
    repo.git("notes", "add", "-m", secret("note"));
    expect(read("origin", "refs/notes/commits")).toHaveLength(1);
  });

  it("of the stash reads what lies in it", () => {
    repo.write("old.py", secret("stashed"));
    repo.git("stash", "--quiet");
    expect(read("origin", "refs/stash:refs/heads/kept")).toEqual(["old.py:1"]);
  });

  it("to a second remote reads what that one has not", async () => {
    const second = await makeRepository("--bare");
    repo.git("remote", "add", "second", second.root);
    expect(read("second", "main")).toEqual(["old.py:1"]);
    repo.git("push", "--quiet", "--no-verify", "second", "main");
    bench.commit({ "new.py": secret("new") });
    expect(read("second", "main:refs/heads/more")).toEqual(["new.py:1"]);
    second.remove();
  });

  it("that only tries, with --dry-run, is read like a real one", () => {
    bench.commit({ "new.py": secret("new") });
    expect(read("--dry-run", "origin", "main")).toEqual(["new.py:1"]);
  });

  it("in a clone of which refs are packed is told what the remote has", () => {
    repo.git("pack-refs", "--all");
    repo.git("gc", "--quiet");
    bench.commit({ "new.py": secret("new") });
    expect(read("origin", "main:refs/heads/fresh")).toEqual(["new.py:1"]);
  });
});

describe("aura-scan pre-push under pre-commit.com, which hands on no lines", () => {
  it.each([
    ["the range that it names", { PRE_COMMIT_FROM_REF: "HEAD~1", PRE_COMMIT_TO_REF: "HEAD" }, ["new.py:1"]],
    [
      "what the remote has not",
      { PRE_COMMIT_REMOTE_NAME: "origin", PRE_COMMIT_LOCAL_BRANCH: "refs/heads/main" },
      ["new.py:1"],
    ],
    [
      "everything, where the remote's commit is unknown",
      { PRE_COMMIT_FROM_REF: "1".repeat(40), PRE_COMMIT_TO_REF: "main" },
      ["new.py:1", "old.py:1"],
    ],
  ])("reads %s", async (_what, variables, expected) => {
    const state = await makeState();
    state.git("remote", "add", "origin", "/nowhere");
    state.git("update-ref", "refs/remotes/origin/main", state.commitFiles({ "old.py": secret("old") }));
    state.commitFiles({ "new.py": secret("new") });
    const env = { PRE_COMMIT: "1", ...variables };
    const run = await auraScan(state.root, ["pre-push", "--report", "json"], { env });
    expect(found(JSON.parse(run.out))).toEqual(expected);
    const lost = await auraScan(state.root, ["pre-push"], { env: { ...env, PRE_COMMIT_TO_REF: "nope" } });
    expect(lost).toMatchObject({ code: 3 });
    state.remove();
  });
});
