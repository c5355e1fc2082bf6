import { type Source, spanOf } from "../units/source.js";
import { childAt, childrenOf, fieldOf, nextOf, parentOf, startOf, typeOf } from "../units/syntax-tree.js";
import { type Binding, type Names, namesOf } from "./names.js";

const scopes: ReadonlySet<string> = new Set([
  "program",
  "statement_block",
  "class_body",
  "function_declaration",
  "generator_function_declaration",
  "function_expression",
  "generator_function",
  "arrow_function",
  "method_definition",
  "for_statement",
  "for_in_statement",
  "catch_clause",
  "switch_body",
]);

/** What stands around a value without changing it. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  "parenthesized_expression",
  "as_expression",
  "satisfies_expression",
  "non_null_expression",
  "type_assertion",
  "template_substitution",
  "await_expression",
]);

const COMMENTS: ReadonlySet<string> = new Set(["comment", "html_comment"]);

/** What a wrapper holds: its first child, behind the type in `<T>value`. */
export function wrapped(source: Source, node: number): number | null {
  const { tree } = source;
  const isAssertion = typeOf(tree, node) === "type_assertion";
  let passed = !isAssertion;
  for (const child of childrenOf(tree, node)) {
    if (COMMENTS.has(typeOf(tree, child))) continue;
    if (passed) return child;
    passed = true;
  }
  return null;
}

/** What is written at `node`, a short word. */
export function wordAt(source: Source, node: number): string {
  const { start, end } = spanOf(source, node);
  return source.text.slice(start, Math.min(end, start + 256));
}

/** The names of a file in JavaScript or TypeScript, and what stands for a constant in it. */
export type EcmascriptNames = {
  /** The value node of a name, of a field of a constant object (`K.a`, `K["a"]`) or of a class (`this.a`). */
  readonly target: (node: number) => number | null;
};

/** Reads the names of the file once. */
export function ecmascriptNames(source: Source): EcmascriptNames {
  const { tree } = source;
  const changed = changedNames(source);
  const names = namesOf(source, {
    scopes,
    bindingsOf: (node) => bindingsOf(source, node, changed),
    inOrder: () => false,
  });
  const fields = new Map<number, ReadonlyMap<string, number>>();
  const fieldsOf = (record: number): ReadonlyMap<string, number> => {
    const known = fields.get(record) ?? readFields(source, record);
    fields.set(record, known);
    return known;
  };
  const targets = new Map<number, number | null>();
  const target = (node: number, depth: number): number | null => {
    const known = targets.get(node);
    if (known !== undefined) return known;
    // Whoever asks again while this is worked out asks in a circle.
    targets.set(node, null);
    const found = depth > DEEPEST ? null : targetOf(node, depth);
    targets.set(node, found);
    return found;
  };
  const targetOf = (node: number, depth: number): number | null => {
    const type = typeOf(tree, node);
    if (type === "identifier" || type === "shorthand_property_identifier") {
      return names.valueNode(wordAt(source, node), node);
    }
    const object = childAt(tree, node, "object");
    const key = object === null ? null : keyOf(source, node);
    if (object === null || key === null) return null;
    const record = recordOf(source, names, object, (inner) => target(inner, depth + 1));
    return record === null ? null : (fieldsOf(record).get(key) ?? null);
  };
  return { target: (node) => target(node, 0) };
}

/** Fields of fields of fields: nobody nests a constant deeper. */
const DEEPEST = 8;

function keyOf(source: Source, node: number): string | null {
  const { tree } = source;
  const property = childAt(tree, node, "property");
  if (property !== null) return wordAt(source, property);
  const index = childAt(tree, node, "index");
  if (index === null) return null;
  const written = wordAt(source, index);
  if (typeOf(tree, index) === "string") return written.slice(1, -1);
  return typeOf(tree, index) === "number" ? written : null;
}

/** The object, class body or enum that `node` is. */
function recordOf(
  source: Source,
  names: Names,
  node: number,
  target: (node: number) => number | null,
): number | null {
  const { tree } = source;
  if (typeOf(tree, node) === "this") return names.scopeAround(node, "class_body");
  let value: number | null = node;
  for (let step = 0; step < DEEPEST && value !== null; step++) {
    const type = typeOf(tree, value);
    if (RECORDS.has(type)) return value;
    if (WRAPPERS.has(type)) value = wrapped(source, value);
    else if (type === "call_expression") value = frozen(source, value);
    else if (type === "identifier" || type === "member_expression" || type === "subscript_expression") {
      value = target(value);
    } else return null;
  }
  return null;
}

const RECORDS: ReadonlySet<string> = new Set(["object", "array", "class_body", "enum_body"]);

/** `Object.freeze({ … })` is the object. */
function frozen(source: Source, call: number): number | null {
  const { tree } = source;
  const callee = childAt(tree, call, "function");
  const given = childAt(tree, call, "arguments");
  if (callee === null || given === null || wordAt(source, callee) !== "Object.freeze") return null;
  return wrapped(source, given);
}

function readFields(source: Source, record: number): ReadonlyMap<string, number> {
  const { tree } = source;
  const fields = new Map<string, number>();
  let index = 0;
  for (const child of childrenOf(tree, record)) {
    if (typeOf(tree, record) === "array") {
      if (!COMMENTS.has(typeOf(tree, child))) fields.set(String(index++), child);
      continue;
    }
    if (typeOf(tree, child) === "shorthand_property_identifier") fields.set(wordAt(source, child), child);
    const name = fieldName(source, child);
    const value = childAt(tree, child, "value");
    if (name !== null && value !== null) fields.set(name, value);
  }
  return fields;
}

function fieldName(source: Source, field: number): string | null {
  const { tree } = source;
  const name =
    childAt(tree, field, "key") ?? childAt(tree, field, "name") ?? childAt(tree, field, "property");
  if (name === null || typeOf(tree, name) === "computed_property_name") return null;
  const written = wordAt(source, name);
  return typeOf(tree, name) === "string" ? written.slice(1, -1) : written;
}

function bindingsOf(source: Source, node: number, changed: ReadonlySet<string>): readonly Binding[] {
  const { tree } = source;
  switch (typeOf(tree, node)) {
    case "variable_declarator": {
      const name = childAt(tree, node, "name");
      if (name === null) return [];
      if (typeOf(tree, name) !== "identifier") return patternNames(source, name);
      const written = wordAt(source, name);
      return [{ name: written, value: changed.has(written) ? null : childAt(tree, node, "value") }];
    }
    case "class_declaration":
    case "abstract_class_declaration":
    case "enum_declaration": {
      const name = childAt(tree, node, "name");
      return name === null ? [] : [{ name: wordAt(source, name), value: childAt(tree, node, "body") }];
    }
    case "formal_parameters":
      return patternNames(source, node);
    case "identifier":
      // `x => …`, `catch (x)`, `for (const x of …)`
      return isLoneParameter(source, node) ? [{ name: wordAt(source, node), value: null }] : [];
    default:
      return [];
  }
}

function isLoneParameter(source: Source, node: number): boolean {
  const field = fieldOf(source.tree, node);
  if (field === "parameter") return true;
  return field === "left" && typeOf(source.tree, parentOf(source.tree, node)) === "for_in_statement";
}

/** Every name in a pattern: what it takes apart is not followed. */
function patternNames(source: Source, pattern: number): readonly Binding[] {
  const { tree } = source;
  const bindings: Binding[] = [];
  for (let node = pattern + 1; node < nextOf(tree, pattern); node++) {
    const type = typeOf(tree, node);
    if (type !== "identifier" && type !== "shorthand_property_identifier_pattern") continue;
    bindings.push({ name: wordAt(source, node), value: null });
  }
  return bindings;
}

/** Names that are given another value somewhere: which one they have is not known. */
function changedNames(source: Source): ReadonlySet<string> {
  const { tree } = source;
  const changed = new Set<string>();
  for (let node = 0; node < tree.count; node++) {
    const type = typeOf(tree, node);
    const isChange =
      type === "assignment_expression" ||
      type === "augmented_assignment_expression" ||
      type === "update_expression";
    if (!isChange) continue;
    const left = node + 1;
    if (typeOf(tree, left) === "identifier" && startOf(tree, left) >= startOf(tree, node)) {
      changed.add(wordAt(source, left));
    }
  }
  return changed;
}
