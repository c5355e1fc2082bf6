import { gitAnswer } from "./git.js";
import type { Repository } from "./repository.js";

/** The ids of the commit that is checked out and of its tree; null where there is none yet. Throws SourceError. */
export async function headTree(
  repository: Repository,
): Promise<{ readonly commit: string; readonly tree: string } | null> {
  if (!repository.hasHead) return null;
  const { exitCode, output } = await gitAnswer(repository, ["rev-parse", "HEAD", "HEAD^{tree}"]);
  const [commit = "", tree = ""] = output.toString("latin1").split("\n");
  return exitCode === 0 && commit !== "" && tree !== "" ? { commit, tree } : null;
}
