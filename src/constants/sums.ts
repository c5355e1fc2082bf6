import type { Source } from "../units/source.js";
import { childAt, childrenOf, endOf, startOf } from "../units/syntax-tree.js";
import { asText, type Constant } from "./constant.js";
import type { Known } from "./evaluate.js";
import { HOLE, joinedText, type Text } from "./text-value.js";

/** The two sides of `left + right`; none where `node` is another operation. */
export function sidesOfSum(source: Source, node: number): readonly number[] {
  const { tree, text } = source;
  const left = childAt(tree, node, "left");
  const right = childAt(tree, node, "right");
  if (left === null || right === null) return [];
  let at = endOf(tree, left);
  for (const child of childrenOf(tree, node)) {
    if (child === left) continue;
    const between = text.slice(at, Math.min(startOf(tree, child), at + 4096));
    if (between.trim() === "+") return [left, right];
    at = endOf(tree, child);
  }
  return [];
}

/** A sum with a text in it is a text; what is not constant leaves a hole in it. */
export function sumValue(source: Source, node: number, known: Known): Text | null {
  const [left, right] = sidesOfSum(source, node);
  if (left === undefined || right === undefined) return null;
  const [first, second] = [known(left), known(right)];
  if (!isTextual(first) && !isTextual(second)) return null;
  const added = asText(second) ?? HOLE;
  // What has grown too long to hold goes on behind a hole.
  return (
    joinedText([asText(first) ?? HOLE, added], "concatenation") ?? joinedText([HOLE, added], "concatenation")
  );
}

function isTextual(constant: Constant | null): boolean {
  return constant?.kind === "text";
}
