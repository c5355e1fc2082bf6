import { promises as timers } from "node:timers";
import type Parser from "tree-sitter";
import type { NativeGrammar } from "./grammar.js";
import { UnitsError } from "./units-error.js";

/** Under the native reader's buffer of 32,768 units, so that no slice is cut again. */
const SLICE = 30_000;

/** A thousand times what a source file takes (7 MB/s): whoever needs longer is an attack on the parser. */
const LIMIT_MICROSECONDS = 30_000_000;

/**
 * The binding makes a class for every type of node, with a property for every field, unless it finds them made: that takes
 * longer than to parse a file, and a cursor needs none of them.
 */
type NativeLanguage = { nodeSubclasses?: readonly unknown[] };

/** More than any grammar has. */
const NODE_TYPES = 2048;

const parsers = new Map<string, Parser>();

let isTreeHeld = false;

/** Lets go of the trees that nobody needs any more: native memory is freed only when the event loop turns. */
export async function freedTrees(): Promise<void> {
  if (!isTreeHeld) return;
  isTreeHeld = false;
  await timers.setImmediate();
}

/**
 * The tree of `text`, in UTF-16 offsets. The native modules are loaded by the first call and not before: whoever
 * parses nothing pays nothing. Throws `UnitsError` where they cannot be loaded, fail, or take more than
 * `limit` microseconds.
 */
export function nativeTree(
  text: string,
  path: string,
  grammar: NativeGrammar,
  limit: number = LIMIT_MICROSECONDS,
): Parser.Tree {
  const parser = parserOf(grammar, path);
  parser.setTimeoutMicros(limit);
  isTreeHeld = true;
  const tree = parsed(parser, text, path);
  if (tree !== null) return tree;
  // A parser that ran out of time would go on where it stopped, in whatever text comes next.
  parser.reset();
  throw new UnitsError(
    path,
    "timed-out",
    `parsing took longer than ${limit / 1_000_000} s and was stopped. Leave the file out of live.selective, or split it.`,
  );
}

function parsed(parser: Parser, text: string, path: string): Parser.Tree | null {
  try {
    const tree: Parser.Tree | null | undefined = parser.parse((index) =>
      index < text.length ? text.slice(index, index + SLICE) : null,
    );
    return tree ?? null;
  } catch (error) {
    parser.reset();
    const told = error instanceof Error ? error.message : String(error);
    throw new UnitsError(
      path,
      "failed",
      `the parser failed: ${told}. Leave the file out of live.selective.`,
      error,
    );
  }
}

function parserOf(grammar: NativeGrammar, path: string): Parser {
  const key = `${grammar.package}:${grammar.member ?? ""}`;
  const known = parsers.get(key);
  if (known !== undefined) return known;
  try {
    // Node's own module for this is as slow to load as a small file is to scan.
    const nodeRequire = process.getBuiltinModule("node:module").createRequire(import.meta.url);
    const NativeParser: typeof Parser & { readonly SyntaxNode: unknown } = nodeRequire("tree-sitter");
    const loaded: Record<string, unknown> = nodeRequire(grammar.package);
    const parser = new NativeParser();
    const language = (grammar.member === null ? loaded : loaded[grammar.member]) as NativeLanguage;
    language.nodeSubclasses ??= Array(NODE_TYPES).fill(NativeParser.SyntaxNode);
    parser.setLanguage(language);
    parsers.set(key, parser);
    return parser;
  } catch (error) {
    const told = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
    throw new UnitsError(
      path,
      "not-loaded",
      `its parser could not be loaded: ${told}. Install aura-scan again on this machine (npm ci), or run: npm rebuild tree-sitter ${grammar.package}`,
      error,
    );
  }
}
