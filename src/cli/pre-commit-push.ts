import { commitNamed } from "../sources/contents-at.js";
import type { PushedRef } from "../sources/push-lines.js";
import type { Repository } from "../sources/repository.js";
import { SourceError } from "../sources/source.js";

/** What pre-commit.com tells of a push, and to which remote. */
export type ToldPush = { readonly refs: readonly PushedRef[]; readonly remote: string | null };

/**
 * The push that pre-commit.com's environment tells of: it keeps git's own lines to itself, and hands over the first ref
 * alone (https://pre-commit.com/#pre-push). Where the remote has nothing of it, `PRE_COMMIT_FROM_REF` and
 * `PRE_COMMIT_TO_REF` are missing. Null where pre-commit does not run this. Throws SourceError where it tells of no push.
 */
export async function toldByPreCommit(
  repository: Repository,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ToldPush | null> {
  if (env["PRE_COMMIT"] !== "1") return null;
  const from = env["PRE_COMMIT_FROM_REF"] ?? "";
  const localRef = env["PRE_COMMIT_LOCAL_BRANCH"] ?? "";
  const localOid = await commitNamed(repository, env["PRE_COMMIT_TO_REF"] ?? localRef);
  if (localOid === null)
    throw new SourceError(
      "incomplete",
      "pre-commit does not say what is pushed, so nothing was looked at: let git push run this hook, or scan files with aura-scan --files.",
    );
  const ref: PushedRef = {
    localRef,
    localOid,
    remoteRef: env["PRE_COMMIT_REMOTE_BRANCH"] ?? localRef,
    remoteOid: from === "" ? null : await commitNamed(repository, from),
  };
  return { refs: [ref], remote: env["PRE_COMMIT_REMOTE_NAME"] ?? null };
}
