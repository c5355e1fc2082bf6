import { settingsSource } from "../gate/service/in-force.js";
import { openingOf } from "../gate/service/kept-ledger.js";
import { repositoryLedger } from "../gate/service/repository-ledger.js";
import { LedgerError } from "../ledger/ledger-error.js";
import type { SkipEntry } from "../ledger/record.js";
import { commitNamed } from "../sources/contents-at.js";
import type { PushedRef } from "../sources/push-lines.js";
import { type Repository, repositoryOf } from "../sources/repository.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import type { Terminal } from "./terminal.js";

/** `AURA_SCAN_SKIP=1 git commit`: lets the commit through unseen, and writes that down. */
export async function letCommitThrough(terminal: Terminal): Promise<ExitCode> {
  const repository = await repositoryOf(terminal.cwd);
  if (repository === null)
    throw new UsageError("--staged needs a git repository, and this folder is in none");
  return letThrough(repository, "pre-commit", [], terminal);
}

/** `AURA_SCAN_SKIP=1 git push`: the same for a push. */
export async function letPushThrough(
  repository: Repository,
  refs: readonly PushedRef[],
  terminal: Terminal,
): Promise<ExitCode> {
  const pushed = refs.flatMap(({ localOid }) => localOid ?? []);
  return letThrough(repository, "pre-push", [...new Set(pushed)], terminal);
}

/** What the ledger does not know of does not pass: it is the promise of this way round, and git has another. */
async function letThrough(
  repository: Repository,
  hook: SkipEntry["hook"],
  commits: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const what = hook === "pre-commit" ? "this commit" : "this push";
  try {
    await writeDown(repository, { kind: "skip", hook, head: await commitNamed(repository, "HEAD"), commits });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    terminal.err(
      `aura-scan: AURA_SCAN_SKIP=1 is set, but ${what} does not pass unseen: it cannot be written into the ledger. ${error.message}\n`,
    );
    return EXIT.incomplete;
  }
  terminal.err(
    `aura-scan: AURA_SCAN_SKIP=1, so ${what} was not looked at; the ledger says so (aura-scan audit)\n`,
  );
  return EXIT.allow;
}

async function writeDown({ root, gitDir }: Repository, entry: SkipEntry): Promise<void> {
  // Settings that are broken are no reason to be stuck: their fault is why somebody may be in a hurry.
  const force = await settingsSource(root).current();
  const ledger = await repositoryLedger(root, gitDir).open(
    openingOf(force, null),
    force.engine.settings.audit,
  );
  try {
    await ledger.append([entry]);
  } finally {
    await ledger.close();
  }
}
