import { gitOutput } from "./git.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** An object that is no tag: what stands at the end of a chain of annotated tags. */
export type PeeledObject = { readonly id: string; readonly type: "commit" | "tree" | "blob" };

/** What each id stands for once its tags are peeled off; an id that leads to nothing here has no entry. */
export async function peeledObjects(
  repository: Repository,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PeeledObject>> {
  const found = new Map<string, PeeledObject>();
  if (ids.length === 0) return found;
  // https://git-scm.com/docs/git-cat-file#_batch_output
  //   <id> SP <type> LF      or      <what was asked> SP missing LF
  const output = await gitOutput(
    repository,
    ["cat-file", "--batch-check=%(objectname) %(objecttype)"],
    ids.map((id) => `${id}^{}\n`).join(""),
  );
  const answers = output.toString("latin1").split("\n");
  for (const [index, id] of ids.entries()) {
    const answer = answers[index] ?? "";
    const match = /^([0-9a-f]+) (commit|tree|blob)$/.exec(answer);
    if (match !== null) found.set(id, { id: match[1] ?? "", type: match[2] as PeeledObject["type"] });
    else if (!answer.endsWith(" missing"))
      throw new SourceError("incomplete", `git cat-file answered "${answer}" for object ${id}.`);
  }
  return found;
}
