import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isolateGit } from "../repository.js";
import { ALL_BRANCHES, type Host, makeHost } from "./checkouts.js";
import { decided, read, sorted } from "./decided.js";

let host: Host;
beforeAll(isolateGit);
beforeEach(async () => {
  host = await makeHost();
});
afterEach(() => host.remove());

describe("GitLab, Azure, Jenkins and plain git", () => {
  let start: string;
  let target: string;
  let topic: string;
  let own: readonly string[];
  beforeEach(() => {
    start = host.commit({ "a.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "-b", "topic");
    host.commit({ "b.txt": "1\n" });
    topic = host.commit({ "b.txt": "2\n" });
    host.dev.git("checkout", "--quiet", "main");
    target = host.commit({ "a.txt": "2\n" });
    host.push("main", "topic");
    own = sorted(...host.dev.git("rev-list", "main..topic").split("\n"));
  });

  it("a merge request of GitLab is exact where its depth of 20 suffices, and incomplete where not", async () => {
    const env = {
      GITLAB_CI: "true",
      CI_COMMIT_SHA: topic,
      CI_MERGE_REQUEST_IID: "7",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: start,
    };
    const refs = ["+refs/heads/topic:refs/remotes/origin/topic"];
    expect(read(await decided(await host.clone(20, refs, topic), env))).toEqual(own);
    expect(read(await decided(await host.clone(2, refs, topic), env))).toBe(
      'what is new cannot be told: its base is not here, and this clone is shallow; the job needs variables: { GIT_DEPTH: "0" }',
    );
  });

  it("a pull request of Azure is the merge that Azure made", async () => {
    host.dev.git("merge", "--quiet", "--no-edit", "topic");
    const merge = host.dev.git("rev-parse", "HEAD");
    host.push("HEAD:refs/pull/7/merge");
    const env = {
      TF_BUILD: "True",
      BUILD_REASON: "PullRequest",
      BUILD_SOURCEVERSION: merge,
      SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
      SYSTEM_PULLREQUEST_SOURCECOMMITID: topic,
    };
    const refs = ["+refs/pull/7/merge:refs/remotes/pull/7/merge"];
    expect(read(await decided(await host.clone(0, refs, merge), env))).toEqual(sorted(...own, merge));
    expect(read(await decided(await host.clone(1, refs, merge), env))).toMatch(/fetchDepth: 0/);
  });

  it("a push to Azure is all that can be reached, or what --base does not have", async () => {
    const env = { TF_BUILD: "True", BUILD_REASON: "IndividualCI", BUILD_SOURCEVERSION: topic };
    const clone = await host.clone(0, [ALL_BRANCHES], topic);
    expect(read(await decided(clone, env))).toEqual(sorted(...own, start));
    expect(read(await decided(clone, env, null, "origin/main"))).toEqual(own);
  });

  it("a change in Jenkins needs its target, and the merge that Jenkins makes is part of it", async () => {
    const env = {
      JENKINS_URL: "https://ci.example.com/",
      CHANGE_ID: "7",
      CHANGE_TARGET: "main",
      GIT_COMMIT: topic,
    };
    const clone = await host.clone(0, ["+refs/heads/topic:refs/remotes/origin/PR-7"], topic);
    expect(read(await decided(clone, env))).toBe(
      "what is new cannot be told: its target is not here; git fetch origin +refs/heads/main:refs/remotes/origin/main",
    );
    clone.git("fetch", "--quiet", "origin", "+refs/heads/main:refs/remotes/origin/main");
    expect(read(await decided(clone, env))).toEqual(own);
    clone.git("checkout", "--quiet", "--detach", target);
    clone.git("merge", "--quiet", "--no-edit", topic);
    expect(read(await decided(clone, env))).toEqual(sorted(...own, clone.git("rev-parse", "HEAD")));
  });

  it("a build in Jenkins begins at the last successful one; one that was rewritten away is not guessed", async () => {
    const env = { JENKINS_URL: "https://ci.example.com/", GIT_PREVIOUS_SUCCESSFUL_COMMIT: start };
    const clone = await host.clone(0, [ALL_BRANCHES], target);
    expect(read(await decided(clone, env))).toEqual([target]);
    const gone = { ...env, GIT_PREVIOUS_SUCCESSFUL_COMMIT: "d4".repeat(20) };
    expect(read(await decided(clone, gone))).toEqual(sorted(start, target));
  });

  it("without a CI system the upstream is what counts, and all commits where there is none", async () => {
    const clone = await host.clone(0, [ALL_BRANCHES], topic);
    expect(read(await decided(clone, {}))).toEqual(sorted(...own, start));
    clone.git("checkout", "--quiet", "-B", "topic", "--track", "origin/main");
    clone.git("reset", "--quiet", "--hard", topic);
    expect(read(await decided(clone, {}))).toEqual(own);
  });

  it("--base that is not here is incomplete, never a guess", async () => {
    const clone = await host.clone(0, ["+refs/heads/topic:refs/remotes/origin/topic"], topic);
    for (const base of ["origin/main", "--all", "no such thing", ""]) {
      const decision = await decided(clone, {}, null, base);
      expect(decision).toMatchObject({
        kind: "incomplete",
        reason: "what is new cannot be told: what --base names is not here; git fetch, so that it is here",
      });
    }
  });

  it("a repository without a commit is incomplete", async () => {
    const clone = await host.clone(0, [ALL_BRANCHES], topic);
    clone.git("checkout", "--quiet", "--orphan", "empty");
    expect(await decided(clone, {})).toMatchObject({ kind: "incomplete", tip: null });
  });
});
