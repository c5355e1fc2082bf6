import { gitAnswer, gitOutput } from "../sources/git.js";
import type { Repository } from "../sources/repository.js";
import { SourceError } from "../sources/source.js";
import { OWN_HOOKS, OWN_PROGRAM } from "./own-files.js";

/** What became of the note. */
export type NoteOutcome =
  | { readonly result: "written" | "present" }
  | { readonly result: "refused"; readonly reason: string };

/** What became of the note when it was to go. */
export type ForgetOutcome =
  | { readonly result: "absent" | "removed" }
  | { readonly result: "refused"; readonly reason: string };

/**
 * Notes in the repository's own git settings (`aura-scan.bin`, `.node`, `.hooks`) where this scanner, this Node
 * and our own hooks stand: the hooks take them where they find no other. They lie there and not in a hook, for a hook may be committed
 * and shared, and a path of this machine says nothing to any other.
 */
export async function noteProgram(repository: Repository): Promise<NoteOutcome> {
  // Forward slashes: the hooks' shell reads them, on Windows too.
  const notes = Object.entries({ bin: OWN_PROGRAM, node: process.execPath, hooks: OWN_HOOKS }).map(
    ([key, path]) => [`aura-scan.${key}`, path.replaceAll("\\", "/")] as const,
  );
  try {
    const absent: (readonly [string, string])[] = [];
    for (const note of notes) if (!(await isNoted(repository, ...note))) absent.push(note);
    for (const note of absent) await gitOutput(repository, ["config", "--local", "--replace-all", ...note]);
    return { result: absent.length === 0 ? "present" : "written" };
  } catch (error) {
    if (error instanceof SourceError) return { result: "refused", reason: error.message };
    throw error;
  }
}

/** Takes the notes out again; the section too, if nothing else is in it. */
export async function forgetProgram(repository: Repository): Promise<ForgetOutcome> {
  try {
    let result: "absent" | "removed" = "absent";
    for (const key of ["bin", "node", "hooks"]) {
      const name = `aura-scan.${key}`;
      const known = await gitAnswer(repository, ["config", "--local", "--get-all", name]);
      if (known.exitCode !== 0) continue;
      await gitOutput(repository, ["config", "--local", "--unset-all", name]);
      result = "removed";
    }
    return { result };
  } catch (error) {
    if (error instanceof SourceError) return { result: "refused", reason: error.message };
    throw error;
  }
}

async function isNoted(repository: Repository, key: string, path: string): Promise<boolean> {
  const answer = await gitAnswer(repository, ["config", "--local", "-z", "--get-all", key]);
  return answer.exitCode === 0 && answer.output.toString("utf8") === `${path}\0`;
}
