import { gitOutput } from "./git.js";
import type { PushedRef } from "./push-lines.js";
import type { Repository } from "./repository.js";

/** Notes of every name that begins so, and the branch of checkpoints. */
const PATTERNS = ["refs/notes/aura", "refs/notes/aura*", "refs/heads/aura/checkpoints"];

/**
 * The refs that Aura's own hook pushes with `--no-verify` whenever something is pushed, so that git names them to no hook:
 * those of them that are here and not among `refs`. What the remote has of notes is tracked nowhere. Throws SourceError.
 */
export async function auraRefs(
  repository: Repository,
  refs: readonly PushedRef[],
): Promise<readonly PushedRef[]> {
  // The raw lines: `4f2a… refs/notes/aura-intent`
  const listed = await gitOutput(repository, [
    "for-each-ref",
    "--format=%(objectname) %(refname)",
    ...PATTERNS,
  ]);
  return listed
    .toString("utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => ({ oid: line.slice(0, line.indexOf(" ")), name: line.slice(line.indexOf(" ") + 1) }))
    .filter(
      ({ oid, name }) => !refs.some(({ localOid, remoteRef }) => localOid === oid && remoteRef === name),
    )
    .map(({ oid, name }) => ({ localRef: name, localOid: oid, remoteRef: name, remoteOid: null }));
}
