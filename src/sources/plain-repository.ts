import { accessSync, constants, existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { GitAnswer, GitPlace } from "./git.js";

/** What is to be seen of a repository whose top is a folder, where git leaves no doubt that it takes this one. */
export type Seen = {
  readonly root: string;
  readonly gitDir: string;
  /** Whether HEAD names a branch of which nothing is stored: there is no commit yet. */
  readonly isUnborn: boolean;
  /** Whether its index is so large that git takes its time over it. */
  readonly isLarge: boolean;
};

/** An index of more bytes is for git alone to read: some ten thousand files. */
const LARGE_INDEX = 2 << 20;

/**
 * The repository at a place whose environment names no folder, if all of it is as git makes one: git's folder is in the top
 * one, shared with no other tree, and no setting says that it is bare, has its tree elsewhere or stores in another form.
 * Whether git reads it (whose is it?) and the commit that should be there only git's own answer tells: see `foresee`.
 */
export function seenAt(place: GitPlace): Seen | null {
  const { root, environment } = place;
  const gitDir = join(root, ".git");
  try {
    if (!lstatSync(gitDir).isDirectory() || existsSync(join(gitDir, "commondir"))) return null;
    const head = textOfFile(join(gitDir, "HEAD"));
    if (!/^(?:ref: refs\/[^\n]+|[0-9a-f]{40})\n$/.test(head)) return null;
    for (const folder of ["objects", "refs"]) accessSync(join(gitDir, folder), constants.X_OK);
    if (!isPlain(textOfFile(join(gitDir, "config")))) return null;
    const index = environment["GIT_INDEX_FILE"] ?? join(gitDir, "index");
    return {
      root,
      gitDir,
      isUnborn: isUnborn(gitDir, head),
      isLarge: (statSync(index, { throwIfNoEntry: false })?.size ?? 0) > LARGE_INDEX,
    };
  } catch {
    // What cannot be seen git is asked about.
    return null;
  }
}

/** Throws for whatever is no file. */
function textOfFile(file: string): string {
  if (!lstatSync(file).isFile()) throw new Error(`${file} is no file`);
  return readFileSync(file, "latin1");
}

/** Whether these settings of a repository say nothing of where and how it is stored but the usual. */
function isPlain(settings: string): boolean {
  const rest = settings.replace(/^[ \t]*bare = false$/m, "");
  return !/bare|worktree|\[\s*extensions/i.test(rest);
}

/** What else git takes for HEAD where that names nothing. */
const OTHER_HEADS = ["refs/HEAD", "refs/tags/HEAD", "refs/heads/HEAD", "refs/remotes/HEAD"];

// https://git-scm.com/docs/gitrepository-layout: ref: refs/heads/main LF      or      <id> LF
function isUnborn(gitDir: string, head: string): boolean {
  const branch = head.slice("ref: ".length, -1);
  return (
    head.startsWith("ref: ") &&
    [branch, "packed-refs", ...OTHER_HEADS].every((name) => !existsSync(join(gitDir, name)))
  );
}

type Foreseen = Pick<Seen, "root" | "gitDir" | "isUnborn">;

let expected: { readonly seen: Foreseen; readonly proof: Promise<GitAnswer> } | null = null;

/**
 * Expects what was seen to be true if `proof` is git's answer to a question about the index and, where there should be a
 * commit, about that.
 */
export function foresee(seen: Foreseen, proof: Promise<GitAnswer>): void {
  expected = { seen, proof };
}

/** The top of the repository that is foreseen; null where none is. */
export function likelyRoot(): string | null {
  return expected?.seen.root ?? null;
}

/** Expects nothing any more. */
export function foreseeNothing(): void {
  expected = null;
}

/** What was foreseen of the repository whose top is `root`, once, if git's answer bears it out; else null. */
export async function foreseen(root: string): Promise<Foreseen | null> {
  const known = expected;
  expected = null;
  if (known === null || known.seen.root !== root) return null;
  return known.proof.then(
    ({ exitCode }) => (exitCode === 0 ? known.seen : null),
    () => null,
  );
}
