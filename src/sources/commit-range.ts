import { commitNamed } from "./contents-at.js";
import { gitAnswer, gitFailed, gitOutput } from "./git.js";
import { shallowCommits } from "./history-tips.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** The commits that `tips` reach and `known` do not, by their ids. */
export type CommitRange = { readonly tips: readonly string[]; readonly known: readonly string[] };

// https://git-scm.com/docs/gitrevisions#_specifying_ranges
//   A..B      what B reaches and A does not
//   A...B     what one of them reaches and the other does not
const TWO_ENDS = /^(.*?)(\.{2,3})(.*)$/s;

/**
 * The commits that `words` name: `A..B` and `A...B` as git means them, an end that is left out standing for HEAD; a
 * single revision stands for that commit alone. Throws SourceError if an end is not here; it never repeats the words.
 */
export async function rangeNamed(repository: Repository, words: string): Promise<CommitRange> {
  const [, left, dots, right] = TWO_ENDS.exec(words) ?? [];
  if (left === undefined || right === undefined) return commitAlone(repository, words);
  if (left === "" && right === "")
    throw new SourceError("usage", "--range: both ends are missing; write A..B");
  const [from, to] = await Promise.all([
    endNamed(repository, left, "before"),
    endNamed(repository, right, "behind"),
  ]);
  if (dots === "..") return { tips: [to], known: [from] };
  return { tips: [from, to], known: await mergeBases(repository, from, to) };
}

/** The commits that the branch of this name reaches; null where it has no commit yet. Throws SourceError. */
export async function branchNamed(repository: Repository, name: string): Promise<CommitRange | null> {
  if (name === "") throw new SourceError("usage", "--branch: nothing is named; write a branch's name");
  const refs = await branchRefs(repository, name);
  const [ref] = refs;
  if (refs.length > 1)
    throw new SourceError(
      "usage",
      "--branch: several remotes have a branch of that name; write REMOTE/BRANCH",
    );
  if (ref === undefined) {
    if (await isUnborn(repository, name)) return null;
    const advice = "see git branch --all; one that was never fetched has to be fetched first";
    throw new SourceError("incomplete", `--branch: there is no branch of that name here; ${advice}`);
  }
  const tip = await commitNamed(repository, ref);
  if (tip === null) throw new SourceError("incomplete", "--branch: the commit of that branch is missing");
  return { tips: [tip], known: [] };
}

/** A local branch, else one that is followed under the name as given, else the one remote that has it. */
async function branchRefs(repository: Repository, name: string): Promise<readonly string[]> {
  const listed = await gitOutput(repository, [
    "for-each-ref",
    "--format=%(refname)",
    "refs/heads/",
    "refs/remotes/",
  ]);
  const refs = listed.toString("utf8").split("\n");
  for (const ref of [name, `refs/heads/${name}`, `refs/remotes/${name}`])
    if (refs.includes(ref)) return [ref];
  const remotes = (await gitOutput(repository, ["remote"])).toString("utf8").split("\n");
  return remotes.map((remote) => `refs/remotes/${remote}/${name}`).filter((ref) => refs.includes(ref));
}

async function isUnborn(repository: Repository, name: string): Promise<boolean> {
  if (repository.hasHead) return false;
  const head = await gitAnswer(repository, ["symbolic-ref", "--quiet", "HEAD"]);
  const ref = head.output.toString("utf8").trim();
  return ref === name || ref === `refs/heads/${name}`;
}

async function endNamed(repository: Repository, name: string, side: "before" | "behind"): Promise<string> {
  const id = await commitNamed(repository, name === "" ? "HEAD" : name);
  if (id === null) throw await notHere(repository, `what stands ${side} the dots`);
  return id;
}

/** A commit's own parents are what was there before; a merge has several. */
async function commitAlone(repository: Repository, name: string): Promise<CommitRange> {
  if (name === "") throw new SourceError("usage", "--range: nothing is named; write A..B, or a commit");
  const id = await commitNamed(repository, name);
  if (id === null) throw await notHere(repository, "what is named");
  const parents = await gitOutput(repository, ["rev-parse", `${id}^@`]);
  return { tips: [id], known: idsIn(parents) };
}

async function mergeBases(repository: Repository, one: string, other: string): Promise<readonly string[]> {
  const asked = ["merge-base", "--all", one, other];
  const answer = await gitAnswer(repository, asked);
  // 1: they have no common history.
  if (answer.exitCode !== 0 && answer.exitCode !== 1) throw gitFailed(repository, asked, answer);
  return idsIn(answer.output);
}

async function notHere(repository: Repository, what: string): Promise<SourceError> {
  const isCut = (await shallowCommits(repository)).length > 0;
  const advice = isCut
    ? "this clone is shallow: git fetch --unshallow"
    : "fetch it, or write A..B with names that git knows here";
  return new SourceError("incomplete", `--range: ${what} is no commit that is here; ${advice}`);
}

function idsIn(output: Buffer): readonly string[] {
  return output.toString("latin1").split("\n").slice(0, -1);
}
