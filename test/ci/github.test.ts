import { describe, expect, it } from "vitest";
import { githubPlan } from "../../src/ci/github.js";
import type { Plan } from "../../src/ci/plan.js";
import { planOf } from "../../src/ci/plan-of.js";
import { BASE, HEAD, MERGE, OLD, planWords, ZERO } from "./plans.js";

const SHA = { GITHUB_ACTIONS: "true", GITHUB_SHA: MERGE };
const WHOLE = "actions/checkout needs with: { fetch-depth: 0 }";

const request = {
  number: 7,
  base: { ref: "main", sha: BASE, repo: { full_name: "aura/app" } },
  head: { ref: "topic", sha: HEAD, repo: { full_name: "stranger/app" } },
};
const repository = { default_branch: "main" };
const push = (more: object) => ({ ref: "refs/heads/topic", before: OLD, after: MERGE, repository, ...more });

type Row = readonly [title: string, event: string, payload: unknown, words: string];

describe("what GitHub Actions says", () => {
  const rows: readonly Row[] = [
    [
      "a pull request is the merge that GitHub made, against its first parent, else the target",
      "pull_request",
      { action: "opened", pull_request: request },
      `pull request 7 | ${MERGE} ${HEAD} | ^1(${HEAD}) refs/remotes/origin/main ${BASE} | | incomplete`,
    ],
    [
      "a review of a pull request is about the same commits",
      "pull_request_review",
      { pull_request: request },
      `pull request 7 | ${MERGE} ${HEAD} | ^1(${HEAD}) refs/remotes/origin/main ${BASE} | | incomplete`,
    ],
    [
      "in pull_request_target GITHUB_SHA is the target, and never what is judged",
      "pull_request_target",
      { pull_request: request },
      `pull request 7 | ${HEAD} | refs/remotes/origin/main ${BASE} | | incomplete`,
    ],
    [
      "a group of the merge queue is judged against the group before it",
      "merge_group",
      { merge_group: { head_sha: HEAD, base_sha: BASE, base_ref: "refs/heads/main" } },
      `a group of the merge queue | ${HEAD} ${MERGE} | ${BASE} refs/remotes/origin/main | | incomplete`,
    ],
    [
      "a push is judged against what was there before, and what the default branch has is not new",
      "push",
      push({}),
      `push to topic | ${MERGE} ${MERGE} | ${OLD} refs/remotes/origin/main | refs/remotes/origin/main | all commits`,
    ],
    [
      "the default branch is not judged against itself",
      "push",
      push({ ref: "refs/heads/main" }),
      `push to main | ${MERGE} ${MERGE} | ${OLD} | | all commits`,
    ],
    [
      "a new branch has zeros before it",
      "push",
      push({ before: ZERO, created: true }),
      `push to topic | ${MERGE} ${MERGE} | refs/remotes/origin/main | refs/remotes/origin/main | all commits`,
    ],
    [
      "the first push of all has nothing to be compared with",
      "push",
      push({ ref: "refs/heads/main", before: ZERO, created: true }),
      `push to main | ${MERGE} ${MERGE} | | | all commits`,
    ],
    [
      "a forced push says so",
      "push",
      push({ forced: true }),
      `forced push to topic | ${MERGE} ${MERGE} | ${OLD} refs/remotes/origin/main | refs/remotes/origin/main | all commits`,
    ],
    [
      "a deletion brings nothing: what is there is read",
      "push",
      push({ deleted: true, after: ZERO }),
      `push to topic | ${MERGE} | | | files`,
    ],
    [
      "a tag is judged against the default branch, for its object may be no commit",
      "push",
      push({ ref: "refs/tags/v1", before: ZERO, created: true, after: HEAD }),
      `push of the tag v1 | ${MERGE} ${HEAD} | refs/remotes/origin/main | refs/remotes/origin/main | all commits`,
    ],
    ["a schedule brings nothing", "schedule", {}, `schedule | ${MERGE} HEAD | | | files`],
    [
      "nor does what somebody started by hand",
      "workflow_dispatch",
      { inputs: {} },
      `workflow_dispatch | ${MERGE} HEAD | | | files`,
    ],
  ];
  it.each(rows)("%s", (_title, event, payload, words) => {
    expect(planWords(githubPlan({ ...SHA, GITHUB_EVENT_NAME: event }, payload))).toBe(words);
  });

  it.each([null, [], "text", 7, { pull_request: "x", merge_group: 1 }])(
    "an event's file that holds %j lets nothing pass by guess",
    (payload) => {
      for (const event of ["pull_request", "pull_request_target", "merge_group"]) {
        const plan = githubPlan({ ...SHA, GITHUB_EVENT_NAME: event }, payload);
        expect(plan.otherwise).toBe("incomplete");
        expect(plan.why).toContain("GITHUB_EVENT_PATH");
      }
    },
  );

  it("without the event's file, a pull request's target and number are still known", () => {
    const more = { GITHUB_BASE_REF: "release/2", GITHUB_REF: "refs/pull/9/merge" };
    expect(planWords(githubPlan({ ...SHA, ...more, GITHUB_EVENT_NAME: "pull_request" }, null))).toBe(
      `pull request 9 | ${MERGE} | refs/remotes/origin/release/2 | | incomplete`,
    );
  });

  it("without the event's file, a push is incomplete", () => {
    const plan = githubPlan({ ...SHA, GITHUB_EVENT_NAME: "push" }, null);
    expect([plan.otherwise, plan.why]).toEqual([
      "incomplete",
      "GITHUB_EVENT_PATH names no file that can be read as an event",
    ]);
  });

  it.each(["push", "create", "pull_request", "pull_request_target", "merge_group"])(
    "without the event's file, a deeper clone is not what %s needs",
    (event) => {
      const surroundings = { ...SHA, GITHUB_EVENT_NAME: event };
      const plan = githubPlan(surroundings, null);
      expect(plan.otherwise).toBe("incomplete");
      expect(plan.remedy.missing).toContain("GITHUB_EVENT_PATH");
      expect(plan.remedy.missing).not.toContain("fetch-depth");
      expect(plan.remedy.shallow).toContain("GITHUB_EVENT_PATH");
      expect(planOf(surroundings, null, { base: "x" }).remedy.missing).not.toContain("GITHUB_EVENT_PATH");
    },
  );

  it("a new branch or tag is what the default branch does not have", () => {
    const main = "refs/remotes/origin/main";
    const words = (ref: string, payload: object) =>
      planWords(
        githubPlan({ ...SHA, GITHUB_EVENT_NAME: "create", GITHUB_REF: ref }, { repository, ...payload }),
      );
    expect(words("refs/heads/a/b", { ref: "a/b", ref_type: "branch" })).toBe(
      `the new branch a/b | ${MERGE} | ${main} | ${main} | all commits`,
    );
    expect(words("refs/tags/main", { ref: "main", ref_type: "tag" })).toBe(
      `the new tag main | ${MERGE} | ${main} | ${main} | all commits`,
    );
    expect(words("refs/heads/main", { ref: "main", ref_type: "branch" })).toBe(
      `the new branch main | ${MERGE} | | | all commits`,
    );
  });

  it.each(["main^{/x}", "--upload-pack=x", "a..b", "a b", "a@{1}", "a\nb", ".x", "x/", 7, "", null])(
    "a branch named %j is never asked of git",
    (name) => {
      const payload = push({ repository: { default_branch: name }, before: ZERO });
      expect(githubPlan({ ...SHA, GITHUB_EVENT_NAME: "push" }, payload).against).toEqual([]);
    },
  );

  it.each(["", "HEAD", "main", "--all", OLD.slice(1), `${OLD}\n`, OLD.toUpperCase(), 7, null, {}])(
    "%j is no id, and is not asked of git",
    (before) => {
      const payload = push({ ref: "refs/heads/main", before });
      expect(githubPlan({ ...SHA, GITHUB_EVENT_NAME: "push" }, payload).against).toEqual([]);
    },
  );

  it("ids of SHA-256 repositories are ids", () => {
    const before = "ab".repeat(32);
    const payload = push({ ref: "refs/heads/main", before });
    expect(githubPlan({ ...SHA, GITHUB_EVENT_NAME: "push" }, payload).against).toMatchObject([
      { revision: before },
    ]);
  });

  it("tells which line brings what is missing", () => {
    const remedyOf = (event: string): Plan["remedy"] =>
      githubPlan({ ...SHA, GITHUB_EVENT_NAME: event }, { pull_request: request }).remedy;
    expect(remedyOf("pull_request")).toEqual({ shallow: WHOLE, missing: WHOLE });
    expect(remedyOf("pull_request_target").shallow).toBe(
      "after actions/checkout with fetch-depth: 0, run: git fetch origin refs/pull/7/head",
    );
  });

  it("--base is what everything is compared with", () => {
    const plan = planOf({ ...SHA, GITHUB_EVENT_NAME: "push" }, push({ before: ZERO }), {
      base: "origin/next",
    });
    expect(planWords(plan)).toBe(`push to topic | ${MERGE} ${MERGE} | origin/next | | incomplete`);
  });
});
