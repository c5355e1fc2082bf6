import { type Source, spanOf } from "../units/source.js";
import { childAt, childrenOf, nextOf, typeOf } from "../units/syntax-tree.js";
import { type Binding, namesOf } from "./names.js";

const scopes: ReadonlySet<string> = new Set([
  "source_file",
  "block",
  "function_item",
  "closure_expression",
  "declaration_list",
  "match_arm",
]);

/** What is written at `node`, a short word. */
export function rustWord(source: Source, node: number): string {
  const { start, end } = spanOf(source, node);
  return source.text.slice(start, Math.min(end, start + 256));
}

/** The names of a Rust file, and what stands for a constant in it. */
export type RustNames = {
  /** The value node of the name `name` as seen from `node`: a `let` before it, a `const` or `static` anywhere around. */
  readonly valueNode: (name: string, node: number) => number | null;
};

/**
 * Reads the names of the file once. A `const` or `static` that is out of reach by its name alone (`Self::A`,
 * `keys::A`, `use keys::A`) is taken by its last name, if only one has it.
 */
export function rustNames(source: Source): RustNames {
  const { tree } = source;
  const names = namesOf(source, {
    scopes,
    bindingsOf: (node) => bindingsOf(source, node),
    inOrder: (node) => typeOf(tree, node) === "let_declaration",
  });
  const items = new Map<string, number | null>();
  for (let node = 0; node < tree.count; node++) {
    if (!isItem(typeOf(tree, node))) continue;
    const name = childAt(tree, node, "name");
    const value = childAt(tree, node, "value");
    if (name === null || value === null) continue;
    const word = rustWord(source, name);
    items.set(word, items.has(word) ? null : value);
  }
  return { valueNode: (name, node) => names.valueNode(name, node) ?? items.get(name) ?? null };
}

function isItem(type: string): boolean {
  return type === "const_item" || type === "static_item";
}

function bindingsOf(source: Source, node: number): readonly Binding[] {
  const { tree } = source;
  const type = typeOf(tree, node);
  if (isItem(type)) {
    const name = childAt(tree, node, "name");
    return name === null ? [] : [{ name: rustWord(source, name), value: childAt(tree, node, "value") }];
  }
  if (type === "let_declaration") {
    const pattern = childAt(tree, node, "pattern");
    if (pattern === null) return [];
    if (typeOf(tree, pattern) !== "identifier") return patternNames(source, pattern);
    const value = isMutable(source, node) ? null : childAt(tree, node, "value");
    return [{ name: rustWord(source, pattern), value }];
  }
  if (type === "parameters" || type === "closure_parameters" || type === "match_pattern") {
    return patternNames(source, node);
  }
  return [];
}

function isMutable(source: Source, node: number): boolean {
  for (const child of childrenOf(source.tree, node)) {
    if (typeOf(source.tree, child) === "mutable_specifier") return true;
  }
  return false;
}

function patternNames(source: Source, pattern: number): readonly Binding[] {
  const { tree } = source;
  const bindings: Binding[] = [];
  for (let node = pattern + 1; node < nextOf(tree, pattern); node++) {
    // A constant in a pattern is in capitals, and binds nothing.
    const name = typeOf(tree, node) === "identifier" ? rustWord(source, node) : "";
    if (/^[a-z_]/.test(name)) bindings.push({ name, value: null });
  }
  return bindings;
}
