import type { Finding } from "../scan/finding.js";
import { standing } from "./blocking.js";
import { settingsWords } from "./own-settings.js";
import type { Report } from "./report.js";
import { findingsToTell, type Selection } from "./selection.js";
import { verdictWords } from "./text-summary.js";
import { visible, wellFormed } from "./visible.js";

/** A row by its columns; what a kind of row does not say stays empty. */
type Row = Partial<Record<(typeof COLUMNS)[number], string | number | boolean | null>>;

/** Without it Excel takes a file for one of the machine's old code page. */
const UTF8_MARK = "\ufeff";

/** Later columns may be added behind these. */
const COLUMNS = [
  "kind",
  "severity",
  "standing",
  "rule",
  "title",
  "path",
  "line",
  "column",
  "end_line",
  "end_column",
  "unit",
  "surface",
  "wire",
  "detector",
  "preview",
  "confidence",
  "check",
  "built",
  "commit",
  "commit_date",
  "at_head",
  "push",
  "secret",
  "fingerprint",
  "allowed",
  "allowed_by",
  "detail",
  "rotate",
  "settings",
] as const;

/**
 * The report for a spreadsheet (RFC 4180, UTF-8 with its mark): a line of names, one row of kind `run` with the verdict, one of kind
 * `finding` for each, and one of kind `not read` or `skipped` for each thing that was not read.
 */
export function renderCsv(report: Report, options: Selection): string {
  const rows: readonly Row[] = [
    { kind: "run", standing: report.verdict, title: report.mode, detail: verdictWords(report) },
    ...findingsToTell(report, options).map((finding) => findingRow(finding, report)),
    ...report.scanned.skipped.map(({ path, reason, incomplete }) => ({
      kind: incomplete ? "not read" : "skipped",
      path,
      detail: reason,
    })),
  ];
  const lines = [
    COLUMNS.join(","),
    ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(",")),
  ]
    .map((line) => `${line}\r\n`)
    .join("");
  return `${UTF8_MARK}${lines}`;
}

function findingRow(finding: Finding, report: Report): Row {
  const { unit, start, end, fix, ...rest } = finding;
  return {
    ...rest,
    kind: "finding",
    standing: standing(finding, report),
    line: start.line,
    column: start.column,
    end_line: end.line,
    end_column: end.column,
    unit: unit?.aura_id ?? null,
    detail: fix,
    settings: settingsWords(finding),
  };
}

/** A spreadsheet takes what begins with one of these for a formula. */
const FORMULA = /^[=+\-@\uff0b\uff0d\uff1d\uff20]/;

function cell(value: Row[keyof Row]): string {
  const text = visible(wellFormed(String(value ?? "")));
  const guarded = FORMULA.test(text.trimStart()) ? `'${text}` : text;
  return /[",]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
