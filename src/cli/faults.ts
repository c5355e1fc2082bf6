import { SocketError } from "../gate/service/socket-error.js";
import { MergeError } from "../gate/shards/merge-error.js";
import { LedgerError } from "../ledger/ledger-error.js";
import { visible } from "../report/visible.js";
import { blottedLine } from "../scan/blot.js";
import { NoRulesError } from "../scan/engine.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { SourceError } from "../sources/source.js";
import { ConfigError } from "../toml/config-error.js";
import { BaselineFileError } from "./baseline-file.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import { ReportFileError } from "./report-file.js";

/** The line that tells a fault, without any secret in it. */
export function faultLine(error: unknown): string {
  return `aura-scan: ${blottedLine(messageOf(error), [])}\n`;
}

/** The exit code of a fault: never a pass. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof SocketError) return EXIT.usage;
  if (error instanceof UsageError || error instanceof ConfigError || error instanceof NoRulesError)
    return EXIT.usage;
  const hasKind = error instanceof SourceError || error instanceof MergeError;
  return hasKind && error.kind === "usage" ? EXIT.usage : EXIT.incomplete;
}

/** Errors whose message was written for people. */
const TOLD = [
  UsageError,
  SocketError,
  LedgerError,
  SourceError,
  MergeError,
  NoRulesError,
  ReportFileError,
  BaselineFileError,
];

function messageOf(error: unknown): string {
  if (error instanceof ConfigError)
    return `the settings cannot be used, so nothing passes\n${error.message}${wayOut(error)}`;
  if (TOLD.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `an internal fault, so nothing passes (${what})`;
}

/** A settings file in a folder may have come with something that somebody else wrote. */
function wayOut({ problems }: ConfigError): string {
  const nested = problems.find(({ file }) => file.endsWith(`/${SETTINGS_FILE}`))?.file;
  if (nested === undefined) return "";
  const folder = visible(nested.slice(0, -SETTINGS_FILE.length - 1));
  return `\nIf that folder is not yours to mend, the root's ${SETTINGS_FILE} can leave its settings out:\n[scan.nested]\nignore = [${JSON.stringify(`${folder}/**`)}]`;
}
