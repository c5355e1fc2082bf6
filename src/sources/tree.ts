import { inTurn, type LookAhead, noLook, skippedTurn, type Turn } from "./ahead.js";
import { absoluteBytes, type Listed, listedFiles, realFolders } from "./listing.js";
import type { Repository } from "./repository.js";
import type { SourceItem } from "./source.js";
import { VANISHED, workingFile } from "./working-file.js";

const DELETED = { reason: "deleted in the working tree", incomplete: false };

const NOT_READ: Readonly<Record<Exclude<Listed["state"], "tracked" | "untracked">, string>> = {
  submodule: "submodule",
  "nested repository": "nested repository",
  sparse: "not checked out (sparse checkout)",
};

/**
 * The working tree: tracked files, and untracked ones that are not ignored, under the given paths (relative to the
 * root; all, if there are none). Sorted by path. Throws SourceError.
 */
export async function* treeFiles(
  repository: Repository,
  under: readonly string[] = [],
  look: LookAhead = noLook,
): AsyncGenerator<SourceItem> {
  const isReal = realFolders(repository.root);
  const listed = await listedFiles(repository, under);
  yield* inTurn(
    listed.map((each) => listedTurn(repository, each, isReal(each.bytes))),
    look,
  );
}

/** What stands at a listed path; `isReal` tells that no symbolic link lies on the way. */
export function listedTurn(repository: Repository, listed: Listed, isReal: boolean): Turn {
  const { path, state } = listed;
  if (state !== "tracked" && state !== "untracked") {
    return skippedTurn({ kind: "skipped", path, reason: NOT_READ[state], incomplete: false });
  }
  const ifGone = state === "tracked" ? DELETED : VANISHED;
  if (!isReal) return skippedTurn({ kind: "skipped", path, ...ifGone });
  const place = { bytes: absoluteBytes(repository.root, listed.bytes), path, ifGone };
  return {
    place,
    *items() {
      for (const item of workingFile(place)) {
        // A tracked file whose place a folder took: what lies in the folder is listed by itself.
        const isTaken = state === "tracked" && item.kind === "skipped" && item.reason === "folder";
        yield isTaken ? { kind: "skipped", path, ...DELETED } : item;
      }
    },
  };
}
