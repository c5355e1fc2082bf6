import { commitNamed } from "./contents-at.js";
import type { PushedRef } from "./push-lines.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** What is pushed and where to, as pre-commit.com tells it; the remote is null where it names none. */
export type NamedPush = { readonly refs: readonly PushedRef[]; readonly remote: string | null };

/**
 * The push that pre-commit.com is at: it reads git's lines itself, hands on an empty input, and names the first ref in
 * variables. Where it names no commit (a first push, a run by hand) all that the branch reaches is meant. Null where
 * pre-commit.com does not run. Throws SourceError.
 */
export async function pushOfPreCommit(
  repository: Repository,
  environment: NodeJS.ProcessEnv,
): Promise<NamedPush | null> {
  // https://pre-commit.com/#pre-commit-for-push
  if (environment["PRE_COMMIT"] !== "1") return null;
  const localRef = environment["PRE_COMMIT_LOCAL_BRANCH"] ?? "HEAD";
  const from = environment["PRE_COMMIT_FROM_REF"];
  const localOid = await commitNamed(repository, environment["PRE_COMMIT_TO_REF"] ?? localRef);
  if (localOid === null)
    throw new SourceError("incomplete", "pre-commit names a commit to push that is not here.");
  const remoteOid = from === undefined ? null : await commitNamed(repository, from);
  const remoteRef = environment["PRE_COMMIT_REMOTE_BRANCH"] ?? localRef;
  return {
    refs: [{ localRef, localOid, remoteRef, remoteOid }],
    remote: environment["PRE_COMMIT_REMOTE_NAME"] ?? null,
  };
}
