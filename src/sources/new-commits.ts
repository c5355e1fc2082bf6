import { gitOutput } from "./git.js";
import type { Repository } from "./repository.js";

/** The ids of the commits that `tips` reach and `known` do not, each before its children. Throws SourceError. */
export async function newCommits(
  repository: Repository,
  tips: readonly string[],
  known: readonly string[],
): Promise<readonly string[]> {
  if (tips.length === 0) return [];
  // On standard input, for a command line has not room for thousands of refs.
  const wanted = [...tips, ...known.map((id) => `^${id}`)];
  const output = await gitOutput(
    repository,
    ["rev-list", "--topo-order", "--reverse", "--stdin"],
    wanted.map((revision) => `${revision}\n`).join(""),
  );
  return output.toString("latin1").split("\n").slice(0, -1);
}

/**
 * The objects that the remote of this name had when it was last heard of, by its remote-tracking refs. None for a
 * URL or a path: what is tracked under another remote's name says nothing of it.
 */
export async function trackedObjects(repository: Repository, remote: string): Promise<readonly string[]> {
  // The name never goes to git: it may be a URL with a password, and git repeats what it complains of.
  const [names, refs] = await Promise.all([
    gitOutput(repository, ["remote"]),
    gitOutput(repository, ["for-each-ref", "--format=%(objectname) %(refname)", "refs/remotes/"]),
  ]);
  const remotes = names.toString("utf8").split("\n");
  if (remote === "" || !remotes.includes(remote)) return [];
  // A remote `up/stream` keeps its refs in the folder of a remote `up`; what it has, the other may not have.
  const others = remotes.filter((name) => name.startsWith(`${remote}/`));
  return refs
    .toString("utf8")
    .split("\n")
    .map((line) => ({ id: line.slice(0, line.indexOf(" ")), ref: line.slice(line.indexOf(" ") + 1) }))
    .filter(({ ref }) => isBelow(ref, remote) && !others.some((other) => isBelow(ref, other)))
    .map(({ id }) => id);
}

function isBelow(ref: string, remote: string): boolean {
  return ref.startsWith(`refs/remotes/${remote}/`);
}
