import { SEVERITIES } from "../rules/rule.js";
import type { Finding } from "../scan/finding.js";
import { blocks, standing } from "./blocking.js";
import type { Report, Skipped } from "./report.js";
import { visible } from "./visible.js";
import { counted, humanBytes, humanDuration, thousands } from "./words.js";

/** Kinds of skipped things that are counted by name; the rest is one number. */
const MOST_REASONS = 6;

/** What was read, with what, and what was not: `214 files, 1.2 MB, 31 units with 240 rules in 0.4 s; 2 skipped: image (2)`. */
export function coverageWords(report: Report): string {
  const { files, cached, units, bytes, commits, pushes, skipped } = report.scanned;
  const read = [
    counted(files, "file"),
    humanBytes(bytes),
    counted(units, "unit"),
    ...(commits === 0 ? [] : [counted(commits, "commit")]),
    ...(pushes === 0 ? [] : [counted(pushes, "push", "pushes")]),
  ].join(", ");
  const how = ` with ${counted(report.tool.rules, "rule")} in ${humanDuration(report.duration_ms)}`;
  return [
    read + how,
    ...(cached === 0 ? [] : [`${thousands(cached)} of the files are known from an earlier run`]),
    ...(skipped.length === 0 ? [] : [skippedWords(skipped)]),
    ...allowedCount(report.findings),
  ].join("; ");
}

/** The verdict in plain words, one sentence or more. */
export function verdictWords(report: Report): string {
  switch (report.verdict) {
    case "block":
      return [blockedWords(report), ...otherReasons(report)].join(" ");
    case "incomplete":
      return `Incomplete: ${clause(report.reasons, "not everything that was asked for was read")}; this blocks because what was not read may hold a secret; --allow-incomplete lets it pass.`;
    case "allow":
      return allowedWords(report);
  }
}

/** Whether the verdict's own words hold the coverage: a run that found nothing is told in one sentence. */
export function verdictTellsCoverage(report: Report): boolean {
  return report.verdict === "allow" && (lookedAtNothing(report) || toldOnly(report) === null);
}

/** Whether there was nothing to look at, which is never told as "nothing found". */
function lookedAtNothing({ scanned }: Report): boolean {
  return scanned.files === 0 && scanned.units === 0 && scanned.bytes === 0 && scanned.pushes === 0;
}

/** `3 findings allowed (2 inline, 1 baseline)`; nothing where nothing is. */
function allowedCount(findings: readonly Finding[]): readonly string[] {
  const allowed = findings.filter((finding) => finding.allowed !== null);
  if (allowed.length === 0) return [];
  const by = ALLOWED_BY.flatMap((place) => {
    const count = allowed.filter((finding) => finding.allowed_by === place).length;
    return count === 0 ? [] : [`${thousands(count)} ${place}`];
  });
  return [`${counted(allowed.length, "finding")} allowed${by.length === 0 ? "" : ` (${by.join(", ")})`}`];
}

const ALLOWED_BY = ["inline", "settings", "baseline"] as const;

function skippedWords(skipped: readonly Skipped[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const named = ranked
    .slice(0, MOST_REASONS)
    .map(([reason, count]) => `${visible(reason)} (${thousands(count)})`);
  const others = ranked.slice(MOST_REASONS).reduce((sum, [, count]) => sum + count, 0);
  return `${thousands(skipped.length)} skipped: ${[...named, ...(others === 0 ? [] : [`other reasons (${thousands(others)})`])].join(", ")}`;
}

function blockedWords(report: Report): string {
  const blocking = report.findings.filter((finding) => blocks(finding, report));
  if (blocking.length === 0) return `Blocked: ${clause(report.reasons, "no reason was given")}.`;
  const worst = new Map<number, Finding>();
  for (const finding of blocking) {
    const known = worst.get(finding.secret);
    if (known === undefined || rank(known) < rank(finding)) worst.set(finding.secret, finding);
  }
  const files = new Set(blocking.map((finding) => finding.path)).size;
  const leaksOnly = report.mode === "preflight" || report.git_blocks_on === "leaks";
  const by = [...SEVERITIES].reverse().flatMap((severity) => {
    const count = [...worst.values()].filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${thousands(count)} ${severity}`];
  });
  const what = `${counted(worst.size, leaksOnly ? "leak" : "secret")} in ${counted(files, "file")} (${by.join(", ")})`;
  const told = toldOnly(report);
  return `Blocked: ${what}${told === null ? "" : `; ${told}`}.`;
}

function allowedWords(report: Report): string {
  const reasons = report.reasons.map(sentence);
  if (!lookedAtNothing(report)) return [foundWords(report), ...reasons].join(" ");
  const { skipped } = report.scanned;
  return [
    ...(reasons.length === 0 ? ["Nothing to look at."] : reasons),
    ...(skipped.length === 0 ? [] : [sentence(skippedWords(skipped))]),
  ].join(" ");
}

function foundWords(report: Report): string {
  const told = toldOnly(report);
  if (told !== null) return `Nothing blocks: ${told}.`;
  const found = report.findings.length === 0 ? "Nothing found in" : "Nothing found but what is allowed in";
  return `${found} ${coverageWords(report)}.`;
}

/** How many findings are told though they do not block, and why not; null if there are none. */
function toldOnly(report: Report): string | null {
  const standings = report.findings.map((finding) => standing(finding, report));
  const count = (wanted: string) => standings.filter((one) => one === wanted).length;
  const parts = [
    [count("below-fail-on"), `below ${report.fail_on}`],
    [count("low-confidence"), "of low confidence"],
    [count("not-on-the-wire"), "masked or withheld"],
  ] as const;
  const told = parts.filter(([number]) => number > 0);
  const sum = told.reduce((total, [number]) => total + number, 0);
  if (sum === 0) return null;
  const why = told.map(([number, words]) => `${thousands(number)} ${words}`).join(", ");
  return `${counted(sum, "finding")} ${sum === 1 ? "is" : "are"} told only (${why})`;
}

/** The gate's own count of what blocks is left out: it is told above with the severities. */
function otherReasons(report: Report): readonly string[] {
  if (!report.findings.some((finding) => blocks(finding, report))) return [];
  return report.reasons.filter((reason) => !/^\d+ (?:secret|leak)s? in \d+ file/.test(reason)).map(sentence);
}

function clause(reasons: readonly string[], instead: string): string {
  const said = reasons.map((reason) => visible(reason).trim().replace(/\.$/, "")).filter((one) => one !== "");
  return said.length === 0 ? instead : said.join("; ");
}

function sentence(text: string): string {
  const shown = visible(text).trim();
  const begun = shown.slice(0, 1).toUpperCase() + shown.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function rank(finding: Finding): number {
  return SEVERITIES.indexOf(finding.severity);
}
