import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "./repository.js";

/** The commits that are being merged into HEAD: with it they will be the next commit's parents. None if no merge is on. */
export function mergeHeads({ gitDir }: Repository): readonly string[] {
  let text = "";
  try {
    text = readFileSync(join(gitDir, "MERGE_HEAD"), "latin1");
  } catch {
    return [];
  }
  const ids = text.split("\n").filter((line) => line !== "");
  // What git did not write says nothing; then all that differs from HEAD counts.
  return ids.every((id) => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) ? ids : [];
}
