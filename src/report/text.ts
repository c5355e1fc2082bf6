import { Chalk } from "chalk";
import type { Finding } from "../scan/finding.js";
import { adviceOf, allowBlock, allowComment } from "./advice.js";
import { blocks } from "./blocking.js";
import type { Report, Skipped } from "./report.js";
import { findingLine, findingLines, placeOf, type TextContext } from "./text-finding.js";
import { coverageWords, verdictTellsCoverage, verdictWords } from "./text-summary.js";
import { visible } from "./visible.js";
import { words, wrapped } from "./wrap.js";

export type TextOptions = {
  readonly color: boolean;
  /** Terminal columns; fewer than 20 are taken as 20. */
  readonly width: number;
  /** Tell allowed findings, everything that was skipped, and every fingerprint too. */
  readonly verbose: boolean;
  /** Nothing for a plain `allow`; otherwise a line for each finding that blocks, and the verdict. */
  readonly quiet: boolean;
};

const LEAST_WIDTH = 20;

/** The report for people: findings by file, what was not read, the narrow way out, and the verdict as the last words. */
export function renderText(report: Report, options: TextOptions): string {
  const told = report.findings.filter((finding) => options.verbose || finding.allowed === null);
  const shown = told.filter((finding) => options.verbose || isPressing(finding, report));
  const context: TextContext = {
    report,
    paint: new Chalk({ level: options.color ? 1 : 0 }),
    width: Math.max(LEAST_WIDTH, Math.floor(options.width) || 0),
    verbose: options.verbose,
    places: grouped(shown, (finding) => finding.secret),
    blockAt: firstBlocks(shown),
  };
  if (options.quiet) return quietText(report, context);
  const sections = [
    ...[...grouped(shown, (finding) => finding.path)].map(([path, group]) => fileLines(path, group, context)),
    briefLines(
      told.filter((finding) => !shown.includes(finding)),
      context,
    ),
    skippedLines(report, context),
    noticeLines(report, context),
    hintLines(report, context),
    summaryLines(report, context),
  ];
  return textOf(sections.filter((lines) => lines.length > 0));
}

/** What blocks, and what would leak by Live Sync though it does not block here, is told in full. */
function isPressing(finding: Finding, report: Report): boolean {
  return blocks(finding, report) || finding.wire === "leak";
}

/** As many as fit a screen; the rest is a number. */
const MOST_BRIEF = 12;

function briefLines(findings: readonly Finding[], context: TextContext): readonly string[] {
  if (findings.length === 0) return [];
  const more = findings.length - MOST_BRIEF;
  return [
    "Told, but does not block (--verbose tells more):",
    ...findings.slice(0, MOST_BRIEF).map((finding) => `  ${findingLine(finding, context)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function firstBlocks(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const { block } = adviceOf(finding);
    if (block !== null && !first.has(block)) first.set(block, finding);
  }
  return first;
}

function quietText(report: Report, context: TextContext): string {
  // A reason on an `allow` is what someone has to know: nothing to look at, incomplete and let pass.
  const unread = report.scanned.skipped.some((item) => item.incomplete);
  if (report.verdict === "allow" && report.reasons.length === 0 && !unread) return "";
  const blocking = report.findings.filter((finding) => blocks(finding, report));
  const lines = blocking.map((finding) => findingLine(finding, context));
  return textOf([[...lines, ...verdictLines(report, context)]]);
}

/** Sections with an empty line between them, and no two empty lines in a row. */
function textOf(sections: readonly (readonly string[])[]): string {
  return `${sections.map((lines) => lines.join("\n").trimEnd()).join("\n\n")}\n`;
}

function fileLines(path: string, findings: readonly Finding[], context: TextContext): readonly string[] {
  const blocksOf = findings.map((finding) => findingLines(finding, context).join("\n").trimEnd());
  return [context.paint.underline(visible(path)), blocksOf.join("\n\n")];
}

/** What makes the run incomplete is always told, the rest when asked for. */
function skippedLines({ scanned }: Report, { verbose, width }: TextContext): readonly string[] {
  const told = scanned.skipped.filter((item) => verbose || item.incomplete);
  const lines = ({ path, reason }: Skipped) =>
    wrapped([`${visible(path)}:`, ...words(visible(reason))], width, 2, 4);
  const listed = (title: string, items: readonly Skipped[]) =>
    items.length === 0 ? [] : [title, ...items.flatMap(lines)];
  return [
    ...listed(
      "Skipped:",
      told.filter((item) => !item.incomplete),
    ),
    ...listed(
      "Not read, though asked for:",
      told.filter((item) => item.incomplete),
    ),
  ];
}

function noticeLines({ notices, rule_files }: Report, { verbose, width }: TextContext): readonly string[] {
  const files = verbose ? rule_files.map(({ file, rules }) => `Rules from ${file}: ${rules}.`) : [];
  return [...files, ...notices.map((notice) => `Note: ${notice}`)].flatMap((line) =>
    wrapped(words(visible(line)), width),
  );
}

const COMMENT_HINT = "Or put this comment on the line above it, or at the end of its line:";

/** The way out that lets one place pass instead of everything; the wire has none. */
function hintLines(report: Report, { paint, width }: TextContext): readonly string[] {
  const blocking = report.findings.filter((finding) => blocks(finding, report));
  const [first] = blocking;
  if (first === undefined || report.mode === "preflight") return [];
  const others = blocking.length > 1 ? "Another place has its own fingerprint, told above." : "";
  const rest = `is fine as it is, allow this one place: paste this into .aura/live.toml and say why. ${others}`;
  const block = allowBlock(first.fingerprint).split("\n");
  const comment = allowComment(first);
  return [
    ...wrapped(["If", placeOf(first), ...words(rest)], width),
    "",
    ...block.map((line) => paint.green(line)),
    ...(comment === null
      ? []
      : ["", ...wrapped(words(COMMENT_HINT), width), "", paint.green(visible(comment))]),
  ];
}

function summaryLines(report: Report, context: TextContext): readonly string[] {
  const coverage = wrapped(words(`Looked at ${coverageWords(report)}.`), context.width);
  return [
    ...(verdictTellsCoverage(report) ? [] : coverage.map((line) => context.paint.dim(line))),
    ...verdictLines(report, context),
  ];
}

function verdictLines(report: Report, { paint, width }: TextContext): readonly string[] {
  const color = { allow: paint.green, block: paint.red, incomplete: paint.yellow }[report.verdict];
  return wrapped(words(verdictWords(report)), width).map((line) => color.bold(line));
}

function grouped<K>(findings: readonly Finding[], keyOf: (finding: Finding) => K): Map<K, Finding[]> {
  const groups = new Map<K, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(keyOf(finding));
    if (group === undefined) groups.set(keyOf(finding), [finding]);
    else group.push(finding);
  }
  return groups;
}
