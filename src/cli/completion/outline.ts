import { REPORT_FORMATS } from "../../report/formats.js";
import type { Command } from "../command.js";
import { declarationOf, nameIn, type Shape } from "../declaration.js";

/** What may stand for a value. `formats` are words behind which `=FILE` may follow; `commits` are names of refs. */
export type Value =
  | { readonly kind: "words" | "formats"; readonly words: readonly string[] }
  | { readonly kind: "files" | "commits" | "free" };

export type OptionOutline = {
  /** Without dashes. */
  readonly name: string;
  /** One letter, or null. */
  readonly alias: string | null;
  readonly about: string;
  /** Null for a switch. */
  readonly value: Value | null;
  readonly repeats: boolean;
};

export type WordOutline = { readonly name: string; readonly value: Value; readonly repeats: boolean };

/** All that a shell has to know of one command; the one without a name is "". */
export type CommandOutline = {
  readonly name: string;
  readonly about: string;
  readonly options: readonly OptionOutline[];
  readonly words: readonly WordOutline[];
};

/** Options whose value is no file. Of every other a shell offers files, which is what most take. */
const VALUES: Readonly<Record<string, Value>> = {
  report: { kind: "formats", words: REPORT_FORMATS },
  as: { kind: "formats", words: REPORT_FORMATS },
  "allows-from": { kind: "commits" },
  branch: { kind: "commits" },
  range: { kind: "commits" },
  ...Object.fromEntries(
    [
      "category",
      "contains",
      "detector",
      "mothership",
      "reason",
      "scrub",
      "shard",
      "since",
      "unit",
      "until",
    ].map((name) => [name, { kind: "free" }]),
  ),
};

/** Words of a command that are no files. */
const FREE_WORDS: ReadonlySet<string> = new Set(["id", "record", "record-id", "remote", "url"]);

/** Every command as its own declarations have it. */
export function outlineOf(commands: readonly Command[]): readonly CommandOutline[] {
  return commands.map((command) => {
    const { options, words } = declarationOf(command);
    const name = nameIn(command.usage);
    const own = [...options].filter(([, { hidden }]) => hidden !== true).map(optionOf);
    return {
      name: name === "$0" ? "" : name,
      about: command.about,
      options: [...own, ...everywhere(name)],
      words: [...words].map(([word, shape]) => ({
        name: word,
        value: wordValue(word, shape),
        repeats: shape.array === true,
      })),
    };
  });
}

function optionOf([name, shape]: [string, Shape]): OptionOutline {
  const isSwitch = shape.type === "boolean";
  return {
    name: isSwitch && shape.default === true ? `no-${name}` : name,
    alias: shape.alias ?? null,
    about: shape.describe ?? "",
    value: isSwitch ? null : optionValue(name, shape),
    repeats: shape.array === true,
  };
}

function optionValue(name: string, shape: Shape): Value {
  if (shape.choices !== undefined) return { kind: "words", words: shape.choices.map(String) };
  return VALUES[name] ?? { kind: shape.type === "number" ? "free" : "files" };
}

function wordValue(name: string, shape: Shape): Value {
  if (shape.choices !== undefined) return { kind: "words", words: shape.choices.map(String) };
  return { kind: FREE_WORDS.has(name) ? "free" : "files" };
}

/** What yargs knows by itself. */
function everywhere(name: string): readonly OptionOutline[] {
  const plain = { value: null, repeats: false } as const;
  const help = { name: "help", alias: "h", about: "Show help", ...plain };
  return name === "$0"
    ? [help, { name: "version", alias: null, about: "Show the version", ...plain }]
    : [help];
}
