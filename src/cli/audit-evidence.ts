import path from "node:path";
import { evidenceOf } from "../audit/evidence/evidence-of.js";
import { refusalReason, replaceFile } from "../files/replace-file.js";
import { readListed, wholeDigest } from "../gate/listed-settings.js";
import { openEngine } from "../gate/open-engine.js";
import { evidenceFiles } from "../report/evidence/files.js";
import { visible } from "../report/visible.js";
import { type AuditOptions, selectionOf } from "./audit-options.js";
import { makeEvidenceFolder } from "./evidence-folder.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import { type LedgerHere, verifiedHere } from "./ledger-here.js";
import { ReportFileError } from "./report-file.js";
import type { Terminal } from "./terminal.js";

/** Writes what an auditor asks for into the folder `to`, for nobody but its owner. Throws `UsageError` and `ReportFileError`. */
export async function writeEvidence(
  ledger: LedgerHere,
  options: AuditOptions,
  to: string,
  terminal: Terminal,
): Promise<ExitCode> {
  if (to === "") throw new UsageError("--evidence: the folder's name is empty; write . for this folder");
  const { root, folder, repository, records, pushes } = ledger;
  const target = path.resolve(terminal.cwd, to);
  const { since, until } = await selectionOf(options, repository);
  const engine = await openEngine(root);
  await readListed(root, engine);
  const { settings, ruleSet } = engine;
  const verification = verifiedHere(ledger, true);
  const evidence = evidenceOf({
    records,
    pushes,
    window: { since, until },
    verification,
    repository: path.basename(root),
    rules: ruleSet.rules.length,
    settingsDigest: await wholeDigest(engine),
    keep: settings.audit,
    now: Date.now(),
  });
  const files = evidenceFiles(evidence);
  try {
    makeEvidenceFolder(target, to, [folder, ...(repository === null ? [] : [repository.gitDir])]);
    // The sums come last: who finds them finds what they tell of.
    for (const { name, text } of files)
      replaceFile(path.join(target, name), Buffer.from(text, "utf8"), 0o600);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new ReportFileError(`the evidence could not be written to ${to}: ${refusalReason(error)}`);
  }
  const names = files.map(({ name }) => name).join(", ");
  terminal.out(`Evidence of ${evidence.pushes.total} pushes: ${names} in ${visible(to)}.\n`);
  if (verification.ok) return EXIT.allow;
  terminal.err(
    `aura-scan: the ledger does not verify; the evidence says so, and aura-scan audit --verify tells where\n`,
  );
  return EXIT.incomplete;
}
