import { blobAsker } from "./blobs.js";
import { gitAnswer } from "./git.js";
import type { PushedRef } from "./push-lines.js";
import { objectsThere, type PushTarget } from "./push-target.js";
import type { Repository } from "./repository.js";

/** What is compared is written by hand: a longer content, in bytes, counts as not there. */
const LONGEST = 64 << 20;

/**
 * Reads what stands at a path, relative to the root, in each of these commits: one content for each commit that
 * holds a file there.
 */
export function contentsAt(
  repository: Repository,
  commits: readonly string[],
): (path: string) => Promise<readonly Uint8Array[]> {
  return async (path) => {
    // git is asked line by line.
    if (commits.length === 0 || /[\n\0]/.test(path)) return [];
    const asker = blobAsker(repository);
    try {
      const contents: Uint8Array[] = [];
      for (const commit of commits) {
        const content = await asker.bytes(`${commit}:${path}`, LONGEST);
        if (content !== null) contents.push(content);
      }
      return contents;
    } finally {
      asker.end();
    }
  };
}

/** The id of the commit that a person calls by this name, or null if there is none. Throws SourceError. */
export async function commitNamed(repository: Repository, name: string): Promise<string | null> {
  if (name === "" || name.startsWith("-")) return null;
  const answer = await gitAnswer(repository, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  const id = answer.output.toString("latin1").trim();
  return answer.exitCode === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : null;
}

/** The same for what the remote of a push is known to have: by the push's own lines and its remote-tracking refs. */
export function contentsThere(
  repository: Repository,
  refs: readonly PushedRef[],
  target: PushTarget | null,
): (path: string) => Promise<readonly Uint8Array[]> {
  let there: Promise<readonly string[]> | null = null;
  return async (path) => {
    // Asked of git only if someone wants to know.
    there ??= objectsThere(repository, target);
    const objects = new Set([...refs.flatMap(({ remoteOid }) => remoteOid ?? []), ...(await there)]);
    return contentsAt(repository, [...objects])(path);
  };
}
