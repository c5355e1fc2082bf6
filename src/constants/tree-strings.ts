import type { Source } from "../units/source.js";
import { typeOf } from "../units/syntax-tree.js";
import { type Allowance, allowance } from "./allowance.js";
import { type BuiltString, SHORTEST_BUILT } from "./built-string.js";
import type { Family } from "./clues.js";
import { type Constant, codesText } from "./constant.js";
import { ecmascriptFolding } from "./ecmascript-constants.js";
import { evaluator } from "./evaluate.js";
import { givenName } from "./given-name.js";
import { rustFolding } from "./rust-constants.js";
import { leavesOf, type Text } from "./text-value.js";
import { builtFrom } from "./told.js";

/** Nodes that can be a string that is put together. */
export const BUILDING: ReadonlySet<string> = new Set([
  "string",
  "template_string",
  "binary_expression",
  "call_expression",
  "new_expression",
  "array",
  "string_literal",
  "macro_invocation",
  "token_tree",
  "array_expression",
]);

/** The family of languages that the tree is of. */
export function familyOf({ tree }: Source): Family {
  return typeOf(tree, 0) === "source_file" ? "rust" : "ecmascript";
}

/** The constant strings of a file with a syntax tree, each where it is put together; `work` bounds their length. */
export function treeStrings(source: Source, work: Allowance): readonly BuiltString[] {
  const { tree, text } = source;
  const spent = foldingAllowance(text);
  const folding = familyOf(source) === "rust" ? rustFolding(source, spent) : ecmascriptFolding(source, spent);
  const known = evaluator(tree.count, folding);
  const told = new Set<Text>();
  const built: BuiltString[] = [];
  for (let node = 0; node < tree.count; node++) {
    if (!BUILDING.has(typeOf(tree, node))) continue;
    const value = tellable(known(node), told);
    if (value === null || value.size < SHORTEST_BUILT || told.has(value)) continue;
    if (value.leaf !== null && value.how === null) continue;
    if (!work.take(value.size)) break;
    addOwn(told, value);
    const strings = builtFrom(leavesOf(value), value.how, null);
    const name = strings.length === 0 ? null : givenName(source, node);
    built.push(...strings.map((string) => ({ ...string, name })));
  }
  return built;
}

/** What may be spent on the lists and calls of a file. */
export function foldingAllowance(text: string): Allowance {
  return allowance(8 * text.length + 65_536);
}

/** A text, or a list of codes that is one: bytes may become a text in ways that nobody can follow. */
export function tellable(constant: Constant | null, told: ReadonlySet<Text>): Text | null {
  if (constant?.kind === "text") return constant;
  if (constant?.kind !== "list" || constant.items.length < SHORTEST_BUILT) return null;
  if (constant.items.some((item) => item?.kind === "text" && told.has(item))) return null;
  const text = codesText(constant.items);
  return text !== null && /^[\t\n\r\x20-\x7e]*$/.test(text.parts[0]?.leaf?.value ?? "") ? text : null;
}

/** What is a part of a string is not told again by itself, unless it has a name of its own. */
function addOwn(told: Set<Text>, text: Text): void {
  const open = [text];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.named || told.has(part)) continue;
    told.add(part);
    for (const inner of part.parts) open.push(inner);
    for (const source of part.madeFrom) open.push(source);
  }
}
