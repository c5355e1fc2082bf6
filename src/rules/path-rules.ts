import type { Glob } from "../pattern/glob.js";
import type { Rule } from "./rule.js";

/** Which of the rules that name paths look into a file. */
export type PathRules = {
  /** Those with a glob that matches `path`; the same set for the same rules. */
  readonly into: (path: string) => ReadonlySet<Rule>;
};

type Owned = { readonly glob: Glob; readonly rule: Rule };

/** The path rules among `rules`, by what a path that they match must hold: most globs are never asked. */
export function pathRules(rules: readonly Rule[]): PathRules {
  const byName = new Map<string, Owned[]>();
  const byEnding = new Map<string, Owned[]>();
  const byPiece: { readonly piece: string; readonly owned: Owned }[] = [];
  for (const rule of rules) {
    for (const glob of rule.paths) {
      const owned = { glob, rule };
      const needs = needsOf(glob.source);
      if (needs.kind === "name") add(byName, needs.text, owned);
      else if (needs.kind === "piece") byPiece.push({ piece: needs.text, owned });
      else for (const ending of needs.texts) add(byEnding, ending, owned);
    }
  }
  const sets = new Map<string, ReadonlySet<Rule>>();
  const numbers = new Map(rules.map((rule, number) => [rule, number]));
  const find = (path: string): ReadonlySet<Rule> => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const asked = [
      ...(byName.get(name) ?? []),
      ...endingsOf(name).flatMap((ending) => byEnding.get(ending) ?? []),
      ...byPiece.flatMap(({ piece, owned }) => (path.includes(piece) ? [owned] : [])),
    ];
    const found = asked.filter(({ glob }) => glob.matches(path)).map(({ rule }) => rule);
    const ids = [...new Set(found.map((rule) => numbers.get(rule) ?? 0))].sort((a, b) => a - b).join(" ");
    const known = sets.get(ids) ?? new Set(found);
    sets.set(ids, known);
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

function add(map: Map<string, Owned[]>, key: string, owned: Owned): void {
  const known = map.get(key) ?? [];
  map.set(key, known);
  known.push(owned);
}

/** What a name may end with: itself from each of its dots on. */
function endingsOf(name: string): readonly string[] {
  const endings: string[] = [];
  for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) endings.push(name.slice(at));
  return endings;
}

type Needs =
  /** The last part of the path. */
  | { readonly kind: "name"; readonly text: string }
  /** One of these ends the path, each from a dot on. */
  | { readonly kind: "endings"; readonly texts: readonly string[] }
  /** This stands somewhere in it. */
  | { readonly kind: "piece"; readonly text: string };

const SPECIAL = /[*?[\]{}()!+@|\\]/;

function needsOf(source: string): Needs {
  const name = source.slice(source.lastIndexOf("/") + 1);
  if (name !== "" && !SPECIAL.test(name)) return { kind: "name", text: name };
  const plain = /(\.[^*?[\]{}()!+@|\\/]+)$/.exec(name)?.[1];
  if (plain !== undefined) return { kind: "endings", texts: [plain] };
  const braces = /(\.)\{([^*?[\]{}()!+@|\\/.]+)\}$/.exec(name);
  if (braces !== null) {
    return { kind: "endings", texts: (braces[2] ?? "").split(",").map((ending) => `.${ending}`) };
  }
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
