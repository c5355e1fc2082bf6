import { isAbsolute, resolve } from "node:path";
import { gitAnswer } from "./git.js";
import { trackedObjects } from "./new-commits.js";
import type { Repository } from "./repository.js";

/** Where a push goes, as git tells its hook: the remote's name, or its URL if it has none, and the URL; null: not told. */
export type PushTarget = { readonly name: string; readonly url: string | null };

/**
 * The objects that the target of a push is known to have: those of the remote-tracking refs, if the push goes to where
 * these come from. A `pushurl`, and a URL that `pushInsteadOf` rewrites, may be another repository, of which they tell
 * nothing. Throws SourceError.
 */
export async function objectsThere(
  repository: Repository,
  target: PushTarget | null,
): Promise<readonly string[]> {
  if (target === null) return [];
  const tracked = await trackedObjects(repository, target.name);
  if (tracked.length === 0 || target.url === null) return tracked;
  // The name is that of a remote, for something is tracked under it. Of several URLs git fetches from the first.
  const { exitCode, output } = await gitAnswer(repository, ["remote", "get-url", "--", target.name]);
  const fetched = output.toString("utf8").trim();
  return exitCode === 0 && isSamePlace(fetched, target.url, repository.root) ? tracked : [];
}

/** Whether two URLs name the same repository: `https://host/a/b.git` and `git@host:a/b` do. */
export function isSamePlace(one: string, other: string, root: string): boolean {
  return one === other || placeOf(one, root) === placeOf(other, root);
}

// https://git-scm.com/docs/git-push#_git_urls
const WITH_SCHEME = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/]*)\/+(.*)$/i;
/** `git@host:a/b`; a slash before the colon makes it a path. */
const LIKE_SCP = /^(?:[^@/:]+@)?([^/:@]{2,}):(?!\/\/)\/*(.*)$/;

function placeOf(url: string, root: string): string {
  const [, host, path] = WITH_SCHEME.exec(url) ?? (isAbsolute(url) ? null : LIKE_SCP.exec(url)) ?? [];
  if (host === undefined || path === undefined) return bare(resolve(root, url));
  return host === "" ? bare(`/${path}`) : `${host.toLowerCase()}/${bare(path)}`;
}

function bare(path: string): string {
  return path.replace(/\/+$/, "").replace(/\.git$/, "");
}
