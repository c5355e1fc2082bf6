import { commitNamed } from "./contents-at.js";
import type { PushedRef } from "./push-lines.js";
import type { PushTarget } from "./push-target.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** What is pushed and where to, as pre-commit.com tells it; the target is null where it names none. */
export type NamedPush = { readonly refs: readonly PushedRef[]; readonly target: PushTarget | null };

/**
 * The push that pre-commit.com's environment tells of: it keeps git's own lines to itself, and hands over the first ref
 * alone (https://pre-commit.com/#pre-push). Where the remote has nothing of it, `PRE_COMMIT_FROM_REF` and
 * `PRE_COMMIT_TO_REF` are missing. Null where pre-commit does not run this. Throws SourceError where it tells of no push.
 */
export async function pushOfPreCommit(
  repository: Repository,
  environment: NodeJS.ProcessEnv,
): Promise<NamedPush | null> {
  if (environment["PRE_COMMIT"] !== "1") return null;
  const from = environment["PRE_COMMIT_FROM_REF"] ?? "";
  const localRef = environment["PRE_COMMIT_LOCAL_BRANCH"] ?? "";
  const localOid = await commitNamed(repository, environment["PRE_COMMIT_TO_REF"] ?? localRef);
  if (localOid === null)
    throw new SourceError(
      "incomplete",
      "pre-commit does not say what is pushed, so nothing was looked at: let git push run this hook, or scan files with aura-scan --files.",
    );
  const remoteOid = from === "" ? null : await commitNamed(repository, from);
  const remoteRef = environment["PRE_COMMIT_REMOTE_BRANCH"] ?? localRef;
  const name = environment["PRE_COMMIT_REMOTE_NAME"];
  return {
    refs: [{ localRef, localOid, remoteRef, remoteOid }],
    target: name === undefined ? null : { name, url: environment["PRE_COMMIT_REMOTE_URL"] ?? null },
  };
}
