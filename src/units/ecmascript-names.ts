import { nameAsWritten } from "./aura-id.js";
import { nameAt, type Source } from "./source.js";
import { childAt, childrenOf, endOf, fieldOf, firstChild, parentOf, startOf, typeOf } from "./syntax-tree.js";

/** The fields of each binding: what it calls its value, and the value. */
const boundFields: ReadonlyMap<string, { readonly name: string; readonly value: string }> = new Map([
  ["variable_declarator", { name: "name", value: "value" }],
  ["pair", { name: "key", value: "value" }],
  ["public_field_definition", { name: "name", value: "value" }],
  ["field_definition", { name: "property", value: "value" }],
  ["assignment_expression", { name: "left", value: "right" }],
  ["augmented_assignment_expression", { name: "left", value: "right" }],
]);

/** `(x)`, `x as T`, `x satisfies T`, `x!` and `<T>x` are still `x`. */
const transparent: ReadonlySet<string> = new Set([
  "parenthesized_expression",
  "as_expression",
  "satisfies_expression",
  "non_null_expression",
  "type_assertion",
]);

const notTheValue: ReadonlySet<string> = new Set(["comment", "html_comment", "type_arguments", "decorator"]);

/** Whether `node`, of a type that can bind, does bind a name here. */
export function isBinding(source: Source, node: number): boolean {
  return typeOf(source.tree, node) !== "export_statement" || exportedValue(source, node) !== null;
}

/** The value that `binding` names, without parentheses and casts. */
export function boundValueOf(source: Source, binding: number): number | null {
  const { tree } = source;
  const fields = boundFields.get(typeOf(tree, binding));
  let value = fields === undefined ? exportedValue(source, binding) : childAt(tree, binding, fields.value);
  while (value !== null && transparent.has(typeOf(tree, value))) value = firstChild(tree, value, notTheValue);
  return value;
}

/** The binding whose value `node` is, parentheses and casts aside. */
export function bindingOf(source: Source, node: number): number | null {
  const { tree } = source;
  let value = node;
  while (transparent.has(typeOf(tree, parentOf(tree, value)))) value = parentOf(tree, value);
  const around = parentOf(tree, value);
  const fields = boundFields.get(typeOf(tree, around));
  if (fields === undefined) return exportedValue(source, around) === value ? around : null;
  return fieldOf(tree, value) === fields.value && boundNames(source, around).length > 0 ? around : null;
}

/** The names that `binding` gives its value: containers first, the last is its own; none where it takes it apart. */
export function boundNames(source: Source, binding: number): readonly string[] {
  const { tree } = source;
  const fields = boundFields.get(typeOf(tree, binding));
  if (fields === undefined) return ["default"];
  const name = childAt(tree, binding, fields.name);
  return name === null ? [] : targetNames(source, name);
}

/** The name that a function, class or namespace carries itself; a namespace `A.B` has two. */
export function ownNames(source: Source, node: number): readonly string[] {
  const name = childAt(source.tree, node, "name");
  if (name === null) return [];
  if (typeOf(source.tree, name) === "nested_identifier") return nameAt(source, name).split(/\s*\.\s*/);
  return [keyName(source, name)];
}

/** The value in `export default …` and `export = …`. */
function exportedValue(source: Source, node: number): number | null {
  const { tree, text } = source;
  if (typeOf(tree, node) !== "export_statement") return null;
  const value = childAt(tree, node, "value");
  if (value !== null) return value;
  const first = firstChild(tree, node, notTheValue);
  if (first === null || fieldOf(tree, first) !== "") return null;
  return /=\s*$/.test(text.slice(startOf(tree, node), startOf(tree, first))) ? first : null;
}

/** `a.b.c = …` is `c` in `a` and `b`; `exports`, `module.exports` and `this` in front say nothing. */
function targetNames(source: Source, target: number): readonly string[] {
  const { tree } = source;
  const names: string[] = [];
  let node: number | null = target;
  while (node !== null && ["member_expression", "subscript_expression"].includes(typeOf(tree, node))) {
    const key = childAt(tree, node, "property") ?? childAt(tree, node, "index");
    if (key !== null) names.push(keyName(source, key));
    node = childAt(tree, node, "object");
  }
  if (node === target) return typeOf(tree, target).endsWith("_pattern") ? [] : [keyName(source, target)];
  if (node !== null && typeOf(tree, node) === "identifier") names.push(nameAt(source, node));
  return withoutExports(names.reverse());
}

function withoutExports(names: readonly string[]): readonly string[] {
  const rest = names[0] === "module" && names[1] === "exports" ? names.slice(1) : names;
  return rest[0] === "exports" && rest.length > 1 ? rest.slice(1) : rest;
}

/** A key as a name: without quotes, and without brackets around a string. */
function keyName(source: Source, key: number): string {
  const { tree, text } = source;
  if (typeOf(tree, key) === "string") {
    return nameAsWritten(
      text.slice(startOf(tree, key) + 1, Math.max(startOf(tree, key) + 1, endOf(tree, key) - 1)),
    );
  }
  if (typeOf(tree, key) === "computed_property_name") {
    for (const inner of childrenOf(tree, key))
      if (typeOf(tree, inner) === "string") return keyName(source, inner);
  }
  return nameAt(source, key);
}
