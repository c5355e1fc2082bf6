import type { Span } from "../text/lines.js";
import type { How } from "./built-string.js";

/** A stretch of a text value that one place of the source gives. */
export type Leaf = {
  readonly value: string;
  readonly span: Span;
  /** See `BuiltPiece.step`. */
  readonly step: number;
  /** How the source writes it, if not as it is. */
  readonly how: How | null;
  /** Where the literal begins that it belongs to: leaves of one literal are no concatenation. */
  readonly literal: number;
};

/**
 * A text value as a rope: what is put together only points at its parts, so that ten thousand `+` take ten thousand
 * steps. A hole is a part that only the running program knows.
 */
export type Text = {
  readonly kind: "text";
  /** Units of the value, a hole counted as one. */
  readonly size: number;
  readonly how: How | null;
  readonly leaf: Leaf | null;
  /** Its parts, in order. */
  readonly parts: readonly Text[];
  /** Texts that it was made from in another way: they are not told again by themselves. */
  readonly madeFrom: readonly Text[];
  /** Whether it stands elsewhere under a name, and is told there as well. */
  readonly named: boolean;
};

/** Longer values are not held: a name can double a value with each use. */
export const LONGEST_HELD = 1 << 16;

/** A part that is not constant. */
export const HOLE: Text = {
  kind: "text",
  size: 1,
  how: null,
  leaf: null,
  parts: [],
  madeFrom: [],
  named: false,
};

/** The text of one leaf. */
export function leafText(leaf: Leaf): Text {
  return { ...HOLE, size: leaf.value.length, how: leaf.how, leaf };
}

/** `parts` one behind another; null where that is too long to hold. */
export function joinedText(parts: readonly Text[], how: How | null): Text | null {
  let size = 0;
  for (const part of parts) size += part.size;
  return size > LONGEST_HELD ? null : { ...HOLE, size, how, parts };
}

/** The same text, as it is met under a name. */
export function namedText(text: Text): Text {
  return { ...HOLE, size: text.size, how: text.how, parts: [text], named: true };
}

/** A text whose leaves are `leaves`, made from `source`. */
export function remadeText(leaves: readonly Leaf[], how: How, source: Text): Text | null {
  const made = joinedText(leaves.map(leafText), how);
  return made === null ? null : { ...made, madeFrom: [source] };
}

/** The leaves of `text` in order, null for each hole. */
export function leavesOf(text: Text): readonly (Leaf | null)[] {
  const leaves: (Leaf | null)[] = [];
  const open = [text];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.leaf !== null) {
      if (part.leaf.value !== "") leaves.push(part.leaf);
    } else if (part.parts.length === 0 && part.size > 0) leaves.push(null);
    for (let at = part.parts.length - 1; at >= 0; at--) open.push(part.parts[at] ?? HOLE);
  }
  return leaves;
}

/** The leaves of a text that has no holes; null where it has one. */
export function wholeLeaves(text: Text): readonly Leaf[] | null {
  const leaves: Leaf[] = [];
  for (const leaf of leavesOf(text)) {
    if (leaf === null) return null;
    leaves.push(leaf);
  }
  return leaves;
}

/** What the leaves say together. */
export function spelt(leaves: readonly Leaf[]): string {
  return leaves.map((leaf) => leaf.value).join("");
}

/** The stretch from `start` to `end` of what the leaves say. */
export function sliceOf(leaves: readonly Leaf[], start: number, end: number): readonly Leaf[] {
  const slice: Leaf[] = [];
  let at = 0;
  for (const leaf of leaves) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, leaf.value.length);
    at += leaf.value.length;
    if (from < to) slice.push(partOf(leaf, from, to));
  }
  return slice;
}

function partOf(leaf: Leaf, from: number, to: number): Leaf {
  const value = leaf.value.slice(from, to);
  if (leaf.step === 0 || value.length === leaf.value.length) return { ...leaf, value };
  const { start } = leaf.span;
  return { ...leaf, value, span: { start: start + from * leaf.step, end: start + to * leaf.step } };
}

/** One leaf for each literal: the places of what is decoded as a whole. */
export function byLiteral(leaves: readonly Leaf[]): readonly Leaf[] {
  const merged: Leaf[] = [];
  for (const leaf of leaves) {
    const last = merged.at(-1);
    if (last === undefined || last.literal !== leaf.literal || leaf.span.start < last.span.start) {
      merged.push(leaf);
      continue;
    }
    merged[merged.length - 1] = {
      ...last,
      value: last.value + leaf.value,
      span: { start: last.span.start, end: Math.max(last.span.end, leaf.span.end) },
      step: 0,
    };
  }
  return merged;
}
