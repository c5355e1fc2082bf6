import type { Span } from "../text/lines.js";
import { joinedText, type Leaf, leafText, type Text, wholeLeaves } from "./text-value.js";

/** What a constant expression is: a text, a number, a list, or the characters of a text, one by one. */
export type Constant =
  | Text
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly (Constant | null)[] }
  | { readonly kind: "characters"; readonly text: Text };

/** Items that a list may have: spreading a name twice doubles a list. */
export const LONGEST_LIST = 1 << 16;

/** A number as its text; a text as itself. Null for a list, which every language writes in its own way. */
export function asText(constant: Constant | null): Text | null {
  if (constant === null) return null;
  if (constant.kind === "text") return constant;
  if (constant.kind !== "number") return null;
  const { value, span } = constant;
  return leafText({ value: String(value), span, step: 0, how: null, literal: span.start });
}

/**
 * A list of character codes, bytes or single characters as the text they are; null where an item is anything else.
 * It is one piece, from the first item to the last.
 */
export function codesText(items: readonly (Constant | null)[]): Text | null {
  const codes: number[] = [];
  const singles: Text[] = [];
  let span: Span | null = null;
  for (const item of items) {
    if (item === null || item.kind === "list" || item.kind === "characters") return null;
    const code = item.kind === "number" ? item.value : singleCode(item);
    const place = item.kind === "number" ? item.span : wholeLeaves(item)?.[0]?.span;
    if (code === null || place === undefined || !Number.isInteger(code) || code < 0 || code > 0x10ffff)
      return null;
    codes.push(code);
    if (item.kind === "text") singles.push(item);
    span =
      span === null
        ? place
        : { start: Math.min(span.start, place.start), end: Math.max(span.end, place.end) };
  }
  if (span === null) return null;
  const leaf: Leaf = { value: spelled(codes), span, step: 0, how: "codes", literal: span.start };
  const text = joinedText([leafText(leaf)], "codes");
  return text === null ? null : { ...text, madeFrom: singles };
}

function singleCode(text: Text): number | null {
  if (text.size < 1 || text.size > 2) return null;
  const leaves = wholeLeaves(text);
  const value = leaves?.map((leaf) => leaf.value).join("") ?? "";
  const code = value.codePointAt(0);
  return code === undefined || String.fromCodePoint(code).length !== value.length ? null : code;
}

/** Bytes are UTF-8; larger numbers are code points. Zeros at the end close a C string. */
function spelled(codes: readonly number[]): string {
  let length = codes.length;
  while (length > 0 && codes[length - 1] === 0) length--;
  const spelt = codes.slice(0, length);
  if (spelt.every((code) => code < 256)) return Buffer.from(spelt).toString("utf8");
  return spelt.map((code) => String.fromCodePoint(code)).join("");
}
