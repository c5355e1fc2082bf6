import type { Refusal } from "../install/hook-file.js";
import { type Uninstallation, uninstallHooks } from "../install/uninstall-hooks.js";
import { visibleLines } from "../report/visible.js";
import type { Repository } from "../sources/repository.js";
import { EXIT, type ExitCode } from "./exit.js";
import type { Terminal } from "./terminal.js";

/** `aura-scan init --uninstall`: takes out what init put in, and says what it left. */
export async function uninstall(
  repository: Repository,
  told: (file: string) => string,
  terminal: Terminal,
): Promise<ExitCode> {
  const { hooks, lefthook, note, left, nowhere } = await uninstallHooks(repository);
  const done = [
    ...hooks.flatMap(({ path, result }) => (result === "refused" ? [] : [`${told(path)}: ${DONE[result]}`])),
    ...(lefthook?.result === "removed" ? [`${told(lefthook.path)}: ${DONE.removed}`] : []),
    ...(note.result === "removed" ? [`${told(note.path)}: the note of scanner and node taken out`] : []),
  ];
  const faults = faultLines({ hooks, lefthook, note }, told);
  if (done.length === 0 && faults.length === 0)
    done.push("Nothing that aura-scan init puts in is here, so nothing was changed.");
  else if (faults.length === 0) done.push("git commit and git push are looked at no more.");
  if (nowhere !== null)
    done.push(
      `core.hooksPath leads to ${told(nowhere)}, where no hook can be, so git runs no hook: git config --unset core.hooksPath (with --global where it stands there) if that is not meant.`,
    );
  if (left.length > 0) done.push(`Left where it is, for you to keep or delete: ${left.join(", ")}.`);
  terminal.out(done.map((line) => `${line}\n`).join(""));
  terminal.err(faults.map((line) => `${line}\n`).join(""));
  return faults.length === 0 ? EXIT.allow : EXIT.incomplete;
}

const DONE = {
  absent: "held nothing of aura-scan's",
  deleted: "deleted, for nothing else was in it",
  removed: "aura-scan's lines taken out, everything else kept",
} as const;

function faultLines(
  { hooks, lefthook, note }: Omit<Uninstallation, "left" | "nowhere">,
  told: (file: string) => string,
): readonly string[] {
  return [
    ...hooks.flatMap((hook) =>
      hook.result === "refused" ? [`${told(hook.path)}: left alone, ${whyAndWhat(hook.refusal)}`] : [],
    ),
    ...(lefthook?.result === "refused"
      ? [`${told(lefthook.path)}: left alone, for ${lefthook.reason}. Mend that, ${AGAIN}`]
      : []),
    ...(note.result === "refused"
      ? [`${told(note.path)}: not changed. ${visibleLines(note.reason.trim()).join(" / ")}`]
      : []),
  ];
}

const AGAIN = "then run aura-scan init --uninstall again";

function whyAndWhat(refusal: Refusal): string {
  if (refusal.kind === "fault") return `for ${refusal.reason}. Mend that, ${AGAIN}`;
  return `for its aura-scan block is broken. Delete what is left from # >>> aura-scan >>> to # <<< aura-scan <<<, ${AGAIN}`;
}
