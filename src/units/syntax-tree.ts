import type Parser from "tree-sitter";

/**
 * The named nodes of a syntax tree in the order of their start, each known by its number: a node's children
 * follow it, up to `nexts` of it. Flat, because asking the native tree for one property costs more than a whole
 * pass over these arrays, and because no depth of nesting can exhaust a stack.
 */
export type SyntaxTree = Columns & {
  /** How many nodes there are; the columns have room for more. */
  readonly count: number;
  /** The words behind the numbers in `types` and `fields`. */
  readonly typeNames: readonly string[];
  readonly fieldNames: readonly string[];
};

type Columns = {
  readonly types: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The number of the node around; -1 for the root. */
  readonly parents: Int32Array;
  /** What the node is to its parent. */
  readonly fields: Uint16Array;
  /** The number of the first node that is no longer inside. */
  readonly nexts: Int32Array;
};

/** A small function has as many. */
const FIRST_ROOM = 1024;

/** The flat tree of `native`; nodes of the types in `opaque` are taken without what is inside. */
export function flatTree(native: Parser.Tree, opaque: ReadonlySet<string>): SyntaxTree {
  const cursor = native.walk();
  const typeNames: string[] = [];
  const fieldNames: string[] = [];
  const kindNow = nodeKinds(cursor, opaque, typeNames);
  const fieldNow = fieldNumbers(cursor, fieldNames);
  let columns = withRoom(FIRST_ROOM);
  let parent = -1;
  let count = 0;
  for (;;) {
    const kind = kindNow();
    if (kind.kept) {
      if (count === columns.types.length) columns = withRoom(2 * count, columns);
      columns.types[count] = kind.type;
      columns.starts[count] = cursor.startIndex;
      columns.ends[count] = cursor.endIndex;
      columns.parents[count] = parent;
      columns.fields[count] = fieldNow();
      columns.nexts[count] = count + 1;
      count++;
      if (kind.open && cursor.gotoFirstChild()) {
        parent = count - 1;
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return { ...columns, count, typeNames, fieldNames };
      columns.nexts[parent] = count;
      parent = columns.parents[parent] ?? -1;
    }
  }
}

/** Columns for so many nodes, which begin like `old`. */
function withRoom(room: number, old?: Columns): Columns {
  const types = new Uint16Array(room);
  const fields = new Uint16Array(room);
  const starts = new Int32Array(room);
  const ends = new Int32Array(room);
  const parents = new Int32Array(room);
  const nexts = new Int32Array(room);
  if (old !== undefined) {
    types.set(old.types);
    fields.set(old.fields);
    starts.set(old.starts);
    ends.set(old.ends);
    parents.set(old.parents);
    nexts.set(old.nexts);
  }
  return { types, fields, starts, ends, parents, nexts };
}

type NodeKind = { readonly type: number; readonly kept: boolean; readonly open: boolean };

/** Names are read once for each kind of node: every string that crosses from native code is a new one. */
function nodeKinds(cursor: Parser.TreeCursor, opaque: ReadonlySet<string>, names: string[]): () => NodeKind {
  const kinds = new Map<number, NodeKind>();
  return () => {
    const id = cursor.nodeTypeId;
    let kind = kinds.get(id);
    if (kind === undefined) {
      const name = cursor.nodeType;
      kind = { type: names.push(name) - 1, kept: cursor.nodeIsNamed, open: !opaque.has(name) };
      kinds.set(id, kind);
    }
    return kind;
  };
}

/** Numbers of fields, 0 for none. */
function fieldNumbers(cursor: Parser.TreeCursor, names: string[]): () => number {
  const numbers = new Map<number, number>();
  names.push("");
  return () => {
    const id: number | undefined = cursor.currentFieldId;
    if (id === undefined) return 0;
    let number = numbers.get(id);
    if (number === undefined) {
      number = names.push(cursor.currentFieldName) - 1;
      numbers.set(id, number);
    }
    return number;
  };
}

/** The type of `node`; "" for -1, the parent of the root. */
export function typeOf(tree: SyntaxTree, node: number): string {
  return tree.typeNames[tree.types[node] ?? -1] ?? "";
}

/** What the node is to its parent, "" for nothing in particular. */
export function fieldOf(tree: SyntaxTree, node: number): string {
  return tree.fieldNames[tree.fields[node] ?? 0] ?? "";
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
  return tree.nexts[node] ?? tree.count;
}

/** The direct children of `node`. */
export function* childrenOf(tree: SyntaxTree, node: number): Generator<number> {
  const end = nextOf(tree, node);
  for (let child = node + 1; child < end; child = nextOf(tree, child)) yield child;
}

/** The first child that is `field` to `node`. */
export function childAt(tree: SyntaxTree, node: number, field: string): number | null {
  for (const child of childrenOf(tree, node)) if (fieldOf(tree, child) === field) return child;
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
