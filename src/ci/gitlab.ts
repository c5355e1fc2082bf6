import { commits, fetchedBranch, mergeOf, type Plan, pushed, type Surroundings, told } from "./plan.js";

const SYSTEM = "GitLab CI";
const WHOLE = 'the job needs variables: { GIT_DEPTH: "0" }';
const REMEDY = { shallow: WHOLE, missing: WHOLE };

/** Pipelines that a push began, as itself or through another pipeline. */
const BY_A_PUSH = ["push", "pipeline", "parent_pipeline"];

/** What GitLab CI says. https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function gitlabPlan(surroundings: Surroundings): Plan {
  const said = (name: string) => told(surroundings, name);
  const common = {
    system: SYSTEM,
    tips: commits(surroundings["CI_COMMIT_SHA"], "CI_COMMIT_SHA"),
    remedy: REMEDY,
  };
  const request = said("CI_MERGE_REQUEST_IID");
  if (request !== null || said("CI_MERGE_REQUEST_DIFF_BASE_SHA") !== null) {
    const source = commits(surroundings["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"], "the source branch");
    return {
      ...common,
      about: request === null ? "a merge request" : `merge request ${request}`,
      against: [
        // Set where GitLab merged the request for the pipeline, and in merge trains; there the target is the train before.
        ...commits(surroundings["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"], "the target branch"),
        ...source.map(({ revision }) => mergeOf(revision)),
        ...commits(surroundings["CI_MERGE_REQUEST_DIFF_BASE_SHA"], "the merge request's base"),
        ...fetchedBranch(said("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")),
      ],
      besides: [],
      otherwise: "incomplete",
      why: "its base is not here",
    };
  }
  const external = said("CI_EXTERNAL_PULL_REQUEST_IID");
  if (external !== null) {
    return {
      ...common,
      about: `pull request ${external}`,
      against: [
        ...fetchedBranch(said("CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME")),
        ...commits(surroundings["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"], "the target branch"),
      ],
      besides: [],
      otherwise: "incomplete",
      why: "its target is not here",
    };
  }
  return pushPlan(surroundings, common);
}

function pushPlan(surroundings: Surroundings, common: Pick<Plan, "system" | "tips" | "remedy">): Plan {
  const source = told(surroundings, "CI_PIPELINE_SOURCE") ?? "push";
  // Zeros for a new ref, and in pipelines that somebody or a schedule began.
  const before = commits(surroundings["CI_COMMIT_BEFORE_SHA"], "what was there before the push");
  if (before.length === 0 && !BY_A_PUSH.includes(source))
    return {
      ...common,
      about: `a pipeline begun by ${source}`,
      against: [],
      besides: [],
      otherwise: "files",
      why: "such a pipeline brings no commits",
    };
  const tag = told(surroundings, "CI_COMMIT_TAG");
  const branch = told(surroundings, "CI_COMMIT_BRANCH") ?? told(surroundings, "CI_COMMIT_REF_NAME");
  const fallback = told(surroundings, "CI_DEFAULT_BRANCH");
  const main = tag === null && branch === fallback ? [] : fetchedBranch(fallback);
  return {
    ...common,
    about: tag !== null ? `push of the tag ${tag}` : branch === null ? "a push" : `push to ${branch}`,
    ...pushed(tag === null ? "branch" : "tag", before, main),
  };
}
