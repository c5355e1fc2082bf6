import type { Finding } from "../scan/finding.js";
import { adviceOf } from "./advice.js";
import { blocks } from "./blocking.js";
import { settingsWords } from "./own-settings.js";
import type { Report, Skipped } from "./report.js";
import { mostUrgentFirst } from "./selection.js";
import { verdictWords } from "./text-summary.js";
import { visible } from "./visible.js";
import { counted, surfaceWords, wireWords } from "./words.js";

/** GitHub shows this many of each kind for a step, and drops the others without a word. */
const MOST_OF_A_KIND = 10;

type Kind = "error" | "warning" | "notice";

type Annotation = {
  readonly kind: Kind;
  readonly title: string;
  readonly message: string;
  readonly at?: Pick<Finding, "path" | "start" | "end"> | Pick<Skipped, "path">;
};

/**
 * The report as workflow commands of GitHub Actions, which make annotations of what a step prints:
 * `::error file=src/a.rs,line=3,endLine=3,col=9,endColumn=29,title=…::…`
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands). Empty where there is nothing to
 * tell; the most urgent first, and the last of a kind says how many there was no room for.
 */
export function renderAnnotations(report: Report): string {
  const all = [...runAnnotations(report), ...mostUrgentFirst(report).map((one) => ofFinding(one, report))];
  const kinds: readonly Kind[] = ["error", "warning", "notice"];
  return kinds
    .flatMap((kind) =>
      withRoom(
        kind,
        all.filter((one) => one.kind === kind),
      ),
    )
    .map(command)
    .join("");
}

/** What no finding tells: that not everything was read, or that there was nothing to read. */
function runAnnotations(report: Report): readonly Annotation[] {
  const { verdict, scanned, reasons } = report;
  const unread = scanned.skipped.filter(({ incomplete }) => incomplete);
  const title = "aura-scan";
  // Allowed all the same: somebody gave --allow-incomplete.
  const kind = verdict === "allow" ? "warning" : "error";
  return [
    ...(verdict === "incomplete" ? [{ kind, title, message: verdictWords(report) } as const] : []),
    ...(verdict === "allow" ? reasons.map((message) => ({ kind: "notice", title, message }) as const) : []),
    ...unread.map(
      ({ path, reason }) => ({ kind, title: "Not read", message: reason, at: { path } }) as const,
    ),
  ];
}

function ofFinding(finding: Finding, report: Report): Annotation {
  const { severity, title, preview, unit, surface } = finding;
  const { words, block } = adviceOf(finding);
  const where = [unit === null ? "" : `in ${unit.aura_id}`, surfaceWords(surface)].filter(
    (part) => part !== "",
  );
  const kind = blocks(finding, report) ? "error" : severity === "low" ? "notice" : "warning";
  const settings = settingsWords(finding);
  const message = [
    `${[title, preview, ...where].join(" ")}: ${wireWords(finding)}.`,
    finding.rotate ?? "",
    settings === null ? "" : `Settings: ${settings}.`,
    block === null ? words : `${words}\n${block}`,
  ];
  return {
    kind,
    title: `${severity}: ${title} (${finding.rule})`,
    message: message.filter((part) => part !== "").join("\n"),
    at: finding,
  };
}

function withRoom(kind: Kind, all: readonly Annotation[]): readonly Annotation[] {
  if (all.length <= MOST_OF_A_KIND) return all;
  const shown = all.slice(0, MOST_OF_A_KIND - 1);
  const message = `${counted(all.length - shown.length, `more ${kind}`)}: there is no room for them here, the report has them all.`;
  return [...shown, { kind, title: "aura-scan", message }];
}

function command({ kind, title, message, at }: Annotation): string {
  const properties = [...(at === undefined ? [] : placeOf(at)), `title=${escapedProperty(title)}`];
  return `::${kind} ${properties.join(",")}::${escaped(message)}\n`;
}

/** Columns only where the place lies on one line: GitHub takes none otherwise. */
function placeOf(at: NonNullable<Annotation["at"]>): readonly string[] {
  const file = `file=${escapedProperty(at.path)}`;
  if (!("start" in at)) return [file];
  const { start, end } = at;
  const lines = [`line=${start.line}`, `endLine=${Math.max(start.line, end.line)}`];
  return start.line === end.line
    ? [file, ...lines, `col=${start.column}`, `endColumn=${Math.max(start.column, end.column)}`]
    : [file, ...lines];
}

/** Line breaks stay, as `%0A`; every other control character is written out. */
function escaped(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line).replaceAll("%", "%25"))
    .join("%0A");
}

function escapedProperty(text: string): string {
  return visible(text).replaceAll("%", "%25").replaceAll(":", "%3A").replaceAll(",", "%2C");
}
