import type { Hir } from "rregex";
import { syntaxOf } from "./rust-pattern.js";

/**
 * A parsed pattern as plain data. `class` holds ranges of code points, both ends included; `look` is a place without
 * length, of which only the beginning and the end of the text are told apart; `most` is Infinity for no bound.
 */
export type PatternTree =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "class"; readonly ranges: readonly (readonly [first: number, last: number])[] }
  | { readonly kind: "look"; readonly at: "start" | "end" | "other" }
  | { readonly kind: "repeat"; readonly least: number; readonly most: number; readonly part: PatternTree }
  | { readonly kind: "group"; readonly index: number; readonly part: PatternTree }
  | { readonly kind: "all"; readonly parts: readonly PatternTree[] }
  | { readonly kind: "any"; readonly parts: readonly PatternTree[] };

/** The tree of the pattern `source`, in Rust regex syntax; flags are worked in: `(?i)a` is a class. Throws `PatternError`. */
export function patternTree(source: string): PatternTree {
  return treeOf(syntaxOf(source));
}

/** Every stretch of fixed text in the tree. */
export function fixedTexts(tree: PatternTree): readonly string[] {
  switch (tree.kind) {
    case "text":
      return [tree.text];
    case "class":
    case "look":
      return [];
    case "repeat":
    case "group":
      return fixedTexts(tree.part);
    case "all":
    case "any":
      return tree.parts.flatMap(fixedTexts);
  }
}

/** Whether the pattern looks at a place: a boundary, a beginning, an end. */
export function holdsLook(tree: PatternTree): boolean {
  switch (tree.kind) {
    case "text":
    case "class":
      return false;
    case "look":
      return true;
    case "repeat":
    case "group":
      return holdsLook(tree.part);
    case "all":
    case "any":
      return tree.parts.some(holdsLook);
  }
}

function treeOf(hir: Hir): PatternTree {
  const kind = hir.kind;
  switch (kind["@variant"]) {
    case "Empty":
      return { kind: "all", parts: [] };
    case "Look": {
      const variant = kind["@values"][0]["@variant"];
      return { kind: "look", at: variant === "Start" ? "start" : variant === "End" ? "end" : "other" };
    }
    case "Literal": {
      // `rregex` hands the bytes over as an object with the keys 0, 1, 2, …
      const bytes = Object.values(kind["@values"][0]["@values"][0]) as number[];
      return { kind: "text", text: Buffer.from(bytes).toString("utf8") };
    }
    case "Class": {
      const set = kind["@values"][0];
      const ranges =
        set["@variant"] === "Bytes"
          ? set["@values"][0].ranges.map(({ start, end }) => [start, end] as const)
          : set["@values"][0].ranges.map(({ start, end }) => [pointOf(start), pointOf(end)] as const);
      return { kind: "class", ranges };
    }
    case "Repetition": {
      const { min, max, sub } = kind["@values"][0] as { min: number; max?: number | null; sub: Hir };
      return { kind: "repeat", least: min, most: max ?? Number.POSITIVE_INFINITY, part: treeOf(sub) };
    }
    case "Capture": {
      const { index, sub } = kind["@values"][0] as { index: number; sub: Hir };
      return { kind: "group", index, part: treeOf(sub) };
    }
    case "Concat":
      return { kind: "all", parts: kind["@values"][0].map(treeOf) };
    case "Alternation":
      return { kind: "any", parts: kind["@values"][0].map(treeOf) };
  }
}

function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
