import { outlinedSource } from "../../units/outline.js";
import type { Language } from "../../units/unit.js";
import { allowance } from "../allowance.js";
import type { BuiltString } from "../built-string.js";
import { MOST_STRINGS, withEncoded } from "../built-strings.js";
import { ALL_CLUES } from "../clues.js";
import { guessedStrings } from "./guessed-strings.js";
import { outlineOf } from "./outline.js";

/** What is guessed of a text may be so many times its length, and so much more: several times what is told of it. */
const MOST_TIMES = 64;
const ENOUGH = 1 << 20;

/**
 * Every string that `../built-strings.ts` may find in the source code `text`, and others; null where only its whole syntax
 * tree can tell. Throws `UnitsError`.
 */
export function outlinedStrings(
  text: string,
  path: string,
  language: Language,
  clues: number = ALL_CLUES,
): readonly BuiltString[] | null {
  const outline = outlineOf(text, language === "rust" ? "rust" : "ecmascript");
  if (outline === null) return null;
  const work = allowance(MOST_TIMES * text.length + ENOUGH);
  const joined = outline.parts.length === 0 ? [] : guessedIn();
  if (joined === null) return null;
  const strings = withEncoded(text, joined, clues, work);
  // Of two that are the same only one is told, by the name that comes first: which one that is the outline may not know.
  return work.isSpent() || strings.length >= MOST_STRINGS ? null : [...joined, ...strings];

  function guessedIn(): readonly BuiltString[] | null {
    const source = outline === null ? null : outlinedSource(text, outline, path, language);
    return source === null ? null : guessedStrings(source, work);
  }
}
