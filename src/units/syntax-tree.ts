import type Parser from "tree-sitter";

/**
 * The named nodes of a syntax tree in the order of their start, each known by its number: a node's children
 * follow it, up to `nexts` of it. Flat, because asking the native tree for one property costs more than a whole
 * pass over these arrays, and because no depth of nesting can exhaust a stack.
 */
export type SyntaxTree = {
  readonly types: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The number of the node around; -1 for the root. */
  readonly parents: readonly number[];
  /** What the node is to its parent, "" for nothing in particular. */
  readonly fields: readonly string[];
  /** The number of the first node that is no longer inside. */
  readonly nexts: readonly number[];
};

type NodeKind = { readonly type: string; readonly kept: boolean; readonly open: boolean };

/** The flat tree of `native`; nodes of the types in `opaque` are taken without what is inside. */
export function flatTree(native: Parser.Tree, opaque: ReadonlySet<string>): SyntaxTree {
  const types: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const parents: number[] = [];
  const fields: string[] = [];
  const nexts: number[] = [];
  const cursor = native.walk();
  const kindNow = nodeKinds(cursor, opaque);
  const fieldNow = fieldNames(cursor);
  let parent = -1;
  for (;;) {
    const kind = kindNow();
    const node = types.length;
    if (kind.kept) {
      types.push(kind.type);
      starts.push(cursor.startIndex);
      ends.push(cursor.endIndex);
      parents.push(parent);
      fields.push(fieldNow());
      nexts.push(node + 1);
      if (kind.open && cursor.gotoFirstChild()) {
        parent = node;
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return { types, starts, ends, parents, fields, nexts };
      nexts[parent] = types.length;
      parent = parents[parent] ?? -1;
    }
  }
}

/** Names are read once for each kind of node: every string that crosses from native code is a new one. */
function nodeKinds(cursor: Parser.TreeCursor, opaque: ReadonlySet<string>): () => NodeKind {
  const kinds = new Map<number, NodeKind>();
  return () => {
    const id = cursor.nodeTypeId;
    let kind = kinds.get(id);
    if (kind === undefined) {
      const type = cursor.nodeType;
      kind = { type, kept: cursor.nodeIsNamed, open: !opaque.has(type) };
      kinds.set(id, kind);
    }
    return kind;
  };
}

function fieldNames(cursor: Parser.TreeCursor): () => string {
  const names = new Map<number, string>();
  return () => {
    const id: number | undefined = cursor.currentFieldId;
    if (id === undefined) return "";
    let name = names.get(id);
    if (name === undefined) {
      name = cursor.currentFieldName;
      names.set(id, name);
    }
    return name;
  };
}

/** The type of `node`; "" for -1, the parent of the root. */
export function typeOf(tree: SyntaxTree, node: number): string {
  return tree.types[node] ?? "";
}

export function parentOf(tree: SyntaxTree, node: number): number {
  return tree.parents[node] ?? -1;
}

export function startOf(tree: SyntaxTree, node: number): number {
  return tree.starts[node] ?? 0;
}

export function endOf(tree: SyntaxTree, node: number): number {
  return tree.ends[node] ?? 0;
}

/** The number of the first node behind `node` and all that is in it. */
export function nextOf(tree: SyntaxTree, node: number): number {
  return tree.nexts[node] ?? tree.types.length;
}

/** The direct children of `node`. */
export function* childrenOf(tree: SyntaxTree, node: number): Generator<number> {
  const end = nextOf(tree, node);
  for (let child = node + 1; child < end; child = nextOf(tree, child)) yield child;
}

/** The first child that is `field` to `node`. */
export function childAt(tree: SyntaxTree, node: number, field: string): number | null {
  for (const child of childrenOf(tree, node)) if (tree.fields[child] === field) return child;
  return null;
}

/** The first child whose type is not in `passed`. */
export function firstChild(tree: SyntaxTree, node: number, passed: ReadonlySet<string>): number | null {
  for (const child of childrenOf(tree, node)) if (!passed.has(typeOf(tree, child))) return child;
  return null;
}

/** The sibling right before `node`, null for a first child. */
export function previousOf(tree: SyntaxTree, node: number): number | null {
  const around = parentOf(tree, node);
  // The node numbered one lower is the last that is inside the sibling, however deep; or it is the parent.
  let sibling = node - 1;
  while (sibling > around && parentOf(tree, sibling) !== around) sibling = parentOf(tree, sibling);
  return sibling > around ? sibling : null;
}
