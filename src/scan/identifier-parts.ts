import { looksRandom } from "../randomness/randomness.js";
import { accepts } from "../rules/acceptance.js";
import type { Rule } from "../rules/rule.js";
import type { Span } from "../text/lines.js";

/** Words longer than this are data (base64, minified tables), not names. */
const LONGEST_WORD = 256;

/** Whether a public prefix of the rule stands at `at` in a way that the pattern's own `\b` may not see. */
export function mayBeGrownIn(text: string, rule: Rule, at: number): boolean {
  const prefix = rule.prefixes.find((known) => text.startsWith(known, at));
  if (prefix === undefined) return false;
  // `ghp_` and `sk_live_` are no letters of a word that happens to end with them.
  return partsBetween(text, at) || /^[a-z]{2,}_/.test(prefix);
}

/**
 * Secrets grown into a longer word, where the pattern's own `\b` cannot see them:
 * `aws_access_key_AKIA…`, `tokenGhp_…Prod`. The rule is tried on the word from each of `tokens` on (see
 * `mayBeGrownIn`), and, if that is too long, up to each place where one part of the word ends and the next begins.
 */
export function identifierSecrets(text: string, rule: Rule, tokens: readonly number[]): readonly Span[] {
  const found: Span[] = [];
  for (const at of tokens) {
    const word = wordAround(text, at);
    const grownIn = word.start < at || startsInside(text, word, at);
    if (!grownIn || word.end - word.start > LONGEST_WORD) continue;
    // Any prefix turns up in enough random letters.
    if (looksRandom(text.slice(word.start, at))) continue;
    const secret = longestSecret(text, rule, at, word.end);
    if (secret !== null) found.push(secret);
  }
  return found;
}

function longestSecret(text: string, rule: Rule, start: number, wordEnd: number): Span | null {
  for (let end = wordEnd; end > start; end--) {
    if (end !== wordEnd && !partsBetween(text, end)) continue;
    const part = text.slice(start, end);
    for (const { secret } of rule.pattern.matches(part)) {
      if (secret.start !== 0) continue;
      // The longest is the token: where that is none, no piece of it is one.
      return accepts(rule, part.slice(0, secret.end)) ? { start, end: start + secret.end } : null;
    }
  }
  return null;
}

/** The run of letters, digits and underscores around `at`. */
function wordAround(text: string, at: number): Span {
  let start = at;
  let end = at;
  while (start > 0 && at - start <= LONGEST_WORD && isWord(text.charCodeAt(start - 1))) start--;
  while (end < text.length && end - at <= LONGEST_WORD && isWord(text.charCodeAt(end))) end++;
  return { start, end };
}

/** A prefix at the word's start is still grown in when the word runs on past the token: `AKIA…_prod`. */
function startsInside(text: string, word: Span, at: number): boolean {
  return at === word.start && word.end > at && text.slice(at, word.end).includes("_");
}

/** Whether a part of a name may end before `at` and another begin there: `_`, a change of case, a digit's edge. */
function partsBetween(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  if (!/[A-Za-z0-9]/.test(before) || !/[A-Za-z0-9]/.test(after)) return true;
  return caseOf(before) !== caseOf(after) || (caseOf(after) === "upper" && /[a-z]/.test(text.charAt(at + 1)));
}

function caseOf(character: string): "upper" | "lower" | "digit" {
  if (/[0-9]/.test(character)) return "digit";
  return /[A-Z]/.test(character) ? "upper" : "lower";
}

function isWord(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122)
  );
}
