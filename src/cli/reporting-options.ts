import type { Argv } from "yargs";
import { REPORT_FORMATS } from "../report/formats.js";
import { SEVERITIES, type Severity } from "../rules/rule.js";

/** What was typed about the report. */
export type ReportingOptions = {
  readonly report: readonly string[];
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly failOn: Severity | undefined;
  readonly allowIncomplete: boolean;
  readonly category: string | undefined;
  readonly includeAllowed: boolean;
};

/** The options of every command that reports. */
export function withReporting<T>(argv: Argv<T>): Argv<T> {
  return argv
    .option("report", {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      describe: `${REPORT_FORMATS.join(", ")}; FORMAT=FILE writes a file; may be given several times`,
    })
    .option("category", {
      type: "string",
      requiresArg: true,
      describe: "What this run is called where reports of several are kept (SARIF's automationDetails.id)",
    })
    .option("include-allowed", {
      type: "boolean",
      default: false,
      describe: "Write allowed findings too in sarif (as suppressed), gitlab, junit, csv and gitleaks",
    })
    .option("fail-on", { choices: SEVERITIES, requiresArg: true, describe: "The least severity that blocks" })
    .option("allow-incomplete", {
      type: "boolean",
      default: false,
      describe: "Pass although something could not be read; the report says so",
    })
    .option("quiet", {
      alias: "q",
      type: "boolean",
      default: false,
      describe: "Say nothing unless something is wrong",
    })
    .option("verbose", {
      alias: "v",
      type: "boolean",
      default: false,
      describe: "Tell everything that was skipped",
    });
}
