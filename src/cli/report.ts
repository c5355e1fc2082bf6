import path from "node:path";
import { exitCodeOf } from "../gate/decide.js";
import { mergedShards, type Named } from "../gate/shards/merge.js";
import { union } from "../gate/shards/union.js";
import { REPORT_FORMATS, type ReportFormat } from "../report/formats.js";
import { ReportFault } from "../report/read/json-reader.js";
import { readReport } from "../report/read/read-report.js";
import type { Report } from "../report/report.js";
import { blottedLine } from "../scan/blot.js";
import type { Command } from "./command.js";
import { UsageError } from "./exit.js";
import { textOfReport } from "./report-text.js";
import { reportTargets, writeReports } from "./reports.js";

type ReportOptions = {
  readonly files: readonly string[];
  readonly as: ReportFormat | undefined;
  readonly report: readonly string[];
  readonly quiet: boolean;
  readonly verbose: boolean;
};

/** `aura-scan report FILE… --as FORMAT`: JSON reports in another format, several as one, the shards of a run as the run. */
export const reportCommand: Command<ReportOptions> = {
  usage: "report <files..>",
  about: "Show JSON reports in another format; several become one, the shards of a run the whole run",
  options: (argv) =>
    argv
      .positional("files", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "Reports that --report json wrote",
      })
      .option("as", {
        choices: REPORT_FORMATS,
        requiresArg: true,
        describe: "The format; text, if not given",
      })
      .option("report", {
        type: "string",
        array: true,
        nargs: 1,
        default: [],
        describe: "As for a scan: FORMAT=FILE writes a file; may be given several times",
      })
      .option("quiet", { alias: "q", type: "boolean", default: false, describe: "Say nothing of an allow" })
      .option("verbose", {
        alias: "v",
        type: "boolean",
        default: false,
        describe: "Tell all that was skipped",
      }),
  async run({ files, as, report: asked, quiet, verbose }, terminal) {
    const targets = reportTargets([...(as === undefined ? [] : [as]), ...asked]);
    const named: Named[] = [];
    for (const file of files) named.push(await namedReport(terminal.cwd, file));
    const report = oneReport(named);
    await writeReports(report, targets, terminal, { quiet, verbose });
    return exitCodeOf(report.verdict);
  },
};

async function namedReport(cwd: string, file: string): Promise<Named> {
  const name = blottedLine(file, []);
  const text = await textOfReport(path.resolve(cwd, file), name);
  try {
    return { name, report: readReport(text) };
  } catch (error) {
    if (error instanceof ReportFault)
      throw new UsageError(`${name} is no report of aura-scan: ${error.message}`);
    throw error;
  }
}

function oneReport(named: readonly Named[]): Report {
  if (named.some(({ report }) => report.shard !== undefined)) return mergedShards(named);
  const [first] = named;
  return named.length === 1 && first !== undefined ? first.report : union(named);
}
