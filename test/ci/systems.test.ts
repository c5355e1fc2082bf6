import { describe, expect, it } from "vitest";
import type { Surroundings } from "../../src/ci/plan.js";
import { planOf } from "../../src/ci/plan-of.js";
import { BASE, HEAD, MERGE, OLD, planWords, ZERO } from "./plans.js";

type Row = readonly [title: string, surroundings: Surroundings, words: string];

const MAIN = "refs/remotes/origin/main";
const planOfSystem = (surroundings: Surroundings) => planOf(surroundings, null, { base: null });

describe("what GitLab CI says", () => {
  const gitlab = { GITLAB_CI: "true", CI_COMMIT_SHA: HEAD, CI_DEFAULT_BRANCH: "main" };
  const request = {
    ...gitlab,
    CI_PIPELINE_SOURCE: "merge_request_event",
    CI_MERGE_REQUEST_IID: "7",
    CI_MERGE_REQUEST_DIFF_BASE_SHA: BASE,
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
    CI_COMMIT_BEFORE_SHA: ZERO,
  };
  const branch = { ...gitlab, CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "topic" };
  const rows: readonly Row[] = [
    [
      "a merge request begins at its base",
      request,
      `merge request 7 | ${HEAD} | ${BASE} ${MAIN} | | incomplete`,
    ],
    [
      "a merged result and a merge train are judged against the target that GitLab merged",
      {
        ...request,
        CI_COMMIT_SHA: MERGE,
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: OLD,
        CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD,
      },
      `merge request 7 | ${MERGE} | ${OLD} ^1(${HEAD}) ${BASE} ${MAIN} | | incomplete`,
    ],
    [
      "empty variables count as unset",
      { ...request, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: "", CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: "" },
      `merge request 7 | ${HEAD} | ${BASE} ${MAIN} | | incomplete`,
    ],
    [
      "a child pipeline of a merge request is about the merge request",
      { ...request, CI_PIPELINE_SOURCE: "parent_pipeline" },
      `merge request 7 | ${HEAD} | ${BASE} ${MAIN} | | incomplete`,
    ],
    [
      "a push to a branch",
      { ...branch, CI_COMMIT_BEFORE_SHA: OLD },
      `push to topic | ${HEAD} | ${OLD} ${MAIN} | ${MAIN} | all commits`,
    ],
    [
      "a push to the default branch",
      { ...branch, CI_COMMIT_BRANCH: "main", CI_COMMIT_BEFORE_SHA: OLD },
      `push to main | ${HEAD} | ${OLD} | | all commits`,
    ],
    [
      "the first push of a branch",
      { ...branch, CI_COMMIT_BEFORE_SHA: ZERO },
      `push to topic | ${HEAD} | ${MAIN} | ${MAIN} | all commits`,
    ],
    [
      "a tag",
      { ...gitlab, CI_PIPELINE_SOURCE: "push", CI_COMMIT_TAG: "v1", CI_COMMIT_BEFORE_SHA: ZERO },
      `push of the tag v1 | ${HEAD} | ${MAIN} | ${MAIN} | all commits`,
    ],
    [
      "a schedule",
      { ...branch, CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BEFORE_SHA: ZERO },
      `a pipeline begun by schedule | ${HEAD} | | | files`,
    ],
    [
      "a pipeline that somebody began",
      { ...branch, CI_PIPELINE_SOURCE: "web", CI_COMMIT_BEFORE_SHA: ZERO },
      `a pipeline begun by web | ${HEAD} | | | files`,
    ],
    [
      "a child pipeline of a first push is not let off with the files",
      { ...branch, CI_PIPELINE_SOURCE: "parent_pipeline", CI_COMMIT_BEFORE_SHA: ZERO },
      `push to topic | ${HEAD} | ${MAIN} | ${MAIN} | all commits`,
    ],
    [
      "a pull request of another host",
      {
        ...gitlab,
        CI_PIPELINE_SOURCE: "external_pull_request_event",
        CI_EXTERNAL_PULL_REQUEST_IID: "8",
        CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME: "main",
        CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA: OLD,
      },
      `pull request 8 | ${HEAD} | ${MAIN} ${OLD} | | incomplete`,
    ],
  ];
  it.each(rows)("%s", (_title, surroundings, words) => {
    expect(planWords(planOfSystem(surroundings))).toBe(words);
  });

  it("the depth is a variable of the job", () => {
    expect(planOfSystem(request).remedy.shallow).toBe('the job needs variables: { GIT_DEPTH: "0" }');
  });
});

describe("what Azure Pipelines says", () => {
  const azure = { TF_BUILD: "True", BUILD_SOURCEVERSION: MERGE, BUILD_SOURCEBRANCH: "refs/heads/topic" };
  const request = {
    ...azure,
    BUILD_REASON: "PullRequest",
    BUILD_SOURCEBRANCH: "refs/pull/7/merge",
    SYSTEM_PULLREQUEST_PULLREQUESTID: "70",
    SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
    SYSTEM_PULLREQUEST_SOURCECOMMITID: HEAD,
  };
  const rows: readonly Row[] = [
    [
      "a pull request is the merge that Azure made",
      request,
      `pull request 70 | ${MERGE} | ^1(${HEAD}) ${MAIN} | | incomplete`,
    ],
    [
      "one of a repository on GitHub has a number and a bare target",
      { ...request, SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: "7", SYSTEM_PULLREQUEST_TARGETBRANCH: "main" },
      `pull request 7 | ${MERGE} | ^1(${HEAD}) ${MAIN} | | incomplete`,
    ],
    [
      "of a push, nothing is told that was there before",
      { ...azure, BUILD_REASON: "IndividualCI" },
      `push to topic | ${MERGE} | | | all commits`,
    ],
    [
      "nor of several at once",
      { ...azure, BUILD_REASON: "BatchedCI" },
      `push to topic | ${MERGE} | | | all commits`,
    ],
    ["a schedule", { ...azure, BUILD_REASON: "Schedule" }, `a build for Schedule | ${MERGE} | | | files`],
  ];
  it.each(rows)("%s", (_title, surroundings, words) => {
    expect(planWords(planOfSystem(surroundings))).toBe(words);
  });
});

describe("what Jenkins says", () => {
  const jenkins = { JENKINS_URL: "https://ci.example.com/", GIT_COMMIT: HEAD };
  const rows: readonly Row[] = [
    [
      "a change is what is checked out, for Jenkins merges by itself",
      { ...jenkins, CHANGE_ID: "7", CHANGE_TARGET: "main", BRANCH_NAME: "PR-7" },
      `change 7 | HEAD | ${MAIN} | | incomplete`,
    ],
    [
      "a build begins where the last successful one was, not the last one",
      {
        ...jenkins,
        BRANCH_NAME: "main",
        GIT_PREVIOUS_COMMIT: BASE,
        GIT_PREVIOUS_SUCCESSFUL_COMMIT: OLD,
      },
      `a build of main | HEAD | ${OLD} | | all commits`,
    ],
    [
      "where none was successful, all commits are read",
      { ...jenkins, BRANCH_NAME: "main", GIT_PREVIOUS_COMMIT: BASE },
      "a build of main | HEAD | | | all commits",
    ],
  ];
  it.each(rows)("%s", (_title, surroundings, words) => {
    expect(planWords(planOfSystem(surroundings))).toBe(words);
  });

  it("the target of a change is one fetch away", () => {
    const plan = planOfSystem({ ...jenkins, CHANGE_ID: "7", CHANGE_TARGET: "main" });
    expect(plan.remedy.missing).toBe("git fetch origin +refs/heads/main:refs/remotes/origin/main");
  });

  it.each(["main; rm -rf ~", "main;id", "$(id)", "--exec=id"])("%s is no part of that line", (target) => {
    const plan = planOfSystem({ ...jenkins, CHANGE_ID: "7", CHANGE_TARGET: target });
    expect(plan.remedy.missing).toBe("git fetch origin +refs/heads/TARGET:refs/remotes/origin/TARGET");
    expect(plan.otherwise).toBe("incomplete");
  });
});

describe("what is known without a CI system", () => {
  it("HEAD is judged against its upstream", () => {
    expect(planWords(planOfSystem({}))).toBe(
      "no CI system that is known | HEAD | @{upstream} | | all commits",
    );
  });

  it("or against what --base names", () => {
    expect(planWords(planOf({ CI: "true" }, null, { base: "origin/main" }))).toBe(
      "no CI system that is known | HEAD | origin/main | | incomplete",
    );
  });

  it.each([
    ["GitHub Actions", { GITHUB_ACTIONS: "true" }],
    ["GitLab CI", { GITLAB_CI: "true" }],
    ["Azure Pipelines", { TF_BUILD: "True" }],
    ["Jenkins", { JENKINS_URL: "https://ci.example.com/" }],
    ["git", { GITHUB_ACTIONS: "" }],
  ])("%s is told by its own variable", (system, surroundings) => {
    expect(planOfSystem(surroundings).system).toBe(system);
  });
});
