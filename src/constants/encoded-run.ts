import type { How } from "./built-string.js";
import type { Leaf } from "./text-value.js";

/** A stretch of a text that decodes to readable text. The spans of its leaves are offsets in that text. */
export type EncodedRun = { readonly leaves: readonly Leaf[]; readonly how: How };

/** A run that is one piece: no part of it has a place of its own. */
export function onePiece(value: string, start: number, end: number, how: How): EncodedRun {
  return { leaves: [{ value, span: { start, end }, step: 0, how, literal: start }], how };
}
