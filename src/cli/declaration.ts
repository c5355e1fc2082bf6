import type { Argv } from "yargs";
import type { Command } from "./command.js";

/** What of an option's or a word's declaration is understood here. */
export type Shape = {
  readonly type?: string;
  readonly alias?: string;
  readonly array?: boolean;
  readonly default?: unknown;
  readonly choices?: readonly unknown[];
  readonly describe?: string;
  readonly hidden?: boolean;
};

export type Shapes = Map<string, Shape>;

/** What a command declares to yargs. */
export type Declaration = {
  readonly options: Shapes;
  readonly words: Shapes;
  /** Whether this is all that it asks of yargs. */
  readonly isAll: boolean;
};

/** Listens to the very declarations that yargs gets, so that there is no second list of options. */
export function declarationOf(command: Command): Declaration {
  const options: Shapes = new Map();
  const words: Shapes = new Map();
  let isAll = true;
  const known: Readonly<Record<string, (name: string, shape: Shape) => unknown>> = {
    option: (name, shape) => options.set(name, shape),
    positional: (name, shape) => words.set(name, shape),
  };
  const listener: unknown = new Proxy(
    {},
    {
      get: (_, method: string) => (name: string, shape: Shape) => {
        const note = known[method];
        if (note === undefined) isAll = false;
        else note(name, shape);
        return listener;
      },
    },
  );
  command.options(listener as Argv);
  return { options, words, isAll };
}

/** A command's name as it is typed; `$0` is the one without a name. */
export function nameIn(usage: string): string {
  return usage.split(" ", 1)[0] ?? "";
}
