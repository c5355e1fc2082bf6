import type { ChalkInstance } from "chalk";
import type { Severity } from "../rules/rule.js";
import type { Finding } from "../scan/finding.js";
import { type Advice, adviceOf } from "./advice.js";
import { blocks, heldTo, standing } from "./blocking.js";
import { excerptLines } from "./excerpt.js";
import { settingsWords } from "./own-settings.js";
import type { Report } from "./report.js";
import { textColumns, visible, visibleLines } from "./visible.js";
import { standingWords, surfaceWords, wireWords } from "./words.js";
import { words, wrapped } from "./wrap.js";

/** What the lines of a finding depend on besides itself. */
export type TextContext = {
  readonly report: Report;
  readonly paint: ChalkInstance;
  /** Terminal columns. */
  readonly width: number;
  readonly verbose: boolean;
  /** The findings that are shown, by the number of their secret, in the report's order. */
  readonly places: ReadonlyMap<number, readonly Finding[]>;
  /** The finding that prints a mask block, for each block: one is enough. */
  readonly blockAt: ReadonlyMap<string, Finding>;
};

/** Other places of the same value that are named where it is first shown; `verbose` names all. */
const MOST_PLACES = 5;

/** Everything told about one finding, indented under its file; a mask block stands at the margin, to be copied. */
export function findingLines(finding: Finding, context: TextContext): readonly string[] {
  const fields: readonly Field[] = [
    ...field("settings", settingsWords(finding)),
    ...field("check", finding.check),
    ...field("put together by", finding.built),
    ...field("wire", wireWords(finding)),
    ...field("commit", commitWords(finding)),
    ...field("push", pushWords(finding)),
    ...field(finding.allowed_by === null ? "allowed" : `allowed (${finding.allowed_by})`, finding.allowed),
    ...verboseFields(finding, context),
    ...samePlaces(finding, context),
  ];
  return [
    ...headLines(finding, context),
    ...placeLines(finding, context),
    ...sourceLines(finding, context),
    ...fields.flatMap((one) => fieldLines(one, context)),
    ...adviceLines(finding, context),
  ];
}

/** One finding on one line, for who asked for quiet. */
export function findingLine(finding: Finding, { report }: TextContext): string {
  const count = standingWords(standing(finding, report), heldTo(finding, report).fail_on);
  const what = `${finding.severity}, ${count}: ${finding.title} [${finding.rule}] ${finding.preview}`;
  return `${placeOf(finding)}: ${visible(what)}`;
}

/** `path:line:column`, as terminals and editors make it a link; a path of several lines stays on one. */
export function placeOf({ path, start }: Pick<Finding, "path" | "start">): string {
  return `${visible(path)}:${start.line}:${start.column}`;
}

export function severityPaint(paint: ChalkInstance, severity: Severity): ChalkInstance {
  switch (severity) {
    case "critical":
      return paint.red.bold;
    case "high":
      return paint.red;
    case "medium":
      return paint.yellow;
    case "low":
      return paint.cyan;
  }
}

/** A label and the words after it; a word that holds spaces is not broken. */
type Field = readonly [label: string, text: readonly string[]];

function field(label: string, text: string | null | undefined): readonly Field[] {
  const said = words(visible(text ?? ""));
  return said.length === 0 ? [] : [[label, said]];
}

function fieldLines([label, text]: Field, { paint, width }: TextContext): readonly string[] {
  const lines = wrapped([`${label}:`, ...text], width, 2, 4);
  return lines.map((line, index) => (index === 0 ? line.replace(label, paint.dim(label)) : line));
}

function sourceLines(finding: Finding, { paint, width }: TextContext): readonly string[] {
  // A report that was read back has none.
  if (finding.excerpt.text === "") return [];
  const { source, caret } = excerptLines(finding.excerpt, finding.start.line, width);
  const gutter = source.indexOf("|") + 1;
  return [
    paint.dim(source.slice(0, gutter)) + source.slice(gutter),
    caret.replace(/\^+$/, (run) => severityPaint(paint, finding.severity)(run)),
  ];
}

function headLines(finding: Finding, { report, paint, width }: TextContext): readonly string[] {
  const { severity, title, rule } = finding;
  const count = standingWords(standing(finding, report), heldTo(finding, report).fail_on);
  const lines = wrapped(words(visible(`${severity}, ${count}: ${title} [${rule}]`)), width, 2, 4);
  return lines.map((line, index) =>
    index === 0 ? line.replace(severity, severityPaint(paint, severity)(severity)) : line,
  );
}

function placeLines(finding: Finding, { paint, width }: TextContext): readonly string[] {
  const place = placeOf(finding);
  const within = withinWords(finding);
  if (within === "") return [`  ${paint.bold(place)}`];
  const fits = 2 + textColumns(place) + 1 + textColumns(within) <= width;
  if (fits) return [`  ${paint.bold(place)} ${within}`];
  return [`  ${paint.bold(place)}`, ...wrapped(words(within), width, 4)];
}

/** `in fn billing::connect (body, @aura-local)`. */
function withinWords({ unit, surface }: Finding): string {
  const marks = [surfaceWords(surface), unit?.marker ?? ""].filter((mark) => mark !== "");
  const marked = marks.length === 0 ? "" : `(${marks.join(", ")})`;
  return unit === null ? marked : `in fn ${visible(unit.aura_id)}${marked === "" ? "" : ` ${marked}`}`;
}

/** `0123456789ab of 2026-05-01, not at HEAD`. */
function commitWords({ commit, commit_date, at_head }: Finding): string | null {
  if (commit === null) return null;
  const date = commit_date === null ? "" : ` of ${commit_date.slice(0, 10)}`;
  const head = at_head === null ? "" : at_head ? ", still at HEAD" : ", not at HEAD";
  return `${commit.slice(0, 12)}${date}${head}`;
}

/** `01J… of 2026-05-01 12:30 UTC to alpha, 3 times up to 2026-05-04 09:12 UTC`. */
function pushWords({ push, pushed }: Finding): string | null {
  if (push === null || pushed === null) return push;
  const { at, last_at, times, motherships, sent } = pushed;
  const to = motherships.length === 0 ? "" : ` to ${motherships.join(", ")}`;
  const again = times === 1 ? "" : `, ${times} times up to ${minuteOf(last_at)}`;
  const known = sent ? "" : ", cleared and not known to have been sent";
  return `${push} of ${minuteOf(at)}${to}${again}${known}`;
}

function minuteOf(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

function verboseFields(finding: Finding, { verbose, report }: TextContext): readonly Field[] {
  // What blocks can be allowed by its fingerprint, and a hook cannot be asked for more.
  const isNeeded = verbose || blocks(finding, report);
  const fingerprint = isNeeded ? field("fingerprint", finding.fingerprint) : [];
  if (!verbose) return fingerprint;
  return [
    ...fingerprint,
    ...field("confidence", finding.confidence),
    ...field("also matched by", finding.also.join(", ")),
  ];
}

/** Where else the same value stands: all places at the first, the first place at all others. */
function samePlaces(finding: Finding, { places, verbose }: TextContext): readonly Field[] {
  const [first, ...others] = places.get(finding.secret) ?? [];
  if (first === undefined || others.length === 0) return [];
  if (first !== finding) return [["same value", ["as", `secret ${finding.secret}`, "at", placeOf(first)]]];
  const shown = verbose ? others : others.slice(0, MOST_PLACES);
  const more = others.length - shown.length;
  const named = shown.map((other, index) => placeOf(other) + (index < shown.length - 1 ? "," : ""));
  const rest = more === 0 ? [] : ["and", `${more} more`];
  return [["same value", ["as", `secret ${finding.secret},`, "also", "at", ...named, ...rest]]];
}

/** What to do, once for each value: again only where another place asks for something else. */
function adviceLines(finding: Finding, context: TextContext): readonly string[] {
  const advice = adviceOf(finding);
  const first = context.places.get(finding.secret)?.[0] ?? finding;
  if (first !== finding && sameAdvice(advice, adviceOf(first))) return [];
  const fields = [
    ...field("rotate", first === finding ? finding.rotate : null),
    ...field("fix", advice.words),
  ].flatMap((one) => fieldLines(one, context));
  if (advice.block === null) return fields;
  const printedAt = context.blockAt.get(advice.block);
  if (printedAt !== undefined && printedAt !== finding) {
    return [...fields, ...fieldLines(["mask", words(`as at ${placeOf(printedAt)}`)], context)];
  }
  const block = visibleLines(advice.block).map((line) => (line === "" ? "" : context.paint.green(line)));
  return [...fields, "", ...block];
}

function sameAdvice(a: Advice, b: Advice): boolean {
  return a.words === b.words && a.block === b.block;
}
