import { commitNamed } from "../sources/contents-at.js";
import { gitAnswer, gitFailed, gitOutput } from "../sources/git.js";
import { isWithin } from "../sources/history-commits.js";
import { shallowCommits } from "../sources/history-tips.js";
import { newCommits } from "../sources/new-commits.js";
import type { Repository } from "../sources/repository.js";
import type { Comparison, Named, Plan } from "./plan.js";

/** What a run in CI reads, and the line that says so and why. */
export type Decision = { readonly line: string } & (
  | {
      readonly kind: "commits";
      readonly tip: string;
      readonly known: readonly string[];
      readonly commits: readonly string[];
    }
  /** Every file that a commit holds: where nothing is new, or nothing is told that it could be compared with. */
  | { readonly kind: "files"; readonly tip: string; readonly known: readonly string[] }
  /** What is new cannot be told here; `tip` is what is checked out, if anything is. */
  | { readonly kind: "incomplete"; readonly reason: string; readonly tip: string | null }
);

/** A comparison that is here. */
type Found = { readonly id: string; readonly words: string; readonly holdsTip: boolean };

/** What of the plan is here, and what is read therefore: no range that is empty, none that was guessed. Throws SourceError. */
export async function decisionOf(repository: Repository, asked: Plan): Promise<Decision> {
  const cut = new Set(await shallowCommits(repository));
  const here = await firstHere(repository, asked.tips);
  if (here === null)
    return unclear(repository, asked, `${asked.tips[0]?.words ?? "its commit"} is not here`, cut);
  const { tip, named } = here;
  const plan = { ...asked, about: `${asked.about}${insteadWords(asked.tips[0], named)}` };
  const found = await comparisonHere(repository, plan.against, tip);
  if (found === null) {
    if (plan.otherwise === "files") return filesOf(plan, tip, [], plan.why);
    // What was there may lie behind the cut, so nobody knows that it is gone.
    if (plan.otherwise === "incomplete" || (cut.size > 0 && plan.against.length > 0))
      return unclear(repository, plan, plan.why, cut);
    return commitsOf(repository, plan, { tip, known: [], why: plan.why, words: null }, cut);
  }
  if (found.holdsTip)
    return filesOf(plan, tip, [found.id], `${found.words} (${short(found.id)}) holds all of its commits`);
  if (cut.size > 0 && !(await areRelated(repository, tip, found.id)))
    return unclear(repository, plan, `where it left ${found.words} is not here`, cut);
  const besides = await besidesHere(repository, plan.besides, tip);
  const known = [...new Set([found.id, ...besides])];
  return commitsOf(repository, plan, { tip, known, why: null, words: found.words }, cut);
}

type Range = {
  readonly tip: string;
  readonly known: readonly string[];
  /** Why all commits are read, where they are. */
  readonly why: string | null;
  readonly words: string | null;
};

async function commitsOf(
  repository: Repository,
  plan: Plan,
  { tip, known, why, words }: Range,
  cut: ReadonlySet<string>,
): Promise<Decision> {
  const commits = await newCommits(repository, [tip], known);
  if (commits.length === 0) return filesOf(plan, tip, known, "others hold all of its commits");
  if (commits.some((id) => cut.has(id))) {
    const reason =
      words === null ? `${why}, and its commits are not all here` : "its own commits are not all here";
    return unclear(repository, plan, reason, cut);
  }
  const count = commits.length === 1 ? "1 commit" : `${commits.length} commits`;
  const what =
    words === null
      ? `${commits.length === 1 ? "the only commit" : `all ${count}`} of ${short(tip)}, for ${why}`
      : `${count} up to ${short(tip)} that ${words} (${short(known[0] ?? "")}) ${commits.length === 1 ? "does" : "do"} not hold`;
  return { kind: "commits", tip, known, commits, line: lineOf(plan, what) };
}

function filesOf(plan: Plan, tip: string, known: readonly string[], why: string): Decision {
  return { kind: "files", tip, known, line: lineOf(plan, `the files of ${short(tip)}, for ${why}`) };
}

async function unclear(
  repository: Repository,
  plan: Plan,
  why: string,
  cut: ReadonlySet<string>,
): Promise<Decision> {
  const isShallow = cut.size > 0;
  const where = isShallow ? ", and this clone is shallow" : "";
  const reason = `what is new cannot be told: ${why}${where}; ${isShallow ? plan.remedy.shallow : plan.remedy.missing}`;
  const tip = repository.hasHead ? await commitNamed(repository, "HEAD") : null;
  return { kind: "incomplete", reason, tip, line: lineOf(plan, reason) };
}

function lineOf({ system, about }: Plan, what: string): string {
  return `${system}, ${about}: ${what}`;
}

/** Short enough to read, long enough to find. */
function short(id: string): string {
  return id.slice(0, 10);
}

type Tip = { readonly tip: string; readonly named: Named };

async function firstHere(repository: Repository, tips: readonly Named[]): Promise<Tip | null> {
  for (const named of tips) {
    const tip = await commitNamed(repository, named.revision);
    if (tip !== null) return { tip, named };
  }
  return null;
}

/** That what is checked out is not what the system named. */
function insteadWords(wanted: Named | undefined, named: Named): string {
  if (wanted === undefined || wanted === named || named.revision !== "HEAD") return "";
  return ` (${wanted.words} ${short(wanted.revision)} is not here, HEAD is read instead)`;
}

/** The first that is here; a branch only if it does not hold the tip, or nothing else is here. */
async function comparisonHere(
  repository: Repository,
  against: readonly Comparison[],
  tip: string,
): Promise<Found | null> {
  let holder: Found | null = null;
  for (const comparison of against) {
    const id = await idOf(repository, comparison, tip);
    if (id === null) continue;
    const found = { id, words: comparison.words, holdsTip: await isWithin(repository, [tip], [id]) };
    if (!found.holdsTip || comparison.kind !== "branch") return found;
    holder ??= found;
  }
  return holder;
}

async function idOf(repository: Repository, comparison: Comparison, tip: string): Promise<string | null> {
  if (comparison.kind !== "first parent") return commitNamed(repository, comparison.revision);
  const printed = await gitOutput(repository, ["rev-parse", `${tip}^@`]);
  const [first, second] = printed.toString("latin1").split("\n").slice(0, -1);
  if (first === undefined) return null;
  return second === comparison.second ? commitNamed(repository, first) : null;
}

async function besidesHere(
  repository: Repository,
  besides: readonly Named[],
  tip: string,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const { revision } of besides) {
    const id = await commitNamed(repository, revision);
    if (id !== null && !(await isWithin(repository, [tip], [id]))) ids.push(id);
  }
  return ids;
}

async function areRelated(repository: Repository, one: string, other: string): Promise<boolean> {
  const asked = ["merge-base", one, other];
  const answer = await gitAnswer(repository, asked);
  // 1: they have no common history.
  if (answer.exitCode !== 0 && answer.exitCode !== 1) throw gitFailed(repository, asked, answer);
  return answer.exitCode === 0;
}
