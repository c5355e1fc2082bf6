import {
  branchName,
  commits,
  fetchedBranch,
  idIn,
  mergeOf,
  type Plan,
  type Surroundings,
  told,
} from "./plan.js";

const WHOLE = "the job's steps need - { checkout: self, fetchDepth: 0 }";

/** Builds that a push began. Azure tells nothing of what was there before it. */
const BY_A_PUSH = ["IndividualCI", "BatchedCI"];

/** What Azure Pipelines says. https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables */
export function azurePlan(surroundings: Surroundings): Plan {
  const said = (name: string) => told(surroundings, name);
  const reason = said("BUILD_REASON") ?? "an unnamed reason";
  const target = said("SYSTEM_PULLREQUEST_TARGETBRANCH");
  const source = said("BUILD_SOURCEBRANCH") ?? "";
  const common = {
    system: "Azure Pipelines",
    tips: commits(surroundings["BUILD_SOURCEVERSION"], "BUILD_SOURCEVERSION"),
    besides: [],
    remedy: { shallow: WHOLE, missing: WHOLE },
  };
  if (reason === "PullRequest" || target !== null) {
    const number = said("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER") ?? said("SYSTEM_PULLREQUEST_PULLREQUESTID");
    const head = idIn(surroundings["SYSTEM_PULLREQUEST_SOURCECOMMITID"]);
    return {
      ...common,
      about: number === null ? "a pull request" : `pull request ${number}`,
      against: [...(head === null ? [] : [mergeOf(head)]), ...fetchedBranch(target)],
      otherwise: "incomplete",
      why: "its target is not here",
    };
  }
  const isPush = BY_A_PUSH.includes(reason);
  return {
    ...common,
    about: isPush ? `push to ${branchName(source)}` : `a build for ${reason}`,
    against: [],
    otherwise: isPush ? "all commits" : "files",
    why: isPush
      ? "Azure does not tell what was there before a push (--base REF does)"
      : "such a build brings no commits",
  };
}
