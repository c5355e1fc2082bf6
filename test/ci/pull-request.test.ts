import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Surroundings } from "../../src/ci/plan.js";
import { isolateGit } from "../repository.js";
import { ALL_BRANCHES, type Host, makeHost } from "./checkouts.js";
import { decided, read, sorted } from "./decided.js";

let host: Host;
beforeAll(isolateGit);
beforeEach(async () => {
  host = await makeHost();
});
afterEach(() => host.remove());

describe("a pull request on GitHub", () => {
  let base: string;
  let first: string;
  let second: string;
  let merge: string;
  beforeEach(() => {
    host.commit({ "a.txt": "1\n" });
    base = host.commit({ "a.txt": "2\n" });
    host.push("main");
    host.dev.git("checkout", "--quiet", "-b", "topic");
    first = host.commit({ "b.txt": "1\n" });
    second = host.commit({ "b.txt": "2\n" });
    host.dev.git("checkout", "--quiet", "main");
    host.commit({ "a.txt": "3\n" });
    host.push("main", "topic", "topic:refs/pull/7/head");
    // The merge that GitHub makes.
    host.dev.git("merge", "--quiet", "--no-ff", "--no-edit", "topic");
    merge = host.dev.git("rev-parse", "HEAD");
    host.push("HEAD:refs/pull/7/merge");
    host.dev.git("reset", "--quiet", "--hard", "HEAD^1");
  });

  const MERGED = "+refs/pull/7/merge:refs/remotes/pull/7/merge";
  const env = (more: Surroundings = {}): Surroundings => ({
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_SHA: merge,
    ...more,
  });
  const payload = () => ({
    pull_request: { number: 7, base: { ref: "main", sha: base }, head: { ref: "topic", sha: second } },
  });

  it("in a whole clone is its commits and the merge itself, and nothing that main brought meanwhile", async () => {
    const clone = await host.clone(0, [ALL_BRANCHES, MERGED], merge);
    const decision = await decided(clone, env(), payload());
    expect(read(decision)).toEqual(sorted(first, second, merge));
    expect(decision.line).toMatch(
      /^GitHub Actions, pull request 7: 3 commits up to [0-9a-f]{10} that its target \([0-9a-f]{10}\) do not hold$/,
    );
  });

  it.each([1, 2, 3])("in a clone of depth %i is incomplete, with the line that deepens it", async (depth) => {
    const clone = await host.clone(depth, [MERGED], merge);
    const decision = await decided(clone, env(), payload());
    // Three deep, the first of its commits is where the clone ends: what it is based on is not here.
    expect(decision.kind).toBe("incomplete");
    expect(read(decision)).toMatch(
      /^what is new cannot be told: .*, and this clone is shallow; actions\/checkout needs with: \{ fetch-depth: 0 \}$/,
    );
  });

  it("in a clone that is just deep enough is exact", async () => {
    const clone = await host.clone(4, [MERGED], merge);
    expect(read(await decided(clone, env(), payload()))).toEqual(sorted(first, second, merge));
  });

  it("whose head alone was checked out is judged against the fetched target", async () => {
    const clone = await host.clone(0, [ALL_BRANCHES], second);
    expect(read(await decided(clone, env(), payload()))).toEqual(sorted(first, second));
  });

  it("whose author merged the target is more than that merge", async () => {
    // Some systems give the head itself for what is judged: its first parent is the author's own work.
    host.dev.git("checkout", "--quiet", "topic");
    host.dev.git("merge", "--quiet", "--no-edit", "main");
    const head = host.dev.git("rev-parse", "HEAD");
    host.push("topic");
    const clone = await host.clone(0, [ALL_BRANCHES], head);
    const request = { pull_request: { number: 7, base: { ref: "main", sha: base }, head: { sha: head } } };
    for (const event of [request, null])
      expect(read(await decided(clone, env({ GITHUB_SHA: head, GITHUB_BASE_REF: "main" }), event))).toEqual(
        sorted(first, second, head),
      );
  });

  it("whose event's file is lost is judged against the fetched target", async () => {
    const clone = await host.clone(0, [ALL_BRANCHES, MERGED], merge);
    expect(read(await decided(clone, env({ GITHUB_BASE_REF: "main" })))).toEqual(
      sorted(first, second, merge),
    );
  });

  it("of pull_request_target is incomplete until its commits were fetched; the target is never judged in its place", async () => {
    const clone = await host.clone(0, [ALL_BRANCHES], "refs/remotes/origin/main");
    clone.git("update-ref", "-d", "refs/remotes/origin/topic");
    const target = env({
      GITHUB_EVENT_NAME: "pull_request_target",
      GITHUB_SHA: clone.git("rev-parse", "HEAD"),
    });
    clone.git("reflog", "expire", "--expire=now", "--all");
    clone.git("gc", "--quiet", "--prune=now");
    expect(read(await decided(clone, target, payload()))).toBe(
      "what is new cannot be told: the pull request's head is not here; after actions/checkout with fetch-depth: 0, run: git fetch origin refs/pull/7/head",
    );
    clone.git("fetch", "--quiet", "origin", "refs/pull/7/head");
    expect(read(await decided(clone, target, payload()))).toEqual(sorted(first, second));
  });

  it("without commits of its own is never an empty range: the files are read", async () => {
    const clone = await host.clone(0, [ALL_BRANCHES], "refs/remotes/origin/main");
    const tip = clone.git("rev-parse", "HEAD");
    const request = { pull_request: { number: 7, base: { ref: "main", sha: tip }, head: { sha: tip } } };
    const decision = await decided(clone, env({ GITHUB_SHA: tip }), request);
    expect(read(decision)).toBe(`files of ${tip}`);
    expect(decision.line).toContain("holds all of its commits");
  });

  it("that is in the merge queue is judged against the group before it", async () => {
    host.dev.git("checkout", "--quiet", "-b", "queue", "main");
    const other = host.commit({ "other.txt": "of the group before\n" });
    host.dev.git("merge", "--quiet", "--no-ff", "--no-edit", "topic");
    const group = host.dev.git("rev-parse", "HEAD");
    host.push("HEAD:refs/heads/gh-readonly-queue/main/pr-7");
    const event = { merge_group: { head_sha: group, base_sha: other, base_ref: "refs/heads/main" } };
    const queued = env({ GITHUB_EVENT_NAME: "merge_group", GITHUB_SHA: group });
    const whole = await host.clone(0, [ALL_BRANCHES], group);
    expect(read(await decided(whole, queued, event))).toEqual(sorted(first, second, group));
    const shallow = await host.clone(1, [`+${group}:refs/remotes/origin/queue`], group);
    expect((await decided(shallow, queued, event)).kind).toBe("incomplete");
  });
});
