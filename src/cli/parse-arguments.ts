import path from "node:path";
import yargs, { type Argv } from "yargs";
import { VERSION } from "../report/version.js";
import { nearest } from "../toml/nearest.js";
import type { Command } from "./command.js";
import { declarationOf } from "./declaration.js";
import { type ExitCode, UsageError } from "./exit.js";
import type { Terminal } from "./terminal.js";

/** The work that `words` ask for. Throws `UsageError`; prints help or the version itself and then returns null. */
export async function parseArguments(
  words: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): Promise<(() => Promise<ExitCode>) | null> {
  let work: (() => Promise<ExitCode>) | null = null;
  const known = new Set<string>();
  let parser = yargs()
    .scriptName("aura-scan")
    .usage("aura-scan: the gate between this machine and the world\n\nUsage: $0 [PATH...] [options]")
    .version(VERSION)
    .alias("help", "h")
    .strict()
    .exitProcess(false)
    .parserConfiguration({ "greedy-arrays": false })
    .wrap(Math.min(100, terminal.width))
    .fail((message, error) => {
      if (error !== undefined && error !== null && error.name !== "YError") throw error;
      throw new UsageError(withHint(message ?? error?.message ?? "", words, [...known]));
    });
  for (const command of commands) {
    parser = parser.command(
      command.usage,
      command.about,
      (argv) => {
        command.options(argv as Argv);
        for (const name of optionNames(argv as Argv)) known.add(name);
        return argv;
      },
      (options) => {
        refuseTwice(options, command);
        work = () => command.run(options, terminal);
      },
    );
  }
  await parser.parseAsync(spelledOut(words), {}, (_error, _argv, output) => {
    if (output !== "") terminal.out(`${output}\n`);
  });
  return work;
}

/** yargs makes a list of an option that stands twice, whatever it was declared to be. */
function refuseTwice(options: object, command: Command): void {
  for (const [name, { array }] of declarationOf(command).options)
    if (array !== true && Array.isArray(Reflect.get(options, name)))
      throw new UsageError(`--${name} is given twice: leave one out`);
}

/** Options whose value may stand on standard input. */
const TAKES_STDIN: readonly string[] = ["--contains"];

/**
 * yargs loses a lone `-` among the paths, and takes none for a value: it is spelled out as what it means. It loses all that
 * stands behind `--`, too: these are paths, whatever they begin with and whichever command is called so.
 */
function spelledOut(words: readonly string[]): string[] {
  const end = words.indexOf("--");
  const isOption = (at: number): boolean => end === -1 || at < end;
  return words.flatMap((word, at) => {
    if (at === end) return [];
    if (!isOption(at)) return [word === "" || path.isAbsolute(word) ? word : `./${word}`];
    if (TAKES_STDIN.includes(word) && words[at + 1] === "-") return [`${word}=-`];
    if (word !== "-") return [word];
    return TAKES_STDIN.includes(words[at - 1] ?? "") ? [] : ["--stdin"];
  });
}

/** yargs says `Unknown argument: stagd`; we add the nearest option. What was typed as a value is never repeated. */
function withHint(message: string, words: readonly string[], known: readonly string[]): string {
  const invalid = /Argument: ([a-z-]+), Given: .*, Choices: (.+)$/s.exec(message);
  if (invalid !== null) {
    const [, name, choices] = invalid;
    const isOption = words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
    const said = `${isOption ? "--" : ""}${name} must be one of ${choices}`;
    return name === "as" ? `${said}; what goes to a file is --report FORMAT=FILE` : said;
  }
  const lacking = /^Not enough arguments following: ([a-z-]+)$/.exec(message)?.[1];
  if (lacking !== undefined) return `--${lacking} needs a value; see aura-scan --help`;
  if (/^Not enough non-option/.test(message)) return "a word is missing; see aura-scan --help";
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(", ")[0];
  if (unknown === undefined) return message;
  // Only an option's name is repeated, never a value: it may be a secret that was pasted by mistake.
  const option = words.find(
    (word) => word.replace(/^-+/, "").split("=")[0] === unknown && word.startsWith("-"),
  );
  if (option === undefined) return "a word too many; see aura-scan --help";
  const guess = unknown.length < 3 ? null : nearest(unknown, known);
  const said = unknown.length <= 24 && /^[a-z-]+$/.test(unknown) ? ` --${unknown}` : "";
  return `unknown option${said}${guess === null ? "; see aura-scan --help" : `; did you mean --${guess}?`}`;
}

function optionNames(argv: Argv): readonly string[] {
  const described = (argv as Argv & { getOptions: () => { key: Record<string, unknown> } }).getOptions();
  return Object.keys(described.key).filter((name) => !/[A-Z]/.test(name));
}
