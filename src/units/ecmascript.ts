import { bindingOf, boundNames, boundValueOf, isBinding, ownNames } from "./ecmascript-names.js";
import { overloadsOf } from "./ecmascript-overloads.js";
import type { Declaration, LanguageFamily } from "./grammar.js";
import { type Source, spanOf } from "./source.js";
import { childAt, fieldOf, firstChild, nextOf, parentOf, startOf, typeOf } from "./syntax-tree.js";

const functions: ReadonlySet<string> = new Set([
  "function_declaration",
  "generator_function_declaration",
  "function_expression",
  "generator_function",
  "arrow_function",
  "method_definition",
]);

const classes: ReadonlySet<string> = new Set(["class_declaration", "abstract_class_declaration", "class"]);

const namespaces: ReadonlySet<string> = new Set(["internal_module", "module"]);

const bindings: ReadonlySet<string> = new Set([
  "variable_declarator",
  "pair",
  "public_field_definition",
  "field_definition",
  "assignment_expression",
  "augmented_assignment_expression",
  "export_statement",
]);

const statements: ReadonlySet<string> = new Set([
  "expression_statement",
  "return_statement",
  "if_statement",
  "for_statement",
  "for_in_statement",
  "while_statement",
  "do_statement",
  "try_statement",
  "switch_statement",
  "labeled_statement",
]);

const comments: ReadonlySet<string> = new Set(["comment", "html_comment"]);

/** JavaScript and TypeScript, as tree-sitter-javascript and tree-sitter-typescript see them. */
export const ecmascript: LanguageFamily = {
  dialects: [
    {
      language: "typescript",
      extensions: [".ts", ".mts", ".cts"],
      native: { package: "tree-sitter-typescript", member: "typescript" },
    },
    { language: "tsx", extensions: [".tsx"], native: { package: "tree-sitter-typescript", member: "tsx" } },
    {
      language: "javascript",
      extensions: [".js", ".mjs", ".cjs", ".jsx"],
      native: { package: "tree-sitter-javascript", member: null },
    },
  ],
  identifiers: new Set([
    "identifier",
    "property_identifier",
    "private_property_identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
    "statement_identifier",
    "type_identifier",
  ]),
  quotedNames: new Set(["string"]),
  nameFields: new Set(["key", "name", "property"]),
  comments,
  attributes: new Set(["decorator"]),
  opaque: new Set(["comment", "html_comment", "string", "regex", "number"]),
  docs: { comment: /^\/\*\*(?!\/)/, inner: null, attribute: null, behindCode: false },
  declaring: new Set([...functions, ...classes, ...namespaces, ...bindings, ...statements]),
  declarationOf,
};

function declarationOf(source: Source, node: number): Declaration | null {
  const type = typeOf(source.tree, node);
  if (functions.has(type)) return functionDeclaration(source, node);
  if (classes.has(type) || namespaces.has(type)) return container(source, node);
  if (bindings.has(type)) return boundValue(source, node);
  return statement(source, node);
}

function functionDeclaration(source: Source, node: number): Declaration | null {
  const body = childAt(source.tree, node, "body");
  const binding = bindingOf(source, node);
  const names = namesOf(source, node, binding);
  const name = names.at(-1);
  if (body === null || name === undefined) return null;
  const place = placeOf(source, binding ?? node);
  const accessor = accessorOf(source, node);
  return {
    names: accessor === null ? names : [`${name}#${accessor}`],
    documented: [...overloadsOf(source, place.start, name), ...place.documented],
    unit: { name, start: place.start, body: spanOf(source, body) },
  };
}

function container(source: Source, node: number): Declaration {
  const binding = bindingOf(source, node);
  const { documented } = placeOf(source, binding ?? node);
  return { names: namesOf(source, node, binding), documented, unit: null };
}

/** What is bound to a name but is no function or class, an object or a call, holds its units under that name. */
function boundValue(source: Source, node: number): Declaration | null {
  if (!isBinding(source, node)) return null;
  const value = boundValueOf(source, node);
  if (value === null || nextOf(source.tree, value) === value + 1) return null;
  const type = typeOf(source.tree, value);
  const names = boundNames(source, node);
  if (type === "assignment_expression") return null;
  if (names.length > 0 && (functions.has(type) || classes.has(type))) return null;
  return { names, documented: placeOf(source, node).documented, unit: null };
}

/** A statement declares nothing, but a marker above it holds for the functions in it; one that only wraps a declaration leaves that to it. */
function statement(source: Source, node: number): Declaration | null {
  const child = firstChild(source.tree, node, comments);
  const type = child === null ? "" : typeOf(source.tree, child);
  if (child === null || bindings.has(type) || namespaces.has(type)) return null;
  return { names: [], documented: [node], unit: null };
}

/** A binding names its value; a default export only one that has no name itself. */
function namesOf(source: Source, node: number, binding: number | null): readonly string[] {
  const own = ownNames(source, node);
  if (binding === null) return own;
  const isDefault = typeOf(source.tree, binding) === "export_statement";
  return isDefault && own.length > 0 ? own : boundNames(source, binding);
}

function accessorOf(source: Source, node: number): string | null {
  if (typeOf(source.tree, node) !== "method_definition") return null;
  const name = childAt(source.tree, node, "name");
  if (name === null) return null;
  const before = source.text.slice(startOf(source.tree, node), startOf(source.tree, name));
  return /(?:^|\s)([gs]et)\s*$/.exec(before)?.[1] ?? null;
}

type Place = { readonly start: number; readonly documented: readonly number[] };

/** Where the signature of what `node` declares begins, and above which nodes its docs stand. */
function placeOf(source: Source, node: number): Place {
  const { tree } = source;
  if (typeOf(tree, node) === "variable_declarator") {
    const declaration = parentOf(tree, node);
    const whole = statementOf(source, declaration);
    // The second of `const a = …, b = …` begins at its own name, or it would hold the first.
    if (firstChild(tree, declaration, comments) !== node) return { start: node, documented: [whole, node] };
    return { start: whole, documented: [whole] };
  }
  const start = statementOf(source, node);
  return { start, documented: [start] };
}

/** The statement that begins with `node`: `export`, `declare` and the targets of a chained assignment go before it. */
function statementOf(source: Source, node: number): number {
  const { tree } = source;
  let outer = node;
  while (typeOf(tree, outer) === "assignment_expression" && fieldOf(tree, outer) === "right") {
    outer = parentOf(tree, outer);
  }
  for (;;) {
    const around = parentOf(tree, outer);
    const type = typeOf(tree, around);
    const wraps =
      type === "export_statement" || type === "ambient_declaration" || type === "expression_statement";
    if (!wraps || fieldOf(tree, outer) === "decorator") return outer;
    outer = around;
  }
}
