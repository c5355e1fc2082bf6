import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auraScan } from "../e2e/aura-scan.js";
import { temporaryFolder } from "../repository.js";
import { found, foundIn, makeState, type State, secret } from "./state.js";

/** Two branches that part at their first commit: `left` brings l1 and l2, `right` brings r. */
function fork(state: State): Readonly<Record<"base" | "l1" | "l2" | "r", string>> {
  const base = state.commitFiles({ "base.py": secret("base") });
  state.git("checkout", "--quiet", "-b", "left");
  const l1 = state.commitFiles({ "l1.py": secret("l1") });
  const l2 = state.commitFiles({ "l1.py": null, "l2.py": secret("l2") });
  state.git("checkout", "--quiet", "-b", "right", base);
  const r = state.commitFiles({ "r.py": secret("r") });
  state.git("tag", "--annotate", "-m", "a tag", "v1", l1);
  state.git("tag", "--annotate", "-m", "a tag of a tag", "v1-again", "v1");
  return { base, l1, l2, r };
}

describe("--range and --branch", () => {
  let state: State;
  let commits: ReturnType<typeof fork>;
  beforeAll(async () => {
    state = await makeState();
    commits = fork(state);
  });
  afterAll(() => state.remove());

  const L1 = "l1.py:1 by 1";
  const L2 = "l2.py:1 by 2";
  const R = "r.py:1 by 3";
  it.each([
    ["A..B: what B reaches and A does not", ["--range", "main..left"], [L1, L2]],
    ["a secret that a later commit took away again", ["--range", "left~2..left~1"], [L1]],
    ["A..B between branches that part: only B's side", ["--range", "right..left"], [L1, L2]],
    ["A...B: what only one of them reaches", ["--range", "left...right"], [L1, L2, R]],
    ["..B: from HEAD", ["--range", "..left"], [L1, L2]],
    ["A..: up to HEAD", ["--range", "left.."], [R]],
    ["a single revision: that commit alone", ["--range", "left"], [L2]],
    ["a single commit that is the first of all", ["--range", "main"], ["base.py:1 by 0"]],
    ["an annotated tag, and a tag of a tag", ["--range", "main..v1", "--range=v1..v1-again"], [L1]],
    [
      "several ranges, each content once",
      ["--range", "main..left", "--range", "left~1", "--range=right"],
      [L1, L2, R],
    ],
    ["expressions of git", ["--range", "left^{/a commit}^..left@{0}"], [L2]],
    ["--branch: all that it reaches", ["--branch", "right"], ["base.py:1 by 0", R]],
    [
      "--branch: several of them",
      ["--branch", "refs/heads/right", "--branch=left"],
      ["base.py:1 by 0", L1, L2, R],
    ],
    [
      "--branch with --since: its commits of that time",
      ["--branch", "left", "--since", "1d"],
      ["base.py:1 by 0", L1, L2],
    ],
  ])("reads %s", async (_what, words, expected) => {
    const { base, l1, l2, r } = commits;
    const report = await state.scan(...words);
    expect(foundIn(report, base, l1, l2, r)).toEqual(expected);
    expect(report).toMatchObject({ mode: words.includes("--since") ? "since" : "range", verdict: "block" });
  });

  it("leaves --since without --branch as it was: every ref", async () => {
    expect(found(await state.scan("--since", "1d"))).toEqual(["base.py:1", "l1.py:1", "l2.py:1", "r.py:1"]);
  });

  const KEY = "sk-pasted-by-mistake";
  it.each([
    [3, ["--range", `${KEY}..main`], "before the dots"],
    [3, ["--range", `main..${KEY}`], "behind the dots"],
    [3, ["--range", `${"0".repeat(40)}..main`], "before the dots"],
    [3, ["--range", KEY], "no commit"],
    [3, ["--range", "main^{tree}"], "no commit"],
    [3, ["--range=--all..main"], "before the dots"],
    [3, ["--branch", KEY], "no branch"],
    [3, ["--branch", "v1"], "no branch"],
    [2, ["--range", ".."], "both ends"],
    [2, ["--range", "..."], "both ends"],
    [2, ["--range", ""], "nothing is named"],
    [2, ["--branch", ""], "nothing is named"],
    [2, ["--range"], "--range needs a value"],
    [2, ["--range", "main", "--branch", "left"], "leave one out"],
    [2, ["--range", "main", "--since", "1d"], "leave one out"],
    [2, ["--range", "main", "--all"], "looks at commits"],
    [2, ["--range", "main", "--staged"], "looks at commits"],
    [2, ["--branch", "main", "base.py"], "looks at commits"],
  ])("is refused with %i for %j, and nothing typed is repeated", async (code, words, said) => {
    const run = await state.run(...words);
    expect(run).toMatchObject({ code, out: "", err: expect.stringContaining(said) });
    expect(run.err).not.toContain(KEY);
  });

  it("is wrong usage outside of a repository", async () => {
    const folder = temporaryFolder();
    expect(await auraScan(folder, ["--range", "a..b"])).toMatchObject({ code: 2 });
  });

  it("is told in every format", async () => {
    const run = await state.run("--range", "main..left", "--report", "sarif");
    expect(JSON.parse(run.out).runs[0].results).toHaveLength(2);
    expect((await state.run("--range", "main..left")).out).toMatch(/2 commits/);
  });
});

describe("a range of commits", () => {
  let state: State;
  beforeEach(async () => {
    state = await makeState();
  });
  afterEach(() => state.remove());

  it("names a branch of a remote by its short name where only one remote has it", async () => {
    fork(state);
    state.git("update-ref", "refs/remotes/origin/topic", "left");
    state.git("remote", "add", "origin", ".");
    for (const name of ["topic", "origin/topic", "refs/remotes/origin/topic"])
      expect(found(await state.scan("--branch", name)), name).toContain("l2.py:1");
    state.git("remote", "add", "fork", ".");
    state.git("update-ref", "refs/remotes/fork/topic", "right");
    const run = await state.run("--branch", "topic");
    expect(run).toMatchObject({ code: 2, err: expect.stringContaining("several remotes") });
  });

  it("joins what has no common history", async () => {
    fork(state);
    state.git("checkout", "--quiet", "--orphan", "other");
    state.git("rm", "-r", "--quiet", "--force", ".");
    state.commitFiles({ "o.py": secret("o") });
    expect(found(await state.scan("--range", "right..other"))).toEqual(["o.py:1"]);
    expect(found(await state.scan("--range", "right...other"))).toEqual(["base.py:1", "o.py:1", "r.py:1"]);
  });

  it("that holds no commit says so, and when its ends were exchanged", async () => {
    fork(state);
    expect(await state.scan("--range", "left..left")).toMatchObject({
      verdict: "allow",
      reasons: ["Nothing to look at: there is no commit in that range"],
    });
    expect((await state.scan("--range", "left..main")).reasons).toEqual([
      "Nothing to look at: there is no commit in that range; with its ends exchanged there would be 2",
    ]);
  });

  it("whose commits bring nothing says so", async () => {
    fork(state);
    state.commit("empty");
    state.git("rm", "--quiet", "r.py");
    state.commit("deletes");
    expect((await state.scan("--range", "HEAD~2..HEAD")).reasons).toEqual([
      "Nothing to look at: those commits brought no new content",
    ]);
  });

  it("knows a branch that has no commit yet", async () => {
    expect((await state.scan("--branch", "main")).reasons[0]).toContain("Nothing to look at");
  });

  it("lets no allow count that its own commits brought, where new allows are refused", async () => {
    const refuse = '[scan]\nnew_allows = "refuse"\n';
    state.commitFiles({ ".aura/live.toml": refuse });
    const allow = '[[scan.allow]]\npath = "pay.py"\nreason = "mine"\n';
    state.commitFiles({ ".aura/live.toml": refuse + allow, "pay.py": secret() });
    expect(await state.scan("--range", "HEAD~1..HEAD")).toMatchObject({ verdict: "block" });
    expect(await state.scan("--range", "HEAD")).toMatchObject({ verdict: "block" });
    state.commitFiles({ "pay.py": `${secret()}${secret("b")}` });
    expect(await state.scan("--range", "HEAD~1..HEAD")).toMatchObject({ verdict: "allow" });
  });
});
