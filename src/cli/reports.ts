import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { REPORT_FORMATS, type ReportFormat, renderReport } from "../report/render.js";
import type { Report } from "../report/report.js";
import { nearest } from "../toml/nearest.js";
import { UsageError } from "./exit.js";
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
  // A report in a file is for a machine; whoever waits at the terminal still wants to know.
  return targets.some((target) => target.file === null)
    ? targets
    : [...targets, { format: "text", file: null }];
}

/** Writes every report asked for; a file is replaced whole or not at all. */
export async function writeReports(
  report: Report,
  targets: readonly ReportTarget[],
  terminal: Terminal,
  view: { readonly quiet: boolean; readonly verbose: boolean },
): Promise<void> {
  for (const { format, file } of targets) {
    const color = file === null && terminal.color;
    const text = renderReport(format, report, { ...view, color, width: terminal.width });
    if (file === null) terminal.out(text);
    else await replaceFile(path.resolve(terminal.cwd, file), text);
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, text, { mode: 0o600 });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
