import { nameAsWritten } from "./aura-id.js";
import type { Declaration, LanguageFamily } from "./grammar.js";
import { nameAt, type Source, spanOf } from "./source.js";
import {
  childAt,
  childrenOf,
  endOf,
  fieldOf,
  firstChild,
  nextOf,
  parentOf,
  startOf,
  typeOf,
} from "./syntax-tree.js";

const comments: ReadonlySet<string> = new Set(["line_comment", "block_comment"]);

/** Rust, as tree-sitter-rust sees it. */
export const rust: LanguageFamily = {
  dialects: [
    { language: "rust", extensions: [".rs"], native: { package: "tree-sitter-rust", member: null } },
  ],
  // Labels, lifetimes and macro names hold an identifier.
  identifiers: new Set([
    "identifier",
    "field_identifier",
    "type_identifier",
    "shorthand_field_identifier",
    "metavariable",
  ]),
  quotedNames: new Set(),
  nameFields: new Set(),
  comments,
  attributes: new Set(["attribute_item"]),
  opaque: new Set(["line_comment", "block_comment", "string_literal", "raw_string_literal", "char_literal"]),
  docs: {
    // `////` and `/***` are plain comments: https://doc.rust-lang.org/reference/comments.html#doc-comments
    comment: /^(?:\/\/\/(?!\/)|\/\*\*(?![*/]))/,
    inner: /^(?:\/\/!|\/\*!)/,
    attribute: /^#\s*\[\s*doc\s*=/,
    behindCode: true,
  },
  declaring: new Set([
    "function_item",
    "closure_expression",
    "macro_definition",
    "impl_item",
    "trait_item",
    "mod_item",
    "let_declaration",
    "const_item",
    "static_item",
    "expression_statement",
  ]),
  declarationOf,
};

function declarationOf(source: Source, node: number): Declaration | null {
  switch (typeOf(source.tree, node)) {
    case "function_item":
      return functionItem(source, node);
    case "closure_expression":
      return boundClosure(source, node);
    case "macro_definition":
      return macroDefinition(source, node);
    case "impl_item":
      return { names: [implName(source, node)], documented: [node], unit: null };
    case "trait_item":
    case "mod_item":
      return { names: nameField(source, node, "name"), documented: [node], unit: null };
    case "expression_statement":
      return { names: [], documented: [node], unit: null };
    default:
      return binding(source, node);
  }
}

function functionItem(source: Source, node: number): Declaration | null {
  const body = childAt(source.tree, node, "body");
  const names = nameField(source, node, "name");
  const name = names[0];
  if (body === null || name === undefined) return null;
  return { names, documented: [node], unit: { name, start: node, body: spanOf(source, body) } };
}

/** A closure is a unit where it is the value of a `let`, `const` or `static`, which then adds no name of its own. */
function boundClosure(source: Source, node: number): Declaration | null {
  const statement = bindingOf(source, node);
  const body = childAt(source.tree, node, "body");
  const name = statement === null ? undefined : boundNames(source, statement)[0];
  if (statement === null || body === null || name === undefined) return null;
  return {
    names: [name],
    documented: [statement],
    unit: { name, start: statement, body: spanOf(source, body) },
  };
}

function binding(source: Source, node: number): Declaration | null {
  const { tree } = source;
  let value = childAt(tree, node, "value");
  while (value !== null && typeOf(tree, value) === "parenthesized_expression") {
    value = firstChild(tree, value, comments);
  }
  const names = boundNames(source, node);
  if (value === null || (names.length > 0 && typeOf(tree, value) === "closure_expression")) return null;
  return { names, documented: [node], unit: null };
}

function bindingOf(source: Source, closure: number): number | null {
  const { tree } = source;
  let value = closure;
  while (typeOf(tree, parentOf(tree, value)) === "parenthesized_expression") value = parentOf(tree, value);
  const around = parentOf(tree, value);
  const binds = ["let_declaration", "const_item", "static_item"].includes(typeOf(tree, around));
  return binds && fieldOf(tree, value) === "value" ? around : null;
}

function boundNames(source: Source, node: number): readonly string[] {
  const pattern = childAt(source.tree, node, "pattern");
  if (pattern === null) return nameField(source, node, "name");
  return typeOf(source.tree, pattern) === "identifier" ? [nameAt(source, pattern)] : [];
}

/** The body of `macro_rules! name { … }` is its rules with their delimiters, without the semicolon that may follow. */
function macroDefinition(source: Source, node: number): Declaration | null {
  const { text, tree } = source;
  const name = childAt(tree, node, "name");
  if (name === null) return null;
  let start = endOf(tree, name);
  for (const child of childrenOf(tree, node)) {
    const follows = startOf(tree, child) >= start && text.slice(start, startOf(tree, child)).trim() === "";
    if (comments.has(typeOf(tree, child)) && follows) start = endOf(tree, child);
  }
  while (start < endOf(tree, node) && /\s/.test(text.charAt(start))) start++;
  const end = text.slice(start, endOf(tree, node)).replace(/\s*;$/, "").length + start;
  const written = nameAt(source, name);
  return {
    names: [written],
    documented: [node],
    unit: { name: written, start: node, body: { start, end } },
  };
}

/** `Cart` for `impl<T> Cart<T>`, `<Cart as From<Row>>` for `impl From<Row> for Cart`. */
function implName(source: Source, node: number): string {
  const type = childAt(source.tree, node, "type");
  const trait = childAt(source.tree, node, "trait");
  const typeName = type === null ? "_" : nameAsWritten(withoutGenerics(source, type));
  // The trait keeps its arguments: they are what tells `From<Row>` and `From<File>` of one type apart.
  return trait === null ? typeName : nameAsWritten(`<${typeName} as ${nameAt(source, trait)}>`);
}

function withoutGenerics(source: Source, node: number): string {
  const { text, tree } = source;
  let written = "";
  let from = startOf(tree, node);
  for (let inner = node + 1; inner < nextOf(tree, node); inner++) {
    if (typeOf(tree, inner) !== "type_arguments" || startOf(tree, inner) < from) continue;
    written += text.slice(from, startOf(tree, inner)).replace(/::\s*$/, "");
    from = endOf(tree, inner);
  }
  return written + text.slice(from, endOf(tree, node));
}

function nameField(source: Source, node: number, field: string): readonly string[] {
  const name = childAt(source.tree, node, field);
  return name === null ? [] : [nameAt(source, name)];
}
