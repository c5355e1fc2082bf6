import { type Source, spanOf } from "../units/source.js";
import { childrenOf, endOf, startOf, typeOf } from "../units/syntax-tree.js";
import { rustWord } from "./rust-names.js";

/** One argument of a macro: its name, as in `format!("{a}", a = …)`, and the node of its value; null for any other. */
export type MacroArgument = { readonly name: string | null; readonly value: number | null };

/** The name of the macro whose arguments the token tree `node` is; null where it is something else. */
export function macroName({ text, tree }: Source, node: number): string | null {
  const bang = behindSpace(text, startOf(tree, node));
  if (text.charAt(bang - 1) !== "!") return null;
  const end = behindSpace(text, bang - 1);
  let start = end;
  while (end - start < LONGEST_NAME && /\w/.test(text.charAt(start - 1))) start--;
  return start === end ? null : text.slice(start, end);
}

/** Longer names are cut from their beginning: none that is known is as long. */
const LONGEST_NAME = 60;

/** `at`, or the place before one white space there. */
function behindSpace(text: string, at: number): number {
  return at > 0 && /\s/.test(text.charAt(at - 1)) ? at - 1 : at;
}

const LITERALS: ReadonlySet<string> = new Set([
  "string_literal",
  "raw_string_literal",
  "char_literal",
  "integer_literal",
]);

/** Methods that give the same text in another type. */
export const SAME_TEXT: ReadonlySet<string> = new Set([
  "to_string",
  "to_owned",
  "into",
  "into_string",
  "into_bytes",
  "as_str",
  "as_bytes",
  "as_ref",
  "as_slice",
  "to_vec",
  "clone",
  "unwrap",
  "unwrap_or_default",
  "expect",
  "iter",
  "into_iter",
  "copied",
  "cloned",
  "trim",
]);

/**
 * The arguments in the token tree `node`, in which tree-sitter tells words and literals but no expressions: what stands
 * between two commas is known where it is a literal, a name or a macro, perhaps with `.to_string()` behind it.
 * Null where they are no list: `[0; 32]`.
 */
export function macroArguments(source: Source, node: number): readonly MacroArgument[] | null {
  const { text, tree } = source;
  const found: MacroArgument[] = [];
  let tokens: Token[] = [];
  let at = startOf(tree, node) + 1;
  for (const child of childrenOf(tree, node)) {
    const before = text.slice(at, startOf(tree, child));
    at = endOf(tree, child);
    if (before.includes(";")) return null;
    if (COMMENTS.has(typeOf(tree, child))) continue;
    if (before.includes(",")) {
      found.push(argumentOf(source, tokens));
      tokens = [];
    }
    tokens.push({ node: child, before: before.slice(before.lastIndexOf(",") + 1).trim() });
  }
  return tokens.length === 0 ? found : [...found, argumentOf(source, tokens)];
}

const COMMENTS: ReadonlySet<string> = new Set(["line_comment", "block_comment"]);

/** A node of a token tree, and the marks between it and the one before. */
type Token = { readonly node: number; readonly before: string };

function argumentOf(source: Source, tokens: readonly Token[]): MacroArgument {
  const [first, second] = tokens;
  if (first !== undefined && second?.before === "=" && typeOf(source.tree, first.node) === "identifier") {
    return { name: rustWord(source, first.node), value: valueNode(source, tokens.slice(1)) };
  }
  return { name: null, value: valueNode(source, tokens) };
}

function valueNode(source: Source, tokens: readonly Token[]): number | null {
  const { tree } = source;
  const path = tokens.findIndex(({ before }, at) => at > 0 && !/^(?:::|)$/.test(before));
  const words = path === -1 ? tokens : tokens.slice(0, path);
  const rest = path === -1 ? [] : tokens.slice(path);
  const last = words.at(-1);
  if (last === undefined) return null;
  const type = typeOf(tree, last.node);
  const [bang] = rest;
  if (rest.length === 1 && bang?.before === "!" && typeOf(tree, bang.node) === "token_tree") return bang.node;
  if (!LITERALS.has(type) && type !== "identifier") return null;
  return rest.length === 0 || rest.every((token) => isSameText(source, token)) ? last.node : null;
}

function isSameText(source: Source, { node, before }: Token): boolean {
  if (before === ".") return SAME_TEXT.has(rustWord(source, node));
  const { start, end } = spanOf(source, node);
  return before === "" && source.text.slice(start, Math.min(end, start + 3)) === "()";
}
