import type { Position } from "../text/lines.js";
import { ConfigError } from "./config-error.js";

/** Keys and array indexes from the root to a value: `["live", "privacy", "mask", 0, "pattern"]`. */
export type TomlPath = readonly (string | number)[];

/**
 * Where the key or the value at a path stands. What is missing has the place of the table that should hold it,
 * and what has no table, the beginning of the file.
 */
export type PlaceOf = (path: TomlPath, at: "key" | "value") => Position;

/** What of the parser's tree is looked at. Its lines count from 1, its columns from 0. */
type Node = { readonly type: string; readonly loc: { readonly start: Position } };
type Key = Node & { readonly name?: string; readonly value?: string };
type Value = Node & { readonly body?: readonly Pair[]; readonly elements?: readonly Value[] };
type Pair = Node & { readonly key: { readonly keys: readonly Key[] }; readonly value: Value };
type Table = Node & {
  readonly key: { readonly keys: readonly Key[] };
  readonly resolvedKey: TomlPath;
  readonly body: readonly Pair[];
};

/**
 * The places in the TOML document `text`. The parser that keeps positions is slow, and loaded only here, when there
 * is a fault to tell. Throws `ConfigError` for what that parser refuses and the quick one let pass.
 */
export async function places(text: string, file: string): Promise<PlaceOf> {
  const { parseTOML, ParseError } = await import("toml-eslint-parser");
  try {
    return placesIn(parseTOML(text).body[0]?.body as unknown as readonly (Pair | Table)[]);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { lineNumber: line, column } = error;
    throw new ConfigError([{ file, line, column: column + 1, message: `not valid TOML: ${error.message}` }]);
  }
}

/** What stands at one path: a tree, so that a key of ten thousand parts costs ten thousand steps. */
type Place = { readonly key: Node; readonly value: Node; readonly inside: Map<string | number, Place> };
type Inside = Place["inside"];

function placesIn(items: readonly (Pair | Table)[]): PlaceOf {
  const root: Inside = new Map();
  for (const item of items) {
    if ("resolvedKey" in item) noteTable(root, item);
    else notePair(root, item);
  }
  return (path, at) => {
    let place: Place | undefined;
    let passed = 0;
    for (const part of path) {
      const next: Place | undefined = (place?.inside ?? root).get(part);
      if (next === undefined) break;
      place = next;
      passed++;
    }
    if (place === undefined) return { line: 1, column: 1 };
    const { line, column } = (passed === path.length && at === "value" ? place.value : place.key).loc.start;
    return { line, column: column + 1 };
  };
}

function noteTable(root: Inside, table: Table): void {
  let inside = root;
  let keysPassed = 0;
  for (const part of table.resolvedKey) {
    // An entry of an array of tables has no key of its own: it stands where the array's name does.
    const key = table.key.keys[typeof part === "number" ? keysPassed - 1 : keysPassed++] ?? table;
    inside = noted(inside, part, key, key);
  }
  for (const pair of table.body) notePair(inside, pair);
}

function notePair(base: Inside, pair: Pair): void {
  let inside = base;
  for (const key of pair.key.keys) inside = noted(inside, key.name ?? key.value ?? "", key, pair.value);
  noteInside(inside, pair.value);
}

function noteInside(inside: Inside, value: Value): void {
  for (const [index, element] of (value.elements ?? []).entries()) {
    noteInside(noted(inside, index, element, element), element);
  }
  for (const pair of value.body ?? []) notePair(inside, pair);
}

/** What stands below `part`, which is noted at its first place: a table may be opened several times. */
function noted(inside: Inside, part: string | number, key: Node, value: Node): Inside {
  const place = inside.get(part) ?? { key, value, inside: new Map() };
  inside.set(part, place);
  return place.inside;
}
