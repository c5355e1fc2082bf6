import { promises as files } from "node:fs";
import { resolve } from "node:path";
import { gitOutput } from "./git.js";
import { type PeeledObject, peeledObjects } from "./peeled-objects.js";
import type { Repository } from "./repository.js";

/** What the whole of a repository's history is reached from. */
export type Tips = {
  /** The commits that refs stand for, HEAD (every working tree's own), and every stash; sorted, each once. */
  readonly commits: readonly string[];
  /** Tags that stand for a file or a folder instead of a commit. */
  readonly others: readonly { readonly ref: string; readonly object: PeeledObject }[];
  /** The commits at which a shallow clone was cut off; sorted. */
  readonly cut: readonly string[];
};

/** The tips of all that this repository holds. Throws SourceError. */
export async function historyTips(repository: Repository): Promise<Tips> {
  const [all, refs, cut] = await Promise.all([
    gitOutput(repository, ["rev-list", "--no-walk=unsorted", "--all"]),
    gitOutput(repository, ["for-each-ref", "--format=%(objectname) %(objecttype) %(refname)"]),
    shallowCommits(repository),
  ]);
  const listed = lines(refs).map((line) => {
    const [id = "", type = "", ...ref] = line.split(" ");
    return { id, type, ref: ref.join(" ") };
  });
  const stashes = listed.some(({ ref }) => ref === "refs/stash")
    ? lines(await gitOutput(repository, ["rev-list", "--walk-reflogs", "refs/stash"]))
    : [];
  // A commit's tag is among the commits already; what else a tag stands for, only peeling tells.
  const odd = listed.filter(({ type }) => type !== "commit");
  const peeled = await peeledObjects(repository, [...new Set(odd.map(({ id }) => id))]);
  const others = odd.flatMap(({ id, ref }) => {
    const object = peeled.get(id);
    return object === undefined || object.type === "commit" ? [] : [{ ref, object }];
  });
  return { commits: [...new Set([...lines(all), ...stashes])].sort(), others, cut };
}

/** The commits at which a shallow clone was cut off, sorted; none in a clone that is whole. Throws SourceError. */
export async function shallowCommits(repository: Repository): Promise<readonly string[]> {
  const path = lines(await gitOutput(repository, ["rev-parse", "--git-path", "shallow"]))[0] ?? "";
  try {
    return lines(await files.readFile(resolve(repository.root, path))).sort();
  } catch {
    // There is no such file in a clone that is whole.
    return [];
  }
}

function lines(output: Buffer): string[] {
  return output
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}
