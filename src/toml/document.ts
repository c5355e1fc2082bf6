import { parse, TomlError } from "smol-toml";
import { lineIndex, positionAt } from "../text/lines.js";
import { ConfigError, type ConfigProblem } from "./config-error.js";
import { places, type TomlPath } from "./places.js";

export type TomlTable = { readonly [key: string]: unknown };

/** A fault that knows which value it is about; its place in the file is looked up when it is told. */
export type TomlProblem = {
  readonly path: TomlPath;
  /** Whether to point at the key or at what stands behind the `=`. */
  readonly at: "key" | "value";
  /**
   * UTF-16 offset of the fault in the string that stands there. It moves the column where the string is written
   * on one line and without escapes; elsewhere the place is the string's beginning.
   */
  readonly offset?: number;
  /** A second value that the fault is about: the message ends in its line. */
  readonly other?: TomlPath;
  readonly message: string;
};

export type TomlDocument = { readonly file: string; readonly text: string; readonly root: TomlTable };

/** Whether a value of a document is a table. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The document in `text`, a byte order mark left out. Throws `ConfigError` with the place of a syntax error. */
export function parseToml(text: string, file: string): TomlDocument {
  const plain = text.startsWith("\ufeff") ? text.slice(1) : text;
  const broken = /\p{Surrogate}/u.exec(plain);
  if (broken !== null) {
    const place = positionAt(lineIndex(plain), broken.index);
    throw new ConfigError([{ file, ...place, message: "not valid TOML: half of a surrogate pair" }]);
  }
  try {
    return { file, text: plain, root: parse(plain) as TomlTable };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = firstLine(error.message).replace(/^Invalid TOML document: /, "");
    throw new ConfigError([
      { file, line: error.line, column: error.column, message: `not valid TOML: ${reason}` },
    ]);
  }
}

/** The error that tells `problems` of `document`, each at its line and column, in the order of the file. */
export async function configError(
  document: TomlDocument,
  problems: readonly TomlProblem[],
): Promise<ConfigError> {
  const placeOf = await places(document.text, document.file);
  const lines = document.text.split(/\r?\n/);
  const told = problems.map(({ path, at, offset, other, message }): ConfigProblem => {
    const place = placeOf(path, at);
    const literal = lines[place.line - 1]?.slice(place.column - 1) ?? "";
    return {
      file: document.file,
      line: place.line,
      column: place.column + (offset === undefined ? 0 : columnsInto(literal, offset)),
      message: other === undefined ? message : `${message}; see line ${placeOf(other, "key").line}`,
    };
  });
  return new ConfigError(told.sort((a, b) => a.line - b.line || a.column - b.column));
}

/** How many columns `offset` of a string stands behind the opening quote of its `literal`, which is cut at the line's end. */
function columnsInto(literal: string, offset: number): number {
  const opening = /^(?:'''|"""|'|")/.exec(literal)?.[0] ?? "";
  const content = literal.slice(opening.length, opening.length + offset);
  const plain = content.length === offset && !(opening.startsWith('"') && content.includes("\\"));
  return opening !== "" && plain ? opening.length + offset : 0;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
