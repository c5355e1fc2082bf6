import { commits, fetchedBranch, type Plan, type Surroundings, told } from "./plan.js";

const SHALLOW = "git fetch --unshallow origin, or a job without Shallow clone";

/**
 * What Jenkins says, in a multibranch job (its CHANGE_ variables) or a plain one. HEAD is what is judged: where Jenkins
 * merges a change with its target itself, GIT_COMMIT is not that merge.
 * https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables and the git plugin's page
 */
export function jenkinsPlan(surroundings: Surroundings): Plan {
  const said = (name: string) => told(surroundings, name);
  const common = { system: "Jenkins", tips: [{ revision: "HEAD", words: "HEAD" }], besides: [] };
  const change = said("CHANGE_ID");
  const target = said("CHANGE_TARGET");
  if (change !== null || target !== null) {
    const [branch] = fetchedBranch(target);
    const name = branch?.words.slice("origin/".length) ?? "";
    // The line is there to be pasted into a shell.
    const plain = /^[\w./-]+$/.test(name) ? name : "TARGET";
    return {
      ...common,
      about: change === null ? "a change" : `change ${change}`,
      against: branch === undefined ? [] : [branch],
      otherwise: "incomplete",
      why: "its target is not here",
      remedy: {
        shallow: SHALLOW,
        missing: `git fetch origin +refs/heads/${plain}:refs/remotes/origin/${plain}`,
      },
    };
  }
  // Not the build before this one: it may have failed over the very commits that would then never be read again.
  const before = commits(
    surroundings["GIT_PREVIOUS_SUCCESSFUL_COMMIT"],
    "the commit of the last successful build",
  );
  const branch = said("BRANCH_NAME") ?? said("GIT_BRANCH");
  return {
    ...common,
    about: branch === null ? "a build" : `a build of ${branch}`,
    against: before,
    otherwise: "all commits",
    why:
      before.length > 0
        ? "the commit of the last successful build is gone"
        : "there was no successful build to compare it with",
    remedy: { shallow: SHALLOW, missing: "git fetch origin" },
  };
}
