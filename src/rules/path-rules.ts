import { type Glob, lazyGlob } from "../pattern/glob.js";
import { finderOf, inList, type Owned } from "./path-lists.js";
import type { Rule } from "./rule.js";

/** Which of the rules that name paths look into a file. */
export type PathRules = {
  /** Those with a glob that matches `path`; the same set for the same rules. */
  readonly into: (path: string) => ReadonlySet<Rule>;
};

/** The globs of rules by what a path that they match must hold: most are never asked. Plain, so that it can be kept. */
export type PathTable = {
  /** By the last part of the path. */
  readonly names: readonly (readonly [name: string, owned: readonly Owned[]])[];
  /** By what ends it, from a dot on. */
  readonly endings: readonly (readonly [ending: string, owned: readonly Owned[]])[];
  /** By what stands somewhere in it. */
  readonly pieces: readonly (readonly [piece: string, owned: Owned])[];
  /** What stands under a name or an ending, where that can be told without reading all of them. */
  readonly under?: Readonly<Record<"names" | "endings", (text: string) => readonly Owned[]>>;
};

/** The table of globs, given with the number of the rule that names them. */
export function pathTable(rules: Iterable<readonly [number: number, paths: readonly Glob[]]>): PathTable {
  const names = new Map<string, Owned[]>();
  const endings = new Map<string, Owned[]>();
  const pieces: (readonly [piece: string, owned: Owned])[] = [];
  for (const [number, paths] of rules) {
    for (const { source } of paths) {
      const owned = [source, number] as const;
      for (const needs of writtenOut(source).map(needsOf)) {
        if (needs.kind === "name") add(names, needs.text, owned);
        else if (needs.kind === "ending") add(endings, needs.text, owned);
        else pieces.push([needs.text, owned]);
      }
    }
  }
  return { names: [...names], endings: [...endings], pieces };
}

/** The path rules among `rules`; `table` is theirs. */
export function pathRules(rules: readonly Rule[], table: PathTable): PathRules {
  const { names, endings } = table.under ?? { names: inList(table.names), endings: inList(table.endings) };
  const piecesIn = finderOf(table.pieces);
  const globs = new Map<string, Glob & { readonly piece: string }>();
  const matches = (source: string, path: string): boolean => {
    const known = globs.get(source) ?? { ...lazyGlob(source), piece: longestPiece(source) };
    globs.set(source, known);
    // Without it there is no match, and to compile a glob takes longer than to look through a file.
    return path.includes(known.piece) && known.matches(path);
  };
  const sets = new Map<string, ReadonlySet<Rule>>();
  const none: ReadonlySet<Rule> = new Set();
  const find = (path: string): ReadonlySet<Rule> => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const asked = piecesIn(path);
    for (const one of names(name)) asked.push(one);
    for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) {
      for (const one of endings(name.slice(at))) asked.push(one);
    }
    const found = asked.filter(([source]) => matches(source, path)).map(([, rule]) => rule);
    if (found.length === 0) return none;
    const numbers = [...new Set(found)].sort((a, b) => a - b);
    const key = numbers.join(" ");
    const known = sets.get(key) ?? new Set(numbers.flatMap((number) => rules[number] ?? []));
    sets.set(key, known);
    return known;
  };
  let last: { readonly path: string; readonly found: ReadonlySet<Rule> } | null = null;
  return {
    into(path) {
      if (last?.path !== path) last = { path, found: find(path) };
      return last.found;
    },
  };
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key) ?? [];
  map.set(key, known);
  known.push(value);
}

/** Plain braces: two words or more, and none of them in braces itself. */
const BRACES = /\{([^{}[\]\\]*,[^{}[\]\\]*)\}/;

/** More globs than this are not written for one. */
const MOST_GLOBS = 64;

/** The globs that match, all together, what `source` does: one for each choice in its braces. */
function writtenOut(source: string): readonly string[] {
  let globs: readonly string[] = [source];
  for (;;) {
    const next = globs.flatMap((glob) => {
      const choices = /[\\[]/.test(glob) ? undefined : BRACES.exec(glob)?.[1]?.split(",");
      return choices?.map((choice) => glob.replace(BRACES, () => choice)) ?? [glob];
    });
    if (next.length === globs.length) return globs;
    if (next.length > MOST_GLOBS) return [source];
    globs = next;
  }
}

type Needs = {
  /** The last part of the path; what ends it, from a dot on; what stands somewhere in it. */
  readonly kind: "name" | "ending" | "piece";
  readonly text: string;
};

const SPECIAL = /[*?[\]{}()!+@|\\]/;

function needsOf(source: string): Needs {
  const name = source.slice(source.lastIndexOf("/") + 1);
  if (name !== "" && !SPECIAL.test(name)) return { kind: "name", text: name };
  const ending = /(\.[^*?[\]{}()!+@|\\/]+)$/.exec(name)?.[1];
  if (ending !== undefined) return { kind: "ending", text: ending };
  return { kind: "piece", text: longestPiece(source) };
}

/** The longest stretch outside of braces, classes and groups; a slash at its ends need not be in the path. */
function longestPiece(source: string): string {
  const pieces = source
    .replace(/\\./g, "*")
    .replace(/\[[^\]]*\]|\{[^{}]*\}|\([^()]*\)/g, "*")
    .split(SPECIAL)
    .map((piece) => piece.replace(/^\/|\/$/g, ""));
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "");
}
