import { parse, TomlError } from "smol-toml";
import { ConfigError, type ConfigProblem } from "./config-error.js";

export type TomlTable = { readonly [key: string]: unknown };

/** Keys and array indexes from the root to a value: `["live", "privacy", "mask", 0, "pattern"]`. */
export type TomlPath = readonly (string | number)[];

/** A fault that knows which value it is about; its place in the file is looked up when it is told. */
export type TomlProblem = {
  readonly path: TomlPath;
  /** Whether to point at the key or at what stands behind the `=`. */
  readonly at: "key" | "value";
  /** Columns to move right, for a fault inside a single-line string. */
  readonly shift?: number;
  readonly message: string;
};

export type TomlDocument = { readonly file: string; readonly text: string; readonly root: TomlTable };

/** The document in `text`. Throws `ConfigError` with the place of a syntax error. */
export function parseToml(text: string, file: string): TomlDocument {
  try {
    return { file, text, root: parse(text) as TomlTable };
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
  const placeOf = await places(document);
  const told = problems.map((problem): ConfigProblem => {
    const place = placeOf(problem.path, problem.at);
    return {
      file: document.file,
      line: place.line,
      column: place.column + (problem.shift ?? 0),
      message: problem.message,
    };
  });
  return new ConfigError(told.sort((a, b) => a.line - b.line || a.column - b.column));
}

/** Looks up line and column of a value: the slow, position-keeping parser is loaded only when there is a fault to tell. */
export async function places(
  document: TomlDocument,
): Promise<(path: TomlPath, at: "key" | "value") => { line: number; column: number }> {
  const { parseTOML } = await import("toml-eslint-parser");
  type Node = { type: string; loc: { start: { line: number; column: number } } };
  type KeyValue = Node & { key: { keys: Node[] }; value: Node & { body?: KeyValue[]; elements?: Node[] } };
  type Table = Node & { key: { keys: Node[] }; resolvedKey: (string | number)[]; body: KeyValue[] };
  const found = new Map<string, { key: Node; value: Node }>();
  const note = (path: TomlPath, key: Node, value: Node): void => {
    const name = JSON.stringify(path);
    if (!found.has(name)) found.set(name, { key, value });
  };
  const keyName = (key: Node): string =>
    String(
      (key as Node & { name?: string; value?: string }).name ?? (key as Node & { value?: string }).value,
    );
  const walkValue = (path: TomlPath, value: KeyValue["value"]): void => {
    for (const [index, element] of (value.elements ?? []).entries()) {
      note([...path, index], element, element);
      walkValue([...path, index], element as KeyValue["value"]);
    }
    for (const pair of value.body ?? []) walkPair(path, pair);
  };
  const walkPair = (base: TomlPath, pair: KeyValue): void => {
    let path = base;
    for (const key of pair.key.keys) {
      path = [...path, keyName(key)];
      note(path, key, pair.value);
    }
    walkValue(path, pair.value);
  };
  const program = parseTOML(document.text);
  for (const item of (program.body[0]?.body ?? []) as unknown as (Table | KeyValue)[]) {
    if (item.type === "TOMLKeyValue") walkPair([], item as KeyValue);
    else {
      const table = item as Table;
      let path: TomlPath = [];
      let keyAt = 0;
      for (const part of table.resolvedKey) {
        path = [...path, part];
        const key = table.key.keys[typeof part === "number" ? Math.max(0, keyAt - 1) : keyAt] ?? table;
        if (typeof part !== "number") keyAt++;
        note(path, key, key);
      }
      for (const pair of table.body) walkPair(table.resolvedKey, pair);
    }
  }
  return (path, at) => {
    for (let length = path.length; length > 0; length--) {
      const hit = found.get(JSON.stringify(path.slice(0, length)));
      if (hit) {
        const start = (length === path.length && at === "value" ? hit.value : hit.key).loc.start;
        return { line: start.line, column: start.column + 1 };
      }
    }
    return { line: 1, column: 1 };
  };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? text;
}
