import type { Span } from "../text/lines.js";
import { nameAsWritten } from "./aura-id.js";
import { endOf, type SyntaxTree, startOf } from "./syntax-tree.js";

/** A file's text with its syntax tree: what a language family reads. */
export type Source = { readonly text: string; readonly tree: SyntaxTree };

/** Where `node` stands. */
export function spanOf(source: Source, node: number): Span {
  return { start: startOf(source.tree, node), end: endOf(source.tree, node) };
}

/** What is written at `node`, as a part of an id. */
export function nameAt(source: Source, node: number): string {
  return nameAsWritten(source.text.slice(startOf(source.tree, node), endOf(source.tree, node)));
}
