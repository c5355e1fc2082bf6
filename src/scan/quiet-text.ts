import { mayBeComposed, mayBeEncoded } from "../constants/clues.js";
import { outlinedStrings } from "../constants/joints/outlined-strings.js";
import type { Language } from "../units/unit.js";
import { UnitsError } from "../units/units-error.js";
import { builtMatches, holdsBuiltSecret } from "./built-matches.js";
import type { Engine } from "./engine.js";
import type { Signs } from "./keywords.js";
import { secretsIn } from "./secrets-in.js";

/** Whether the bytes alone tell that there is nothing to find, so that they need not become a text. */
export function saysNothing(engine: Engine, path: string, signs: Signs): boolean {
  const { hits, clues, marked } = signs;
  return !marked && hits.length === 0 && clues === 0 && engine.keywords.always(path).length === 0;
}

/**
 * Whether a secret may be put together, encoded or written backwards in a text that shows none as it stands; a no is sure. Of
 * source code an outline is asked, a yes asks all of its syntax tree.
 */
export function mayHoldBuilt(
  engine: Engine,
  path: string,
  text: string,
  language: Language | null,
  signs: Signs | null,
): boolean {
  const clues = signs?.clues;
  if (mayBeComposed(text, clues, familyFor(language)))
    return language === null || mayBeOutlined(engine, path, text, language, clues);
  return (
    mayBeEncoded(text, clues) && builtMatches(text, null, engine.keywords, path, [], clues, false).length > 0
  );
}

function mayBeOutlined(
  { keywords }: Engine,
  path: string,
  text: string,
  language: Language,
  clues: number | undefined,
): boolean {
  try {
    const strings = outlinedStrings(text, path, language, clues);
    return strings === null || holdsBuiltSecret(text, strings, keywords, path);
  } catch (error) {
    // Whoever asks the whole tree is told why it cannot be had.
    if (error instanceof UnitsError) return true;
    throw error;
  }
}

/**
 * Whether an offered text holds nothing for which its syntax tree would have to be asked: no marker, no comment that
 * allows, no secret as it stands, put together or backwards.
 */
export function isQuiet(engine: Engine, path: string, text: string, language: Language | null): boolean {
  // Half of a surrogate pair has no bytes.
  if (!text.isWellFormed()) return false;
  const signs = engine.keywords.signsIn(Buffer.from(text), path);
  if (signs.marked || mayHoldBuilt(engine, path, text, language, signs)) return false;
  // Backwards no bytes tell anything.
  if (holdsBuiltSecret(text, [], engine.keywords, path)) return false;
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
