import type { Source } from "../units/source.js";
import { endOf, parentOf, startOf, typeOf } from "../units/syntax-tree.js";

/** A name that a node brings into the scope around it. */
export type Binding = {
  readonly name: string;
  /** The node of its value; null where it may be anything. */
  readonly value: number | null;
};

/** What a language calls a scope, and what its nodes bring into it. */
export type Naming = {
  readonly scopes: ReadonlySet<string>;
  readonly bindingsOf: (node: number) => readonly Binding[];
  /** Whether a name holds only behind the statement that binds it, and may be bound again: Rust's `let`. */
  readonly inOrder: (node: number) => boolean;
};

type Bound = { readonly value: number | null; readonly from: number };

/** Which value node a name stands for. */
export type Names = {
  /** The value of `name` as seen from `node`; null where it is unknown or not constant. */
  readonly valueNode: (name: string, node: number) => number | null;
  /** The innermost scope around `node` whose type is `type`. */
  readonly scopeAround: (node: number, type: string) => number | null;
};

/** Scopes that are looked through from the inside before the file's own: nobody nests deeper. */
const DEEPEST = 64;

/** The names of a file, each in its scope. */
export function namesOf(source: Source, naming: Naming): Names {
  const { tree } = source;
  const scopeOf = new Int32Array(tree.count);
  const bound = new Map<number, Map<string, Bound[]>>();
  for (let node = 1; node < tree.count; node++) {
    const around = parentOf(tree, node);
    const scope = naming.scopes.has(typeOf(tree, around)) ? around : (scopeOf[around] ?? 0);
    scopeOf[node] = scope;
    for (const { name, value } of naming.bindingsOf(node)) {
      const from = naming.inOrder(node) ? endOf(tree, node) : 0;
      const names = bound.get(scope) ?? new Map<string, Bound[]>();
      const known = names.get(name);
      if (known === undefined) names.set(name, [{ value, from }]);
      else known.push({ value, from });
      bound.set(scope, names);
    }
  }
  const scopesAround = function* (node: number): Generator<number> {
    let scope = scopeOf[node] ?? 0;
    for (let depth = 0; depth < DEEPEST && scope !== 0; depth++) {
      yield scope;
      scope = scopeOf[scope] ?? 0;
    }
    yield 0;
  };
  return {
    valueNode(name, node) {
      const at = startOf(tree, node);
      for (const scope of scopesAround(node)) {
        const known = bound.get(scope)?.get(name);
        const seen = known === undefined ? undefined : seenFrom(known, at);
        if (seen !== undefined) return seen.value;
      }
      return null;
    },
    scopeAround(node, type) {
      for (const scope of scopesAround(node)) if (typeOf(tree, scope) === type) return scope;
      return null;
    },
  };
}

/** The last one before `at` where order counts; one that is bound twice without order may be either. */
function seenFrom(known: readonly Bound[], at: number): Bound | undefined {
  for (let last = known.length - 1; last >= Math.max(0, known.length - DEEPEST); last--) {
    const bound = known[last];
    if (bound === undefined || bound.from > at) continue;
    const isTwice = bound.from === 0 && known.length > 1;
    return isTwice ? { ...bound, value: null } : bound;
  }
  return undefined;
}
