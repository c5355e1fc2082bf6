import { existsSync } from "node:fs";
import { isUnderFile } from "../install/hook-folders.js";
import { visible } from "../report/visible.js";
import type { Repository } from "../sources/repository.js";
import { type Check, fault, good, unknown } from "./check.js";
import { hooksFolder, ownedBy } from "./found-hook.js";
import { canBeTried, hookCheck, hooksThere } from "./hooks.js";
import { type PlainGit, plainGit } from "./plain-git.js";

/**
 * The other working trees of this repository. A relative `core.hooksPath`, which husky sets, leads into each of them anew:
 * where nobody ran `npm install` there is nothing, and git commits without a word.
 */
export async function worktreeChecks(
  repository: Repository,
  git: PlainGit,
  environment: Readonly<Record<string, string>>,
): Promise<readonly Check[]> {
  const id = "worktrees";
  const listing = await git(["worktree", "list", "--porcelain"]);
  if (listing.code !== 0) return [unknown(id, "git does not list its working trees", "Update git.")];
  const others = treesIn(listing.out).filter((tree) => tree !== repository.root && existsSync(tree));
  if (others.length === 0) return [];
  const elsewhere = withoutFolders(environment);
  const checks: Check[] = [];
  for (const tree of others) {
    const plain = plainGit(tree, elsewhere);
    const folder = await hooksFolder(plain, tree);
    if (isUnderFile(folder)) {
      const message = `the working tree ${visible(tree)}: git looks for hooks where no folder is (${visible(folder)})`;
      checks.push(
        fault(id, message, "There, run git config --unset core.hooksPath, and then aura-scan init."),
      );
      continue;
    }
    const owns = await ownedBy(plain, tree);
    const first = (await hooksThere(folder, tree)).hooks.find((hook) => !canBeTried(hook));
    if (first === undefined) continue;
    const { state, message } = hookCheck(first, tree, owns(first));
    const told = `the working tree ${visible(tree)}: ${message}`;
    checks.push(
      state === "unknown"
        ? unknown(id, told, "There, run aura-scan doctor.")
        : fault(
            id,
            told,
            first.words.is === "missing"
              ? "There, run npm install (or npx husky), or aura-scan init, and then aura-scan doctor."
              : "There, run aura-scan init, and then aura-scan doctor.",
          ),
    );
  }
  if (checks.length > 0) return checks;
  const count =
    others.length === 1 ? "1 other working tree has" : `${others.length} other working trees have`;
  return [good(id, `${count} the hooks too; aura-scan doctor there tries them`)];
}

/** The raw lines, a paragraph a tree: `worktree /a b`, `HEAD 1f…`, `branch refs/heads/x`, or `bare`, or `prunable …`. */
function treesIn(listing: string): readonly string[] {
  return listing.split(/\r?\n\r?\n/).flatMap((paragraph) => {
    const lines = paragraph.split(/\r?\n/);
    const tree = /^worktree (.+)$/.exec(lines[0] ?? "")?.[1];
    return tree === undefined || lines.some((line) => /^(?:bare|prunable)\b/.test(line)) ? [] : [tree];
  });
}

/** Each tree has its own: what names one must not speak for another. */
function withoutFolders(environment: Readonly<Record<string, string>>): Record<string, string> {
  const { ...rest }: Record<string, string> = environment;
  for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"]) delete rest[name];
  return rest;
}
