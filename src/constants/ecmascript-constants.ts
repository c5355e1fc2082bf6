import { type Source, spanOf } from "../units/source.js";
import { childAt, childrenOf, endOf, startOf, typeOf } from "../units/syntax-tree.js";
import type { Allowance } from "./allowance.js";
import { asText, type Constant, LONGEST_LIST } from "./constant.js";
import { callValue, newValue } from "./ecmascript-calls.js";
import { ecmascriptNames, WRAPPERS, wordAt, wrapped } from "./ecmascript-names.js";
import { literalText } from "./escapes.js";
import type { Folding, Known } from "./evaluate.js";
import { sidesOfSum, sumValue } from "./sums.js";
import { HOLE, joinedText, namedText, type Text } from "./text-value.js";

/** Constant expressions of JavaScript and TypeScript. `work` is what may be spent on lists and calls, `names` what
 * names stand for.
 */
export function ecmascriptFolding(source: Source, work: Allowance, names = ecmascriptNames(source)): Folding {
  const { tree } = source;
  return {
    partsOf(node) {
      const type = typeOf(tree, node);
      if (WRAPPERS.has(type) || type === "spread_element") return some(wrapped(source, node));
      switch (type) {
        case "template_string":
        case "array":
        case "arguments":
          return [...childrenOf(tree, node)];
        case "binary_expression":
          return sidesOfSum(source, node);
        case "call_expression":
        case "new_expression":
          return [...some(calledOn(source, node)), ...some(childAt(tree, node, "arguments"))];
        case "identifier":
        case "member_expression":
        case "subscript_expression":
        case "shorthand_property_identifier":
          return some(names.target(node));
        default:
          return [];
      }
    },
    fold(node, known) {
      const type = typeOf(tree, node);
      if (WRAPPERS.has(type)) return valueAt(wrapped(source, node), known);
      switch (type) {
        case "string":
          return stringValue(source, node);
        case "number":
          return numberValue(source, node);
        case "template_string":
          return templateValue(source, node, known);
        case "array":
        case "arguments":
          return listValue(source, node, known, work);
        case "spread_element":
          return valueAt(wrapped(source, node), known);
        case "binary_expression":
          return sumValue(source, node, known);
        case "call_expression":
          return calledValue(source, node, known, work);
        case "new_expression": {
          const made = childAt(tree, node, "constructor");
          return made === null ? null : newValue(wordAt(source, made), givenTo(source, node, known));
        }
        default: {
          const value = valueAt(names.target(node), known);
          return value?.kind === "text" ? namedText(value) : value;
        }
      }
    },
  };
}

function some(node: number | null): readonly number[] {
  return node === null ? [] : [node];
}

function valueAt(node: number | null, known: Known): Constant | null {
  return node === null ? null : known(node);
}

function stringValue(source: Source, node: number): Text {
  const { start, end } = spanOf(source, node);
  const around = typeOf(source.tree, source.tree.parents[node] ?? -1);
  // The value of an attribute has no escapes: https://facebook.github.io/jsx/#prod-JSXAttributeValue
  return literalText(source.text, start + 1, end - 1, around === "jsx_attribute" ? "none" : "ecmascript");
}

function numberValue(source: Source, node: number): Constant | null {
  const value = Number(wordAt(source, node).replaceAll("_", ""));
  return Number.isNaN(value) ? null : { kind: "number", value, span: spanOf(source, node) };
}

function templateValue(source: Source, node: number, known: Known): Text | null {
  const { tree, text } = source;
  const parts: Text[] = [];
  let at = startOf(tree, node) + 1;
  for (const child of childrenOf(tree, node)) {
    if (typeOf(tree, child) !== "template_substitution") continue;
    parts.push(literalText(text, at, startOf(tree, child), "ecmascript"), asText(known(child)) ?? HOLE);
    at = endOf(tree, child);
  }
  parts.push(literalText(text, at, endOf(tree, node) - 1, "ecmascript"));
  return joinedText(parts, "template");
}

function listValue(source: Source, node: number, known: Known, work: Allowance): Constant | null {
  const { tree } = source;
  const items: (Constant | null)[] = [];
  for (const child of childrenOf(tree, node)) {
    const type = typeOf(tree, child);
    if (type === "comment") continue;
    const value = known(child);
    if (type !== "spread_element") items.push(value);
    else if (value?.kind === "list") {
      if (!work.take(value.items.length) || items.length + value.items.length > LONGEST_LIST) return null;
      for (const item of value.items) items.push(item);
    } else if (value?.kind === "text") return items.length === 0 ? { kind: "characters", text: value } : null;
    else return null;
  }
  return items.length > LONGEST_LIST ? null : { kind: "list", items };
}

/** The object of a method that is called; null for a function, or a method of what is only a name. */
function calledOn(source: Source, call: number): number | null {
  const callee = childAt(source.tree, call, "function");
  if (callee === null || typeOf(source.tree, callee) !== "member_expression") return null;
  return childAt(source.tree, callee, "object");
}

function calledValue(source: Source, call: number, known: Known, work: Allowance): Constant | null {
  const { tree, text } = source;
  const callee = childAt(tree, call, "function");
  const list = childAt(tree, call, "arguments");
  if (callee === null || list === null || typeOf(tree, list) !== "arguments") return null;
  const on = calledOn(source, call);
  const property = on === null ? callee : childAt(tree, callee, "property");
  const object = valueAt(on, known);
  const { start, end } = spanOf(source, list);
  const given = givenTo(source, call, known);
  const size = object?.kind === "list" ? object.items.length : object?.kind === "text" ? object.size : 1;
  if (property === null || !work.take(size + given.length)) return null;
  return callValue({
    name: wordAt(source, property),
    of: on === null ? "" : ownerName(source, on),
    object,
    given,
    written: text.slice(start, Math.min(end, start + 256)),
  });
}

/** The last word of what a method is called on: `String` in `String.fromCharCode`, `fromCharCode` in `….apply`. */
function ownerName(source: Source, node: number): string {
  const property = childAt(source.tree, node, "property");
  const type = typeOf(source.tree, node);
  if (type === "member_expression" && property !== null) return wordAt(source, property);
  return type === "identifier" ? wordAt(source, node) : "?";
}

function givenTo(source: Source, call: number, known: Known): readonly (Constant | null)[] {
  const list = valueAt(childAt(source.tree, call, "arguments"), known);
  return list?.kind === "list" ? list.items : [];
}
