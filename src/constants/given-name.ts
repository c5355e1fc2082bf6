import { type Source, spanOf } from "../units/source.js";
import { childAt, nextOf, parentOf, typeOf } from "../units/syntax-tree.js";
import { nameBefore } from "./name-before.js";

/** Nodes that give their value a name, in all languages that are taken apart, and the field that holds it. */
const NAMING: ReadonlyMap<string, string> = new Map([
  ["variable_declarator", "name"],
  ["pair", "key"],
  ["public_field_definition", "name"],
  ["field_definition", "property"],
  ["required_parameter", "pattern"],
  ["optional_parameter", "pattern"],
  ["assignment_pattern", "left"],
  ["assignment_expression", "left"],
  ["augmented_assignment_expression", "left"],
  ["enum_assignment", "name"],
  ["let_declaration", "pattern"],
  ["const_item", "name"],
  ["static_item", "name"],
  ["field_initializer", "field"],
  ["enum_variant", "name"],
  ["compound_assignment_expr", "left"],
]);

/** Nodes that may stand between a value and its name. */
const BETWEEN: ReadonlySet<string> = new Set([
  "parenthesized_expression",
  "as_expression",
  "satisfies_expression",
  "non_null_expression",
  "type_assertion",
  "await_expression",
  "ternary_expression",
  "binary_expression",
  "array",
  "array_expression",
  "jsx_expression",
  "reference_expression",
  "try_expression",
  "type_cast_expression",
  "unary_expression",
  "member_expression",
  "field_expression",
  "call_expression",
  "new_expression",
  "macro_invocation",
]);

/** A value further down than this is only a part of what has the name. */
const FARTHEST = 12;

/** The name of what the value of `node` is given to; null where it is given to nothing. */
export function givenName(source: Source, node: number): string | null {
  const { tree } = source;
  let around = parentOf(tree, node);
  for (let step = 0; step < FARTHEST; step++) {
    const type = typeOf(tree, around);
    const field = NAMING.get(type);
    if (field !== undefined) return lastName(source, childAt(tree, around, field));
    if (type === "jsx_attribute") return lastName(source, around + 1);
    if (type === "token_tree") return nameBefore(source.text, spanOf(source, node).start);
    const isOnlyArgument = type === "arguments" && nextOf(tree, around + 1) === nextOf(tree, around);
    if (!isOnlyArgument && !BETWEEN.has(type)) return null;
    around = parentOf(tree, around);
  }
  return null;
}

/** The last word of what is written there: `apiKey` of `this.apiKey` and of `"apiKey"`. */
function lastName(source: Source, node: number | null): string | null {
  if (node === null) return null;
  const { start, end } = spanOf(source, node);
  const written = source.text.slice(Math.max(start, end - 128), end);
  return /([\w$-]{1,80})["'`\])\s]{0,8}$/.exec(written)?.[1] ?? null;
}
