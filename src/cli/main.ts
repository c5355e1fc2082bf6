import { blottedLine } from "../scan/blot.js";
import { NoRulesError } from "../scan/engine.js";
import { SourceError } from "../sources/source.js";
import { ConfigError } from "../toml/config-error.js";
import { baselineCommand } from "./baseline.js";
import { BaselineFileError } from "./baseline-file.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import { initCommand } from "./init.js";
import { parseArguments } from "./parse-arguments.js";
import { prePushCommand } from "./pre-push.js";
import { preflightCommand } from "./preflight.js";
import { ReportFileError } from "./report-file.js";
import { rulesCommand } from "./rules.js";
import { scanCommand } from "./scan.js";
import { processTerminal, type Terminal } from "./terminal.js";

const COMMANDS = [scanCommand, prePushCommand, preflightCommand, rulesCommand, baselineCommand, initCommand];

/** Runs the command line `words` and returns the exit code; every fault is told in words and none is a pass. */
export async function main(
  words: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<ExitCode> {
  try {
    const work = await parseArguments(words, COMMANDS, terminal);
    return work === null ? EXIT.allow : await work();
  } catch (error) {
    terminal.err(`aura-scan: ${blottedLine(messageOf(error), [])}\n`);
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigError || error instanceof NoRulesError)
    return EXIT.usage;
  return error instanceof SourceError && error.kind === "usage" ? EXIT.usage : EXIT.incomplete;
}

/** Errors whose message was written for people. */
const TOLD = [UsageError, SourceError, NoRulesError, ReportFileError, BaselineFileError];

function messageOf(error: unknown): string {
  if (error instanceof ConfigError) return `the settings cannot be used, so nothing passes\n${error.message}`;
  if (TOLD.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `an internal fault, so nothing passes (${what})`;
}
