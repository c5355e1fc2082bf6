import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Surroundings } from "../../src/ci/plan.js";
import { isolateGit } from "../repository.js";
import { ALL_BRANCHES, type Host, makeHost } from "./checkouts.js";
import { decided, read, sorted } from "./decided.js";
import { ZERO } from "./plans.js";

let host: Host;
beforeAll(isolateGit);
beforeEach(async () => {
  host = await makeHost();
});
afterEach(() => host.remove());

describe("a push on GitHub", () => {
  const env = (sha: string): Surroundings => ({
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "push",
    GITHUB_SHA: sha,
  });
  const event = (ref: string, before: string, after: string, more: object = {}) => ({
    ref,
    before,
    after,
    repository: { default_branch: "main" },
    ...more,
  });

  it("to the default branch is what was not there before, second parents too", async () => {
    const before = host.commit({ "a.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "-b", "topic");
    const topic = host.commit({ "b.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "main");
    host.dev.git("merge", "--quiet", "--no-ff", "--no-edit", "topic");
    const after = host.dev.git("rev-parse", "HEAD");
    host.push("main");
    const clone = await host.clone(0, [ALL_BRANCHES], after);
    const decision = await decided(clone, env(after), event("refs/heads/main", before, after));
    expect(read(decision)).toEqual(sorted(topic, after));
    const shallow = await host.clone(1, [`+${after}:refs/remotes/origin/main`], after);
    expect((await decided(shallow, env(after), event("refs/heads/main", before, after))).kind).toBe(
      "incomplete",
    );
  });

  it("a new branch that `create` tells of is what the default branch does not have", async () => {
    host.commit({ "a.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "-b", "topic");
    const own = host.commit({ "b.txt": "1\n" });
    host.push("main", "topic");
    const clone = await host.clone(0, [ALL_BRANCHES], own);
    const create = { ...env(own), GITHUB_EVENT_NAME: "create", GITHUB_REF: "refs/heads/topic" };
    const decision = await decided(clone, create, { ref: "topic", repository: { default_branch: "main" } });
    expect(read(decision)).toEqual([own]);
  });

  it("a schedule whose commit is not here says which one is read instead", async () => {
    const here = host.commit({ "a.txt": "1\n" });
    host.push("main");
    const clone = await host.clone(0, [ALL_BRANCHES], here);
    const schedule = { ...env("d4".repeat(20)), GITHUB_EVENT_NAME: "schedule" };
    const decision = await decided(clone, schedule, {});
    expect(read(decision)).toBe(`files of ${here}`);
    expect(decision.line).toContain("(GITHUB_SHA d4d4d4d4d4 is not here, HEAD is read instead)");
    expect((await decided(clone, { ...schedule, GITHUB_SHA: here }, {})).line).not.toContain("instead");
  });

  it("to a branch that took over the default branch is not charged with the default branch's commits", async () => {
    host.commit({ "a.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "-b", "topic");
    const before = host.commit({ "b.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "main");
    host.commit({ "a.txt": "2\n" });
    host.dev.git("checkout", "--quiet", "topic");
    host.dev.git("merge", "--quiet", "--no-edit", "main");
    const after = host.dev.git("rev-parse", "HEAD");
    host.push("main", "topic");
    const clone = await host.clone(0, [ALL_BRANCHES], after);
    const decision = await decided(clone, env(after), event("refs/heads/topic", before, after));
    expect(read(decision)).toEqual([after]);
  });

  it("of a new branch is what the default branch does not have", async () => {
    host.commit({ "a.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "-b", "topic");
    const one = host.commit({ "b.txt": "1\n" });
    const two = host.commit({ "b.txt": null });
    host.push("main", "topic");
    const clone = await host.clone(0, [ALL_BRANCHES], two);
    const created = event("refs/heads/topic", ZERO, two, { created: true });
    expect(read(await decided(clone, env(two), created))).toEqual(sorted(one, two));
    const shallow = await host.clone(1, [`+${two}:refs/remotes/origin/topic`], two);
    expect(read(await decided(shallow, env(two), created))).toMatch(/is shallow; actions\/checkout needs/);
  });

  it("that is the first of all is all that can be reached; in a shallow clone incomplete", async () => {
    const one = host.commit({ "a.txt": "1\n" });
    const two = host.commit({ "a.txt": "2\n" });
    host.push("main");
    const created = event("refs/heads/main", ZERO, two, { created: true });
    const clone = await host.clone(0, [ALL_BRANCHES], two);
    const decision = await decided(clone, env(two), created);
    expect(read(decision)).toEqual(sorted(one, two));
    expect(decision.line).toMatch(
      /all 2 commits of [0-9a-f]{10}, for the branch is new, and nothing is there to compare it with$/,
    );
    const shallow = await host.clone(1, [`+${two}:refs/remotes/origin/main`], two);
    expect(read(await decided(shallow, env(two), created))).toMatch(
      /its commits are not all here, and this clone is shallow; actions\/checkout needs/,
    );
  });

  /** Two commits were pushed, and the second was replaced by another one. */
  const forcedPush = () => {
    const one = host.commit({ "a.txt": "1\n" });
    const old = host.commit({ "a.txt": "2\n" });
    host.push("main");
    host.dev.git("reset", "--quiet", "--hard", "HEAD~1");
    const after = host.commit({ "a.txt": "3\n" });
    host.push("--force", "main");
    return { one, old, after, forced: event("refs/heads/main", old, after, { forced: true }) };
  };

  it("that was forced is what the old tip did not have, while that is here", async () => {
    const { old, after, forced } = forcedPush();
    const clone = await host.clone(0, [ALL_BRANCHES], after);
    clone.git("fetch", "--quiet", "origin", old);
    expect(read(await decided(clone, env(after), forced))).toEqual([after]);
  });

  it("that was forced, with the old tip gone, is all that can be reached", async () => {
    const { one, after, forced } = forcedPush();
    const clone = await host.clone(0, [ALL_BRANCHES], after);
    const decision = await decided(clone, env(after), forced);
    expect(read(decision)).toEqual(sorted(one, after));
    expect(decision.line).toMatch(/forced push to main: .*for what was there before the push is gone$/);
    const shallow = await host.clone(1, [`+${after}:refs/remotes/origin/main`], after);
    expect((await decided(shallow, env(after), forced)).kind).toBe("incomplete");
  });

  it("that takes commits back brings nothing, and the files are read", async () => {
    const one = host.commit({ "a.txt": "1\n" });
    const old = host.commit({ "a.txt": "2\n" });
    host.push("main");
    host.push("--force", `${one}:refs/heads/main`);
    const clone = await host.clone(0, [ALL_BRANCHES], one);
    clone.git("fetch", "--quiet", "origin", old);
    expect(read(await decided(clone, env(one), event("refs/heads/main", old, one)))).toBe(`files of ${one}`);
  });

  it.each(["lightweight", "annotated"])(
    "of a %s tag on what the default branch has reads its files",
    async (kind) => {
      const one = host.commit({ "a.txt": "1\n" });
      host.dev.git("tag", ...(kind === "annotated" ? ["-a", "-m", "the first"] : []), "v1");
      host.push("main", "v1");
      const clone = await host.clone(0, [ALL_BRANCHES, "+refs/tags/*:refs/tags/*"], one);
      const after = host.dev.git("rev-parse", "refs/tags/v1");
      const decision = await decided(clone, env(one), event("refs/tags/v1", ZERO, after, { created: true }));
      expect(read(decision)).toBe(`files of ${one}`);
      expect(decision.line).toContain("push of the tag v1");
    },
  );

  it("of a tag beside every branch is what the default branch does not have", async () => {
    host.commit({ "a.txt": "1\n" });
    host.push("main");
    host.dev.git("checkout", "--quiet", "--detach");
    const released = host.commit({ "b.txt": "1\n" });
    host.dev.git("tag", "v1");
    host.push("v1");
    const clone = await host.clone(0, [ALL_BRANCHES, "+refs/tags/*:refs/tags/*"], released);
    const decision = await decided(clone, env(released), event("refs/tags/v1", ZERO, released));
    expect(read(decision)).toEqual([released]);
  });

  it("of a history that has nothing in common is all of that history", async () => {
    const before = host.commit({ "a.txt": "1\n" });
    host.dev.git("checkout", "--quiet", "--orphan", "pages");
    const page = host.commit({ "page.html": "<p>1</p>\n" });
    host.push("main", "pages");
    const clone = await host.clone(0, [ALL_BRANCHES], page);
    expect(read(await decided(clone, env(page), event("refs/heads/pages", before, page)))).toEqual([page]);
  });

  it("that deletes, and a schedule, read the files of what is checked out, in any clone", async () => {
    host.commit({ "a.txt": "1\n" });
    const tip = host.commit({ "a.txt": "2\n" });
    host.push("main");
    const clone = await host.clone(1, ["+refs/heads/main:refs/remotes/origin/main"], tip);
    const deleted = event("refs/heads/topic", tip, ZERO, { deleted: true });
    expect(read(await decided(clone, env(tip), deleted))).toBe(`files of ${tip}`);
    const schedule = { ...env(tip), GITHUB_EVENT_NAME: "schedule" };
    const decision = await decided(clone, schedule, {});
    expect(read(decision)).toBe(`files of ${tip}`);
    expect(decision.line).toBe(
      `GitHub Actions, schedule: the files of ${tip.slice(0, 10)}, for this event brings no commits`,
    );
  });
});
