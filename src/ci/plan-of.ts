import { azurePlan } from "./azure.js";
import { githubPlan, REMEDY, REMEDY_EVENT } from "./github.js";
import { gitlabPlan } from "./gitlab.js";
import { jenkinsPlan } from "./jenkins.js";
import { type Plan, type Surroundings, told } from "./plan.js";

/** What was typed: what everything is compared with, whatever the system says. */
export type Asked = { readonly base: string | null };

/** Whether GitHub Actions runs this; then there is a payload to be read. */
export function isGithub(surroundings: Surroundings): boolean {
  return told(surroundings, "GITHUB_ACTIONS") === "true";
}

/** What the CI system says that this run is about; the payload is GitHub's alone. Pure. */
export function planOf(surroundings: Surroundings, payload: unknown, { base }: Asked): Plan {
  const plan = systemPlan(surroundings, payload);
  if (base === null) return plan;
  return {
    ...plan,
    against: [{ kind: "commit", revision: base, words: "what --base names" }],
    besides: [],
    otherwise: "incomplete",
    why: "what --base names is not here",
    // What the event would have told is not asked for any more.
    remedy: plan.remedy === REMEDY_EVENT ? REMEDY : plan.remedy,
  };
}

function systemPlan(surroundings: Surroundings, payload: unknown): Plan {
  if (isGithub(surroundings)) return githubPlan(surroundings, payload);
  if (told(surroundings, "GITLAB_CI") !== null) return gitlabPlan(surroundings);
  if (told(surroundings, "TF_BUILD") !== null) return azurePlan(surroundings);
  if (told(surroundings, "JENKINS_URL") !== null) return jenkinsPlan(surroundings);
  return {
    system: "git",
    about: "no CI system that is known",
    tips: [{ revision: "HEAD", words: "HEAD" }],
    against: [{ kind: "branch", revision: "@{upstream}", words: "its upstream" }],
    besides: [],
    otherwise: "all commits",
    why: "HEAD has no upstream (--base REF says what to compare with)",
    remedy: { shallow: "git fetch --unshallow", missing: "git fetch, so that it is here" },
  };
}
