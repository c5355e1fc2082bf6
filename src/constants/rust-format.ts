import type { Leaf } from "./text-value.js";
import { sliceOf, spelt } from "./text-value.js";

/** What a format string is made of, https://doc.rust-lang.org/std/fmt/: text, and the arguments between. */
export type FormatPart =
  | { readonly kind: "text"; readonly leaves: readonly Leaf[] }
  /** The argument of this number, or of this name. */
  | { readonly kind: "argument"; readonly which: number | string };

/** The parts of the format string whose value `leaves` are, in order. */
export function formatParts(leaves: readonly Leaf[]): readonly FormatPart[] {
  const parts: FormatPart[] = [];
  const value = spelt(leaves);
  let at = 0;
  let next = 0;
  for (const { 0: mark, 1: named, index } of value.matchAll(/\{\{|\}\}|\{([^{}]{0,200})\}/g)) {
    // Of a doubled brace one stays.
    const end = named === undefined ? index + 1 : index;
    if (end > at) parts.push({ kind: "text", leaves: sliceOf(leaves, at, end) });
    at = index + mark.length;
    if (named === undefined) continue;
    const name = named.split(":")[0]?.trim() ?? "";
    parts.push({ kind: "argument", which: name === "" ? next++ : /^\d+$/.test(name) ? Number(name) : name });
  }
  if (at < value.length) parts.push({ kind: "text", leaves: sliceOf(leaves, at, value.length) });
  return parts;
}
