import type { PatternTree } from "../../pattern/pattern-tree.js";
import { requiredWords } from "../../pattern/required-words.js";

/** Keywords for a rule, and what has to be said about them; null: there are none, and the rule cannot be one here. */
export type Keywords = { readonly words: readonly string[] | null; readonly note: string | null };

/** As a rule file demands it. */
const SHORTEST = 3;

/** More keywords than this are looked for slowly. */
const MOST = 64;

/**
 * The keywords of a rule of gitleaks. Theirs must stand somewhere in the text, ours in the match itself: theirs are
 * kept where the pattern shows that every match holds one, else words are taken from the pattern.
 */
export function keywordsFor(given: readonly string[], tree: PatternTree): Keywords {
  const usable = [...new Set(given.map((word) => word.toLowerCase()))].filter((word) =>
    /^[ -~]{3,}$/.test(word),
  );
  const required = requiredWords(tree, SHORTEST);
  if (required === null) {
    return {
      words: null,
      note: "no word of three characters and more stands in every match, so there is no keyword to look for",
    };
  }
  const proven = required.every((word) => usable.some((keyword) => word.includes(keyword)));
  if (proven) {
    const used = usable.filter((keyword) => required.some((word) => word.includes(keyword)));
    return { words: used, note: null };
  }
  if (required.length > MOST) return { words: null, note: "the pattern begins in too many ways to look for" };
  const note =
    given.length === 0 ? null : "its keywords need not stand in a match, so these are taken from the pattern";
  return { words: required, note };
}

/** Words that anything may be given to: a rule that knows no other is a generic one. */
const COMMON =
  /^(?:api|apikey|api[-_ ]key|key|token|secret|client|pass|passwd|password|psw|pswd|pwd|auth|access|authorization|bearer|cred|creds|credential|credentials|login|user|username|private|account|code|sign|signature)$/;

export function areCommon(words: readonly string[]): boolean {
  return words.every((word) => COMMON.test(word));
}
