import { damageIn } from "../audit/ledger-at.js";
import { type Searched, searchBodies } from "../audit/search-bodies.js";
import { isWithin, selected } from "../audit/selection.js";
import { whyNoText, wireBodies } from "../audit/wire-bodies.js";
import { auditJson, auditText, verificationText } from "../report/pushes/audit.js";
import { visible } from "../report/visible.js";
import { counted } from "../report/words.js";
import { writeEvidence } from "./audit-evidence.js";
import { type AuditOptions, auditAsked, needleOf, selectionOf, withAudit } from "./audit-options.js";
import { scrubPush } from "./audit-scrub.js";
import type { Command } from "./command.js";
import { EXIT, type ExitCode } from "./exit.js";
import { type LedgerHere, ledgerHere, tellProblems, verifiedHere } from "./ledger-here.js";
import type { Terminal } from "./terminal.js";

/** `aura-scan audit`: what left, when, where to, and what was masked in it; never a body. */
export const auditCommand: Command<AuditOptions> = {
  usage: "audit",
  about: "Every push that the ledger knows: list, search, verify, scrub, make evidence of it",
  options: withAudit,
  async run(options, terminal) {
    const asked = auditAsked(options);
    const ledger = await ledgerHere(terminal.cwd);
    switch (asked) {
      case "scrub":
        return scrubPush(ledger, options.scrub ?? "", options.reason ?? "", terminal);
      case "evidence":
        return writeEvidence(ledger, options, options.evidence ?? "", terminal);
      case "list":
        return list(ledger, options, terminal);
    }
  },
};

async function list(ledger: LedgerHere, options: AuditOptions, terminal: Terminal): Promise<ExitCode> {
  const selection = await selectionOf(options, ledger.repository);
  const needle = await needleOf(options, terminal);
  // A push that is lost is in no list: whoever lists or searches is told of all that is missing.
  const seen = verifiedHere(ledger, options.verify);
  const verification = options.verify ? seen : null;
  const asked = selected(ledger.pushes, selection);
  const searched = needle === null ? null : searchBodies(asked, needle, wireBodies(ledger.folder));
  const pushes = searched?.carriers ?? asked;
  const damage = damageIn(seen.problems).map(({ message }) => message);
  // Whoever narrows the pushes down does not ask for pulls, nor for what git was let do.
  const isNarrowed =
    searched !== null || Object.values({ ...selection, since: null, until: null }).some(isGiven);
  const beside = isNarrowed ? [] : ledger.records.filter(({ at }) => isWithin(at, selection));
  const audit = {
    window: { since: isoOf(selection.since), until: isoOf(selection.until) },
    pushes,
    known: ledger.pushes.length,
    pulls: beside.filter((record) => record.kind === "pull"),
    skips: beside.filter((record) => record.kind === "skip"),
    verification,
    damage,
  };
  if (options.json) terminal.out(auditJson(audit));
  else if (verification !== null && !isNarrowed && selection.since === null && selection.until === null)
    terminal.out(verificationText(verification));
  else {
    terminal.out(auditText(audit));
    if (verification !== null) terminal.out(verificationText(verification));
  }
  if (verification === null) tellProblems(seen.problems, terminal);
  if (searched !== null) tellSearch(searched, terminal);
  return exitCodeOf(searched, damage.length);
}

function isGiven(value: unknown): boolean {
  return value !== null;
}

function isoOf(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}

/** How far the search went: what could not be read may hold the text. */
function tellSearch({ carriers, bodies, unread }: Searched, terminal: Terminal): void {
  const found =
    carriers.length === 0
      ? "the text is in none of them"
      : `the text left with ${counted(carriers.length, "push", "pushes")}: if it is a secret, rotate it`;
  const rest =
    unread.length === 0
      ? ""
      : ` Of ${counted(unread.length, "push", "pushes")} nobody can tell whether it was in them, for their bodies are not there:`;
  terminal.err(`Searched ${counted(bodies, "body", "bodies")}; ${found}.${rest}\n`);
  for (const { push, body } of unread)
    terminal.err(`Not searched: the body of push ${push.record.record_id} ${visible(whyNoText(body))}.\n`);
}

/**
 * 1: the text left. 3: something that was asked for could not be read, or is not as it was written. What was scrubbed is
 * told and is neither: somebody took it out on purpose and wrote down why, and a ledger in which anything was ever
 * scrubbed would otherwise never pass again.
 */
function exitCodeOf(searched: Searched | null, damage: number): ExitCode {
  if (searched !== null && searched.carriers.length > 0) return EXIT.block;
  const lost = searched?.unread.some(({ body }) => body.what !== "scrubbed") ?? false;
  return lost || damage > 0 ? EXIT.incomplete : EXIT.allow;
}
