import path from "node:path";
import { REPORT_FORMATS, type ReportFormat } from "../report/formats.js";
import type { Report } from "../report/report.js";
import { renderText } from "../report/text.js";
import { nearest } from "../toml/nearest.js";
import { UsageError } from "./exit.js";
import { writeReportFile } from "./report-file.js";
import type { Terminal } from "./terminal.js";

/** One `--report FORMAT[=FILE]`; without a file it goes to standard output. */
export type ReportTarget = { readonly format: ReportFormat; readonly file: string | null };

/** What is meant by the `--report` options. Throws `UsageError` for an unknown format or two on standard output. */
export function reportTargets(options: readonly string[]): readonly ReportTarget[] {
  const targets = options.map((option): ReportTarget => {
    const equals = option.indexOf("=");
    const name = equals === -1 ? option : option.slice(0, equals);
    const file = equals === -1 ? null : option.slice(equals + 1);
    const format = REPORT_FORMATS.find((known) => known === name);
    if (format === undefined) {
      const guess = nearest(name, REPORT_FORMATS);
      const hint = guess === null ? `known are ${REPORT_FORMATS.join(", ")}` : `did you mean ${guess}?`;
      throw new UsageError(`--report: unknown format; ${hint}`);
    }
    if (file === "") throw new UsageError(`--report ${name}=: the file's name is missing`);
    return { format, file };
  });
  if (targets.filter((target) => target.file === null).length > 1) {
    throw new UsageError(
      "--report: only one report can go to standard output; give the others a file (json=out.json)",
    );
  }
  const files = targets.flatMap((target) => (target.file === null ? [] : [path.normalize(target.file)]));
  if (new Set(files).size < files.length) throw new UsageError("--report: two reports go to one file");
  // A report in a file is for a machine; whoever waits at the terminal still wants to know.
  return targets.some((target) => target.file === null)
    ? targets
    : [...targets, { format: "text", file: null }];
}

/** How reports are to be written. */
export type ReportView = {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly includeAllowed?: boolean;
  /** What stands in the report's `category`, if it is given. */
  readonly category?: string | undefined;
};

/**
 * Writes every report asked for: first the one that people wait for, so that it is told even if a file cannot be
 * written. Throws `ReportFileError`.
 */
export async function writeReports(
  report: Report,
  targets: readonly ReportTarget[],
  terminal: Terminal,
  view: ReportView,
): Promise<void> {
  const { width } = terminal;
  const { category } = view;
  const named = category === undefined ? report : { ...report, category };
  const rendered = async (format: ReportFormat, color: boolean): Promise<string> => {
    const options = { ...view, color, width };
    if (format === "text") return renderText(named, options);
    // All others are loaded by whoever wants one: a hook waits for less.
    const { renderReport } = await import("../report/render.js");
    return renderReport(format, named, options);
  };
  for (const { format, file } of targets) {
    // Annotations are orders, our own.
    const as = format === "github" ? "exact" : undefined;
    if (file === null) terminal.out(await rendered(format, terminal.color), as);
  }
  for (const { format, file } of targets) {
    if (file === null) continue;
    await writeReportFile(path.resolve(terminal.cwd, file), await rendered(format, false));
  }
}
