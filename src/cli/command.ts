import type { Argv } from "yargs";
import type { ExitCode } from "./exit.js";
import type { Terminal } from "./terminal.js";

/** A command: how it is written, and what it does; it returns the exit code and prints only to the terminal given. */
export type Command<Options = object> = {
  readonly usage: string;
  readonly about: string;
  /** Adds the command's options to what yargs knows. */
  options(argv: Argv): unknown;
  run(options: Options, terminal: Terminal): Promise<ExitCode>;
};
