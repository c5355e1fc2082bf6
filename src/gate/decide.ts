import { blocks } from "../report/blocking.js";
import type { Report, Skipped, Verdict } from "../report/report.js";

/** What a verdict is made of. */
export type Grounds = Pick<Report, "mode" | "fail_on" | "git_blocks_on" | "findings"> & {
  /** Files and pushes. */
  readonly read: number;
  readonly skipped: readonly Skipped[];
  /** The person who knows better said that what was not read shall not block. */
  readonly allowIncomplete: boolean;
  /** How many findings only a new allow would have let pass (`scan.new_allows`). */
  readonly refusedAllows: number;
  /** What there was to look at, for the sentence when there was nothing: `no file is staged`. */
  readonly nothing: string;
};

/**
 * The verdict and its reasons (design section 7). A finding that blocks outweighs what could not be read: both are
 * told, and the finding sets the exit code.
 */
export function decide(grounds: Grounds): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  const blocking = grounds.findings.filter((finding) => blocks(finding, grounds));
  const unread = grounds.skipped.filter((skipped) => skipped.incomplete);
  const reasons: string[] = [];
  if (blocking.length > 0) reasons.push(blockedReason(grounds));
  if (grounds.refusedAllows > 0) reasons.push(refusedWords(grounds.refusedAllows));
  if (unread.length > 0) {
    const what =
      unread.length === 1
        ? "one thing that was asked for was not read"
        : `${unread.length} things that were asked for were not read`;
    reasons.push(grounds.allowIncomplete ? `${what}; allowed by --allow-incomplete` : what);
  }
  if (grounds.read === 0 && grounds.skipped.length === 0)
    reasons.push(`Nothing to look at: ${grounds.nothing}`);
  else if (grounds.read === 0 && unread.length === 0)
    reasons.push("Nothing was read: all there was is of a kind that is skipped");
  const incomplete = unread.length > 0 && !grounds.allowIncomplete;
  return { verdict: blocking.length > 0 ? "block" : incomplete ? "incomplete" : "allow", reasons };
}

export { exitCodeOf } from "../report/exit-code.js";

/** How much blocks. */
export function blockedReason(
  grounds: Pick<Grounds, "mode" | "fail_on" | "git_blocks_on" | "findings">,
): string {
  const blocking = grounds.findings.filter((finding) => blocks(finding, grounds));
  const secrets = new Set(blocking.map((finding) => finding.secret)).size;
  const files = new Set(blocking.map((finding) => finding.path)).size;
  const what = grounds.git_blocks_on === "leaks" ? "leak" : "secret";
  return `${secrets} ${what}${secrets === 1 ? "" : "s"} in ${files} file${files === 1 ? "" : "s"} of severity ${grounds.fail_on} or above`;
}

/** Whether a reason is the one above. */
export function isBlockedReason(reason: string): boolean {
  return /^\d+ (?:secret|leak)s? in \d+ files? of severity \w+ or above$/.test(reason);
}

function refusedWords(count: number): string {
  const what =
    count === 1
      ? "One finding is allowed only by what is new or bound to no value"
      : `${count} findings are allowed only by what is new or bound to no value`;
  return `${what}, and such allows do not count here (scan.new_allows)`;
}
