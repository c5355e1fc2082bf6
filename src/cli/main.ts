import { endAhead } from "../sources/git.js";
import { askStagedAhead } from "../sources/staged.js";
import { EXIT, type ExitCode } from "./exit.js";
import { plainWork } from "./plain-line.js";
import { processTerminal, type Terminal } from "./terminal.js";

export { isAllSaid } from "./standard-streams.js";

/**
 * Runs the command line `words` and returns the exit code; every fault is told in words and none is a pass. Somebody waits
 * for a hook, so what it does not need is not loaded: yargs, the other commands, the words for faults.
 */
export async function main(
  words: readonly string[],
  terminal: Terminal = processTerminal(),
): Promise<ExitCode> {
  try {
    // git works while our own modules load.
    if (words.includes("--staged")) askStagedAhead(terminal.cwd);
    const { HOOK_COMMANDS } = await import("./hook-commands.js");
    const work = plainWork(words, HOOK_COMMANDS, terminal) ?? (await parsedWork(words, terminal));
    return work === null ? EXIT.allow : await work();
  } catch (error) {
    const { exitCodeOf, faultLine } = await import("./faults.js");
    terminal.err(faultLine(error));
    return exitCodeOf(error);
  } finally {
    endAhead();
  }
}

async function parsedWork(
  words: readonly string[],
  terminal: Terminal,
): Promise<(() => Promise<ExitCode>) | null> {
  const { parseArguments } = await import("./parse-arguments.js");
  const { COMMANDS } = await import("./commands.js");
  return parseArguments(words, COMMANDS, terminal);
}
