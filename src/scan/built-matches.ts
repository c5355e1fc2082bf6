import { type BuiltString, spansOf } from "../constants/built-string.js";
import { builtStrings } from "../constants/built-strings.js";
import { reversedLiterals, reversedTokens } from "../constants/reversed-literals.js";
import { looksRandom } from "../randomness/randomness.js";
import { overlaps, type Span } from "../text/lines.js";
import type { Source } from "../units/source.js";
import type { Keywords } from "./keywords.js";
import { type Match, onePerPlace } from "./match.js";
import { secretsIn } from "./secrets-in.js";

/**
 * The secrets that do not stand in `text` in one piece but that a program would hold: put together from constants,
 * escaped, encoded, backwards (`src/constants/`). What the text shows anyway (`known`) is left out.
 */
export function builtMatches(
  text: string,
  source: Source | null,
  keywords: Keywords,
  path: string,
  known: readonly Match[],
  clues?: number,
  isComposed?: boolean,
): readonly Match[] {
  const shown = known.flatMap((match) => match.pieces).sort((a, b) => a.start - b.start);
  const found = [
    ...builtStrings(text, source, clues, isComposed).flatMap((string) => matchesIn(string, keywords, path)),
    ...reversedMatches(text, keywords, path),
  ];
  if (found.length === 0) return found;
  return onePerPlace(found.filter(({ pieces }) => !pieces.some((piece) => standsIn(piece, shown))));
}

/** Whether any of these built strings of `text` holds a secret, or `text` holds one backwards. */
export function holdsBuiltSecret(
  text: string,
  strings: readonly BuiltString[],
  keywords: Keywords,
  path: string,
): boolean {
  return (
    strings.some((string) => matchesIn(string, keywords, path).length > 0) ||
    reversedMatches(text, keywords, path).length > 0
  );
}

/** The secrets of providers that are written backwards: most texts hold no keyword so, which is seen at once for all. */
function reversedMatches(text: string, keywords: Keywords, path: string): readonly Match[] {
  const all = reversedTokens(text);
  if (all === "" || (keywords.always(path).length === 0 && keywords.hitsIn(all, path).length === 0))
    return [];
  return reversedLiterals(text).flatMap((string) =>
    matchesIn({ ...string, name: null }, keywords, path).filter(({ rule }) => rule.kind === "provider"),
  );
}

/** The matches in what the program holds, at the places where it is written. */
function matchesIn(string: BuiltString, keywords: Keywords, path: string): readonly Match[] {
  const before = isPlain(string) && string.name !== null ? `${string.name} = "` : "";
  const spoken = before === "" ? string.value : `${before}${string.value}"`;
  return secretsIn(spoken, keywords, path).flatMap((match) => {
    const written = (spans: readonly Span[]): readonly Span[] =>
      spans.flatMap((span) => spansOf(string, shifted(span, -before.length)));
    const pieces = written(match.pieces);
    const partner = match.partner === null ? null : { ...match.partner, spans: written(match.partner.spans) };
    const start = Math.min(...pieces.map((piece) => piece.start));
    const end = Math.max(...pieces.map((piece) => piece.end));
    if (pieces.length === 0 || (!isPlain(string) && !isSure(match))) return [];
    const sorted = [...pieces].sort((a, b) => a.start - b.start);
    return [{ ...match, secret: { start, end }, pieces: sorted, partner, built: string.how }];
  });
}

/** Decoded texts are programs and documents as often as not: only what looks drawn counts there. */
function isSure(match: Match): boolean {
  return match.rule.kind === "provider" || (match.rule.kind === "structure" && looksRandom(match.value));
}

/** A decoded text is a text of its own, with names in it; the name that its encoded form is given to says nothing. */
function isPlain({ how }: BuiltString): boolean {
  return how !== "base64" && how !== "hex" && how !== "percent";
}

function shifted(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

/** `sorted` is in order of place. */
function standsIn(place: Span, sorted: readonly Span[]): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.end ?? 0) <= place.start) low = middle + 1;
    else high = middle;
  }
  const next = sorted[low];
  return next !== undefined && overlaps(next, place);
}
