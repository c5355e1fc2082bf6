import { mayBeComposed, mayBeEncoded } from "../constants/clues.js";
import type { Language } from "../units/unit.js";
import { builtMatches } from "./built-matches.js";
import type { Engine } from "./engine.js";
import type { Signs } from "./keywords.js";
import { secretsIn } from "./secrets-in.js";

/** Whether the bytes alone tell that there is nothing to find, so that they need not become a text. */
export function saysNothing(engine: Engine, path: string, signs: Signs): boolean {
  const { hits, clues, marked } = signs;
  return !marked && hits.length === 0 && clues === 0 && engine.keywords.always(path).length === 0;
}

/** Whether a program may put a secret together here. A text that is only encoded tells so without being taken apart. */
export function mayBuild(
  engine: Engine,
  path: string,
  text: string,
  language: Language | null,
  signs: Signs | null,
): boolean {
  const clues = signs?.clues;
  if (mayBeComposed(text, clues, familyFor(language))) return true;
  if (!mayBeEncoded(text, clues)) return false;
  return builtMatches(text, null, engine.keywords, path, [], clues).length > 0;
}

/**
 * Whether an offered text holds nothing for which its syntax tree would have to be asked: no marker, no comment that
 * allows, no secret as it stands, put together or backwards.
 */
export function isQuiet(engine: Engine, path: string, text: string, language: Language | null): boolean {
  // Half of a surrogate pair has no bytes.
  if (!text.isWellFormed()) return false;
  const signs = engine.keywords.signsIn(Buffer.from(text), path);
  if (signs.marked || mayBeComposed(text, signs.clues, familyFor(language))) return false;
  // Backwards no bytes tell anything.
  if (builtMatches(text, null, engine.keywords, path, [], signs.clues).length > 0) return false;
  return secretsIn(text, engine.keywords, path, signs.hits).length === 0;
}

/** Whether a word stands in `text` that is a marker where it stands in a unit's comment. */
export function holdsMarker(text: string): boolean {
  return text.includes("@aura-local") || text.includes("@aura-public");
}

function familyFor(language: Language | null): "rust" | "ecmascript" | null {
  if (language === null) return null;
  return language === "rust" ? "rust" : "ecmascript";
}
