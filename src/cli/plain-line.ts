import type { Command } from "./command.js";
import { declarationOf, nameIn, type Shape, type Shapes } from "./declaration.js";
import type { ExitCode } from "./exit.js";
import type { Terminal } from "./terminal.js";

/**
 * The work that `words` ask for where they are as plain as a hook's: options by their whole names, each once, and no paths.
 * Null for all else, and for everything that is wrong: that is for yargs, which takes longer to load than a hook to run.
 * It reads the very declarations that yargs gets.
 */
export function plainWork(
  words: readonly string[],
  commands: readonly Command[],
  terminal: Terminal,
): (() => Promise<ExitCode>) | null {
  const named = commands.find(({ usage }) => words[0] === nameIn(usage));
  const command = named ?? commands.find(({ usage }) => nameIn(usage) === "$0");
  if (command === undefined) return null;
  const options = plainOptions(named === undefined ? words : words.slice(1), command);
  return options === null ? null : () => command.run(options, terminal);
}

/** The options and words of a plain line, by the names that `run` knows them by. */
export function plainOptions(words: readonly string[], command: Command): Record<string, unknown> | null {
  const declared = declarationOf(command);
  // Where it asks yargs for more than options and words, yargs has the word.
  if (!declared.isAll) return null;
  const given = new Map<string, unknown>();
  const places = [...declared.words.keys()];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-")) {
      const place = places.shift();
      if (word === "" || place === undefined || !takes(declared.words.get(place), word)) return null;
      given.set(place, word);
      continue;
    }
    const name = optionNamed(word, declared.options);
    const shape = name === null ? undefined : declared.options.get(name);
    if (name === null || shape === undefined || given.has(name)) return null;
    if (shape.type === "boolean") {
      given.set(name, true);
      continue;
    }
    const value = words[++at] ?? "";
    if (value === "" || value.startsWith("-") || !takes({ ...shape, array: false }, value)) return null;
    given.set(name, shape.array === true ? [value] : value);
  }
  return { ...defaults(declared.words), ...defaults(declared.options), ...camelCased(given) };
}

/** `--staged`, `-q`; null for what is no option's name alone. */
function optionNamed(word: string, options: Shapes): string | null {
  if (word.startsWith("--")) return word.slice(2);
  return [...options].find(([, { alias }]) => `-${alias}` === word)?.[0] ?? null;
}

/** A list of words may hold a path that reads like a command: that is for yargs. */
function takes(shape: Shape | undefined, value: string): boolean {
  if (shape === undefined || shape.array === true) return false;
  return shape.choices === undefined ? shape.type === "string" : shape.choices.includes(value);
}

function defaults(shapes: Shapes): Record<string, unknown> {
  const known = [...shapes].filter((entry) => entry[1].default !== undefined);
  return camelCased(known.map(([name, shape]) => [name, shape.default] as const));
}

function camelCased(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(
    [...entries].map(([name, value]) => [name.replace(/-./g, (dash) => dash.slice(1).toUpperCase()), value]),
  );
}
