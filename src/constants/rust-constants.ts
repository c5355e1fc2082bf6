import { type Source, spanOf } from "../units/source.js";
import { childAt, childrenOf, fieldOf, firstChild, typeOf } from "../units/syntax-tree.js";
import type { Allowance } from "./allowance.js";
import { asText, type Constant, LONGEST_LIST } from "./constant.js";
import { literalText } from "./escapes.js";
import type { Folding, Known } from "./evaluate.js";
import { rustFunctionValue, rustMethodValue } from "./rust-calls.js";
import { formatParts } from "./rust-format.js";
import { type MacroArgument, macroArguments, macroName } from "./rust-macros.js";
import { rustNames, rustWord } from "./rust-names.js";
import { sidesOfSum, sumValue } from "./sums.js";
import { HOLE, joinedText, leafText, namedText, type Text, wholeLeaves } from "./text-value.js";

const WRAPPERS: ReadonlySet<string> = new Set([
  "parenthesized_expression",
  "reference_expression",
  "try_expression",
  "await_expression",
  "type_cast_expression",
  "unary_expression",
]);

const NO_VALUE: ReadonlySet<string> = new Set(["line_comment", "block_comment", "mutable_specifier"]);

const FORMATS: ReadonlySet<string> = new Set(["format", "format_args", "formatcp"]);
const CONCATS: ReadonlySet<string> = new Set(["concat", "concatcp", "concat_bytes"]);

/** Constant expressions of Rust. `work` is what may be spent on lists and calls, `names` what
 * names stand for.
 */
export function rustFolding(source: Source, work: Allowance, names = rustNames(source)): Folding {
  const { tree } = source;
  const macros = new Map<number, readonly MacroArgument[]>();

  const argumentsOf = (node: number): readonly MacroArgument[] => {
    const name = macroName(source, node);
    const isKnown = name !== null && (FORMATS.has(name) || CONCATS.has(name) || name === "vec");
    const known = macros.get(node) ?? (isKnown ? macroArguments(source, node) : null) ?? [];
    macros.set(node, known);
    return known;
  };
  /** The nodes that the holes of a format string stand for, by position, by name, or by a name around it. */
  const formatted = (node: number): readonly (Text | number)[] => {
    const [first, ...given] = argumentsOf(node);
    const format = first?.value ?? null;
    const leaves = format === null ? null : wholeLeaves(literalValue(source, format) ?? HOLE);
    return (leaves === null ? [] : formatParts(leaves)).map((part) => {
      if (part.kind === "text") return joinedText(part.leaves.map(leafText), null) ?? HOLE;
      if (typeof part.which === "number") return given[part.which]?.value ?? HOLE;
      const named = given.find((argument) => argument.name === part.which);
      return (named === undefined ? names.valueNode(part.which, node) : named.value) ?? HOLE;
    });
  };
  const macroValue = (node: number, known: Known): Constant | null => {
    const name = macroName(source, node) ?? "";
    if (FORMATS.has(name)) {
      const parts = formatted(node).map((part) =>
        typeof part === "number" ? (asText(known(part)) ?? HOLE) : part,
      );
      return parts.length === 0 ? null : joinedText(parts, "template");
    }
    const items = argumentsOf(node).map(({ value }) => (value === null ? null : known(value)));
    if (items.length === 0) return null;
    if (name === "vec") return { kind: "list", items };
    return joinedText(
      items.map((item) => asText(item) ?? HOLE),
      "concatenation",
    );
  };

  return {
    partsOf(node) {
      const type = typeOf(tree, node);
      if (WRAPPERS.has(type)) return some(wrappedValue(source, node));
      switch (type) {
        case "binary_expression":
          return sidesOfSum(source, node);
        case "array_expression":
        case "arguments":
          return [...childrenOf(tree, node)];
        case "call_expression":
          return [...some(receiverOf(source, node)), ...some(childAt(tree, node, "arguments"))];
        case "macro_invocation":
          return some(tokensOf(source, node));
        case "token_tree":
          return [
            ...argumentsOf(node).flatMap(({ value }) => some(value)),
            ...formatted(node).filter((part) => typeof part === "number"),
          ];
        case "identifier":
        case "scoped_identifier":
          return some(names.valueNode(lastWord(source, node), node));
        default:
          return [];
      }
    },
    fold(node, known) {
      const type = typeOf(tree, node);
      if (WRAPPERS.has(type)) return valueAt(wrappedValue(source, node), known);
      switch (type) {
        case "binary_expression":
          return sumValue(source, node, known);
        case "array_expression":
        case "arguments":
          return listValue(source, node, known);
        case "call_expression":
          return callValue(source, node, known, work);
        case "macro_invocation":
          return valueAt(tokensOf(source, node), known);
        case "token_tree":
          return macroValue(node, known);
        case "integer_literal":
          return integerValue(source, node);
        case "identifier":
        case "scoped_identifier": {
          const value = valueAt(names.valueNode(lastWord(source, node), node), known);
          return value?.kind === "text" ? namedText(value) : value;
        }
        default:
          return literalValue(source, node);
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

/** `&x`, `x?`, `(x)`, `x as char`, `*x`; not `-x` and `!x`. */
function wrappedValue(source: Source, node: number): number | null {
  const isOther = typeOf(source.tree, node) === "unary_expression" && !rustWord(source, node).startsWith("*");
  return isOther ? null : firstChild(source.tree, node, NO_VALUE);
}

function lastWord(source: Source, node: number): string {
  const name = childAt(source.tree, node, "name");
  return rustWord(source, name ?? node);
}

/** The value of a string, byte string, raw string or character; null for any other node. */
function literalValue(source: Source, node: number): Text | null {
  const { start, end } = spanOf(source, node);
  const { text } = source;
  switch (typeOf(source.tree, node)) {
    case "string_literal":
      return literalText(text, text.indexOf('"', start) + 1, end - 1, "rust");
    case "raw_string_literal": {
      const opening = text.indexOf('"', start);
      const hashes = opening - text.indexOf("r", start) - 1;
      return literalText(text, opening + 1, end - 1 - hashes, "none");
    }
    case "char_literal":
      return literalText(text, text.indexOf("'", start) + 1, end - 1, "rust");
    default:
      return null;
  }
}

function integerValue(source: Source, node: number): Constant | null {
  const value = Number(
    rustWord(source, node)
      .replace(/_?[iu](?:8|16|32|64|128|size)$/, "")
      .replaceAll("_", ""),
  );
  return Number.isNaN(value) ? null : { kind: "number", value, span: spanOf(source, node) };
}

function listValue(source: Source, node: number, known: Known): Constant | null {
  const { tree } = source;
  const items: (Constant | null)[] = [];
  for (const child of childrenOf(tree, node)) {
    if (fieldOf(tree, child) === "length") return null;
    if (!NO_VALUE.has(typeOf(tree, child))) items.push(known(child));
  }
  return items.length > LONGEST_LIST ? null : { kind: "list", items };
}

/** What a method is called on; null for a function. */
function receiverOf(source: Source, call: number): number | null {
  const method = methodOf(source, call);
  return method === null ? null : childAt(source.tree, method, "value");
}

/** The `value.method` of a call, without `::<Type>`. */
function methodOf(source: Source, call: number): number | null {
  const { tree } = source;
  let callee = childAt(tree, call, "function");
  if (callee !== null && typeOf(tree, callee) === "generic_function")
    callee = childAt(tree, callee, "function");
  return callee !== null && typeOf(tree, callee) === "field_expression" ? callee : null;
}

function tokensOf(source: Source, invocation: number): number | null {
  for (const child of childrenOf(source.tree, invocation)) {
    if (typeOf(source.tree, child) === "token_tree") return child;
  }
  return null;
}

function callValue(source: Source, call: number, known: Known, work: Allowance): Constant | null {
  const { tree, text } = source;
  const list = childAt(tree, call, "arguments");
  const callee = childAt(tree, call, "function");
  if (list === null || callee === null) return null;
  const values = known(list);
  const given = values?.kind === "list" ? values.items : [];
  const method = methodOf(source, call);
  if (method === null) return rustFunctionValue(rustWord(source, callee), given);
  const name = childAt(tree, method, "field");
  const object = valueAt(receiverOf(source, call), known);
  const size = object?.kind === "list" ? object.items.length : object?.kind === "text" ? object.size : 1;
  if (name === null || !work.take(size + 1)) return null;
  const { start, end } = spanOf(source, list);
  return rustMethodValue(
    rustWord(source, name),
    object,
    given,
    text.slice(start, Math.min(end, start + 256)),
  );
}
