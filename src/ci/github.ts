import {
  branchName,
  commits,
  fetchedBranch,
  mergeOf,
  type Plan,
  pushed,
  type Surroundings,
  told,
} from "./plan.js";

const SYSTEM = "GitHub Actions";
const WHOLE = "actions/checkout needs with: { fetch-depth: 0 }";
export const REMEDY = { shallow: WHOLE, missing: WHOLE };

/** Without the event nobody knows what to compare with, however deep the clone is. */
const EVENT =
  "aura-scan needs GITHUB_EVENT_PATH and the file that it names (a container needs both), or ci --base REF";
export const REMEDY_EVENT = { shallow: `${EVENT}; ${WHOLE}`, missing: EVENT };
const NO_EVENT = "GITHUB_EVENT_PATH names no file that can be read as an event";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What GitHub Actions says, by its variables and the event's payload (null where that cannot be read); Gitea and Forgejo
 * say the same. https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function githubPlan(surroundings: Surroundings, payload: unknown): Plan {
  const event = told(surroundings, "GITHUB_EVENT_NAME") ?? "an unnamed event";
  const fields = fieldsOf(payload);
  if (event === "push") return pushPlan(surroundings, fields);
  if (event === "create") return createPlan(surroundings, fields);
  if (event === "merge_group") return mergeGroupPlan(surroundings, fields);
  if (/^pull_request(?:_|$)/.test(event)) return pullRequestPlan(event, surroundings, fields);
  return {
    system: SYSTEM,
    about: event,
    tips: [...commits(surroundings["GITHUB_SHA"], "GITHUB_SHA"), { revision: "HEAD", words: "HEAD" }],
    against: [],
    besides: [],
    otherwise: "files",
    why: "this event brings no commits",
    remedy: REMEDY,
  };
}

/**
 * A pull request. GITHUB_SHA is the merge that GitHub made of it, first parent the target, second the request's head; for
 * `pull_request_target` it is the target itself, and the request's commits are here only if somebody fetched them.
 */
function pullRequestPlan(event: string, surroundings: Surroundings, payload: Fields | null): Plan {
  const request = fieldsIn(payload, "pull_request");
  const base = fieldsIn(request, "base");
  const head = fieldsIn(request, "head")?.["sha"];
  const number = numberIn(request) ?? /^refs\/pull\/(\d+)\//.exec(surroundings["GITHUB_REF"] ?? "")?.[1];
  const target = base?.["ref"] ?? told(surroundings, "GITHUB_BASE_REF");
  const isOfTarget = event === "pull_request_target";
  const [headTip] = commits(head, "the pull request's head");
  const merge = isOfTarget ? [] : commits(surroundings["GITHUB_SHA"], "the merge of the pull request");
  const fetch = `after actions/checkout with fetch-depth: 0, run: git fetch origin refs/pull/${number ?? "NUMBER"}/head`;
  return {
    system: SYSTEM,
    about: number === undefined ? "a pull request" : `pull request ${number}`,
    tips: [...merge, ...(headTip === undefined ? [] : [headTip])],
    against: [
      ...(isOfTarget || headTip === undefined ? [] : [mergeOf(headTip.revision)]),
      ...fetchedBranch(target),
      ...commits(base?.["sha"], "the pull request's base"),
    ],
    besides: [],
    otherwise: "incomplete",
    why:
      payload === null ? NO_EVENT : request === null ? tellsOfNo("pull request") : "its target is not here",
    remedy: request === null ? REMEDY_EVENT : isOfTarget ? { shallow: fetch, missing: fetch } : REMEDY,
  };
}

/** A merge queue's group: its base is the target, or the group before it in the queue. */
function mergeGroupPlan(surroundings: Surroundings, payload: Fields | null): Plan {
  const group = fieldsIn(payload, "merge_group");
  return {
    system: SYSTEM,
    about: "a group of the merge queue",
    tips: [
      ...commits(group?.["head_sha"], "the group's head"),
      ...commits(surroundings["GITHUB_SHA"], "GITHUB_SHA"),
    ],
    against: [...commits(group?.["base_sha"], "the group's base"), ...fetchedBranch(group?.["base_ref"])],
    besides: [],
    otherwise: "incomplete",
    why:
      payload === null
        ? NO_EVENT
        : group === null
          ? tellsOfNo("merge group")
          : "the group's base is not here",
    remedy: group === null ? REMEDY_EVENT : REMEDY,
  };
}

/** A push to a branch, or of a tag. `before` is zeros where the ref is new, and may be gone where it was forced. */
function pushPlan(surroundings: Surroundings, push: Fields | null): Plan {
  const ref = textIn(push, "ref") ?? told(surroundings, "GITHUB_REF") ?? "";
  const fallback = fieldsIn(push, "repository")?.["default_branch"];
  const before = commits(push?.["before"], "what was there before the push");
  const main = ref === `refs/heads/${String(fallback)}` ? [] : fetchedBranch(fallback);
  const isTag = ref.startsWith("refs/tags/");
  const common = {
    system: SYSTEM,
    about: refWords(ref, push?.["forced"] === true),
    tips: [
      ...commits(surroundings["GITHUB_SHA"], "GITHUB_SHA"),
      ...commits(push?.["after"], "what was pushed"),
    ],
    remedy: REMEDY,
  };
  if (push === null)
    return {
      ...common,
      against: [],
      besides: [],
      otherwise: "incomplete",
      why: NO_EVENT,
      remedy: REMEDY_EVENT,
    };
  if (push["deleted"] === true)
    return { ...common, against: [], besides: [], otherwise: "files", why: "the push deletes" };
  return { ...common, ...pushed(isTag ? "tag" : "branch", before, main) };
}

/** A new branch or tag: what the default branch does not have. Its payload names it without `refs/heads/`. */
function createPlan(surroundings: Surroundings, created: Fields | null): Plan {
  const ref = told(surroundings, "GITHUB_REF") ?? textIn(created, "ref") ?? "";
  const fallback = fieldsIn(created, "repository")?.["default_branch"] ?? created?.["master_branch"];
  const isTag = ref.startsWith("refs/tags/") || created?.["ref_type"] === "tag";
  const name = branchName(ref).replace(/^refs\/tags\//, "");
  const main = !isTag && name === fallback ? [] : fetchedBranch(fallback);
  const kind = isTag ? "tag" : "branch";
  return {
    system: SYSTEM,
    about: `the new ${kind} ${name}`.trimEnd(),
    tips: commits(surroundings["GITHUB_SHA"], "GITHUB_SHA"),
    against: main,
    besides: main,
    otherwise: created === null ? "incomplete" : "all commits",
    why: created === null ? NO_EVENT : `the ${kind} is new, and nothing is there to compare it with`,
    remedy: created === null ? REMEDY_EVENT : REMEDY,
  };
}

function tellsOfNo(what: string): string {
  return `the event's file (GITHUB_EVENT_PATH) tells of no ${what}`;
}

function refWords(ref: string, isForced: boolean): string {
  const what = isForced ? "forced push" : "push";
  if (ref.startsWith("refs/tags/")) return `${what} of the tag ${ref.slice("refs/tags/".length)}`;
  return ref === "" ? `a ${what}` : `${what} to ${branchName(ref)}`;
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function fieldsIn(fields: Fields | null, name: string): Fields | null {
  return fieldsOf(fields?.[name]);
}

function textIn(fields: Fields | null, name: string): string | null {
  const value = fields?.[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function numberIn(request: Fields | null): string | undefined {
  const number = request?.["number"];
  return typeof number === "number" && Number.isSafeInteger(number) ? String(number) : undefined;
}
