import { fixedTexts, type PatternTree } from "../../pattern/pattern-tree.js";

/**
 * The stretches of a Go pattern that stand for themselves, whatever their case: teams allow one known secret by writing
 * it down, and no secret is handed on.
 */
export function fixedParts(source: string, tree: PatternTree): readonly string[] {
  const withoutClasses = source.replace(ESCAPE_OR_CLASS, (_, sign: string | undefined) => sign ?? " ");
  return [...fixedTexts(tree), ...withoutClasses.split(/[()|{}?*\\^$ ]+/)].filter((text) => text !== "");
}

/** An escaped sign, which is kept, any other escape, or a class: passed in this order, no bracket is looked at twice. */
const ESCAPE_OR_CLASS = /\\([^0-9A-Za-z])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]/gs;
