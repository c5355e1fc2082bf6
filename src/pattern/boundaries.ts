import type { Node } from "./ast.js";
import { isPairAt } from "./char-rows.js";

export type Look = Extract<Node, { kind: "look" }>["at"];

/** All of them: a program names one by its place here. */
export const LOOKS: readonly Look[] = [
  "start",
  "end",
  "line-start",
  "line-end",
  "word",
  "not-word",
  "ascii-word",
  "ascii-not-word",
];

/** Whether `look` holds at `place`, as the Rust crate says. */
export function looks(look: Look | undefined, text: string, place: number): boolean {
  switch (look) {
    case "start":
      return place === 0;
    case "end":
      return place === text.length;
    case "line-start":
      return place === 0 || text.charCodeAt(place - 1) === 10;
    case "line-end":
      return place === text.length || text.charCodeAt(place) === 10;
    case "word":
      return isLetterBefore(text, place) !== isLetterAt(text, place);
    case "not-word":
      return isLetterBefore(text, place) === isLetterAt(text, place);
    case "ascii-word":
      return isWord(text.charCodeAt(place - 1)) !== isWord(text.charCodeAt(place));
    case "ascii-not-word":
      return isWord(text.charCodeAt(place - 1)) === isWord(text.charCodeAt(place));
    case undefined:
      return false;
  }
}

function isLetterAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit < 128 || Number.isNaN(unit) ? isWord(unit) : isWordBeyond(text.codePointAt(at) ?? 0);
}

function isLetterBefore(text: string, at: number): boolean {
  return isLetterAt(text, at >= 2 && isPairAt(text, at - 2) ? at - 2 : at - 1);
}

function isWord(unit: number): boolean {
  const isLetter = (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
  return isLetter || (unit >= 48 && unit <= 57) || unit === 95;
}

/** What Unicode counts into words (https://www.unicode.org/reports/tr18/#word), as the crate's `\w` does. */
function isWordBeyond(point: number): boolean {
  return /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u.test(String.fromCodePoint(point));
}
