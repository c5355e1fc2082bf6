import type { Finding } from "../scan/finding.js";
import { adviceOf } from "./advice.js";
import { blocks, heldTo, standing } from "./blocking.js";
import { codeText, linkedText, plainText } from "./markdown-text.js";
import { settingsWords } from "./own-settings.js";
import type { Report, Skipped, Verdict } from "./report.js";
import { mostUrgentFirst } from "./selection.js";
import { coverageWords, verdictWords } from "./text-summary.js";
import { visible, wellFormed } from "./visible.js";
import { counted, standingWords, surfaceWords, wireWords } from "./words.js";

/** Nobody reads more in a summary, and GitHub takes 1,024 kB of a job's; these are far below it, whatever is in them. */
const MOST_FINDINGS = 100;
const MOST_ADVICE = 20;
const MOST_UNREAD = 50;

/** Of one text; a hostile name can be as long as it likes. */
const LONGEST = 300;

const HEADS: { readonly [V in Verdict]: string } = {
  allow: "nothing blocks",
  block: "blocked",
  incomplete: "incomplete",
};

/**
 * The report as Markdown: for the summary of a GitHub job (`$GITHUB_STEP_SUMMARY`), a comment or a mail. The verdict and
 * what was read, then a table of what counts, the most urgent first, what to do about it, and what was not read.
 */
export function renderMarkdown(report: Report): string {
  const findings = mostUrgentFirst(report);
  const unread = report.scanned.skipped.filter(({ incomplete }) => incomplete);
  const parts = [
    `## aura-scan: ${headOf(report)}`,
    plainText(verdictWords(report)),
    ...(findings.length === 0 ? [] : [tableOf(findings, report)]),
    ...adviceParts(findings.filter((finding) => blocks(finding, report))),
    ...unreadParts(unread),
    ...report.notices.slice(0, MOST_UNREAD).map((notice) => `> ${plainText(short(notice))}`),
    `Read: ${plainText(coverageWords(report))}.`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function headOf({ verdict, scanned }: Report): string {
  const isEmpty = scanned.files === 0 && scanned.pushes === 0;
  return verdict === "allow" && isEmpty ? "nothing was looked at" : HEADS[verdict];
}

function tableOf(findings: readonly Finding[], report: Report): string {
  const more = findings.length - MOST_FINDINGS;
  const rows = findings.slice(0, MOST_FINDINGS).map((finding) => {
    const { severity, title, rule, preview, unit, surface, path, start, commit } = finding;
    const within = [unit === null ? "" : `in ${codeText(short(unit.aura_id))}`, surfaceWords(surface)];
    const place = `${codeText(`${short(path)}:${start.line}`)} ${within.filter((part) => part !== "").join(", ")}`;
    const settings = settingsWords(finding);
    return cells([
      `${severity}, ${standingWords(standing(finding, report), heldTo(finding, report).fail_on)}`,
      `${plainText(short(title))} ${codeText(short(preview))} (${codeText(short(rule))})`,
      place.trim() +
        (commit === null ? "" : ` of ${codeText(commit.slice(0, 12))}`) +
        (settings === null ? "" : `, settings ${codeText(short(settings))}`),
      plainText(short(wireWords(finding))),
    ]);
  });
  return [
    cells(["Severity", "Secret", "Place", "Live Sync"]),
    cells(["---", "---", "---", "---"]),
    ...rows,
    ...(more > 0 ? ["", `And ${counted(more, "more finding")}.`] : []),
  ].join("\n");
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}

/** Advice that is the same for so many characters is the same. V8 gives all texts of more than 16,383 the same place in a map. */
const TELLING = 2000;

/** What to do, each kind of advice once with the places it is for. */
function adviceParts(findings: readonly Finding[]): readonly string[] {
  const places = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of findings) {
    const { rule, rotate, fix, mask_block } = finding;
    const key = JSON.stringify([rule, rotate, fix, mask_block].map((part) => part?.slice(0, TELLING)));
    const known = places.get(key);
    if (known === undefined) places.set(key, { finding, count: 1 });
    else known.count++;
  }
  if (places.size === 0) return [];
  const more = places.size - MOST_ADVICE;
  const items = [...places.values()]
    .slice(0, MOST_ADVICE)
    .map(({ finding, count }) => itemOf(finding, count));
  return [
    "### What to do",
    ...items,
    ...(more > 0 ? [`And ${counted(more, "more kind")} of advice: the full report has them all.`] : []),
  ];
}

function itemOf(finding: Finding, count: number): string {
  const { words, block } = adviceOf(finding);
  const where = `${codeText(`${short(finding.path)}:${finding.start.line}`)}${count === 1 ? "" : ` and ${counted(count - 1, "other place")}`}`;
  const said = [finding.rotate ?? "", words]
    .filter((part) => part !== "")
    .map((part) => linkedText(short(part)));
  const text = `- ${where}: ${said.join(" ")}`;
  return block === null ? text : `${text}\n\n${indentedCode(block)}`;
}

/** A block of code within an item of a list: indented, so that nothing in it can end it. */
function indentedCode(block: string): string {
  return block
    .split(/\r?\n/)
    .slice(0, MOST_LINES)
    .map((line) => `      ${visible(short(line))}`.trimEnd())
    .join("\n");
}

const MOST_LINES = 20;

function unreadParts(unread: readonly Skipped[]): readonly string[] {
  if (unread.length === 0) return [];
  const more = unread.length - MOST_UNREAD;
  const items = unread
    .slice(0, MOST_UNREAD)
    .map(({ path, reason }) => `- ${codeText(short(path))}: ${plainText(short(reason))}`);
  const rest = more > 0 ? [`- and ${counted(more, "more")}`] : [];
  return ["### Not read", [...items, ...rest].join("\n")];
}

/** Cut after so many characters; never through one. */
function short(text: string): string {
  return text.length <= LONGEST ? text : `${wellFormed(text.slice(0, LONGEST))}…`;
}
