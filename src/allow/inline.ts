import { type LineIndex, positionAt, type Span } from "../text/lines.js";
import { type Directive, directivesIn, MARK, MOST_ON_LINE, type RuleAllow } from "./directive.js";

/** What of a match decides which comments reach it. */
export type Placed = {
  readonly rule: { readonly id: string };
  readonly secret: Span;
  readonly pieces: readonly Span[];
  readonly value: string;
};

/** What a comment near a match says to it: that it is fine, if its fingerprint begins like this, or what is wrong with the comment. */
export type InlineWord =
  | {
      readonly kind: "allow";
      /** Of the comment, in the whole file, from 1. */
      readonly line: number;
      readonly rule: string;
      readonly fingerprint: string | null;
      readonly reason: string;
    }
  | { readonly kind: "fault"; readonly line: number; readonly fault: string };

/** What comments say to the matches of a text, by match. */
export type InlineWords = ReadonlyMap<Placed, readonly InlineWord[]>;

const NO_WORDS: InlineWords = new Map();

/**
 * What the comments in `text` say to its matches, which come in order of place. A comment reaches what stands on its
 * line, a secret of several lines from any of them, and what begins on the line below; further comments in between
 * do not part the two. It is none where it stands inside a secret. Without a fingerprint it allows one value only: the
 * first of its rule in its reach. `firstLine` is the number that the text's first line has in the file.
 */
export function inlineWords(
  text: string,
  lines: LineIndex,
  matches: readonly Placed[],
  firstLine: number,
  isRule: (id: string) => boolean,
): InlineWords {
  if (matches.length === 0 || !text.includes(MARK)) return NO_WORDS;
  const directives = outside(directivesIn(text, lines), matches);
  const first = new Map(matches.map((match) => [match, positionAt(lines, match.secret.start).line]));
  const reachOf = reaches(directives, first, lines);
  const claims = claimer();
  const words = new Map<Placed, readonly InlineWord[]>();
  for (const match of matches) {
    const said = reachOf(match).flatMap((directive): readonly InlineWord[] => {
      const line = directive.line + firstLine - 1;
      if (directive.fault !== null) return [{ kind: "fault", line, fault: directive.fault }];
      return directive.allows.flatMap((allow): readonly InlineWord[] => {
        const { rule, fingerprint } = allow;
        if (!isRule(rule)) return [{ kind: "fault", line, fault: "no active rule has the id that it names" }];
        if (rule !== match.rule.id) return [];
        if (fingerprint === null && !claims(match, allow)) return [];
        return [{ kind: "allow", line, rule, fingerprint, reason: directive.reason }];
      });
    });
    if (said.length > 0) words.set(match, said);
  }
  return words;
}

/** The directives that do not stand inside a secret. */
function outside(directives: readonly Directive[], matches: readonly Placed[]): readonly Directive[] {
  const pieces = matches.flatMap((match) => match.pieces).sort((a, b) => a.start - b.start);
  let next = 0;
  let covered = 0;
  return directives.filter(({ at }) => {
    for (let piece = pieces[next]; piece !== undefined && piece.start <= at; piece = pieces[++next])
      covered = Math.max(covered, piece.end);
    return covered <= at;
  });
}

/** For a match the directives that reach it, in order. `first` tells on which line each match begins. */
function reaches(
  directives: readonly Directive[],
  first: ReadonlyMap<Placed, number>,
  lines: LineIndex,
): (match: Placed) => readonly Directive[] {
  const byLine = new Map<number, Directive[]>();
  for (const directive of directives) push(byLine, directive.line, directive);
  const numbers = [...byLine.keys()];
  const above = new Map<number, Directive[]>();
  for (const [line, target] of linesBelow(numbers, new Set(first.values())))
    for (const directive of byLine.get(line) ?? []) push(above, target, directive);
  return (match) => {
    const found = new Set<Directive>(above.get(first.get(match) ?? 0));
    for (const span of [match.secret, ...match.pieces]) {
      const from = positionAt(lines, span.start).line;
      const to = positionAt(lines, Math.max(span.start, span.end - 1)).line;
      for (let at = firstAtLeast(numbers, from); (numbers[at] ?? Number.POSITIVE_INFINITY) <= to; at++)
        for (const directive of byLine.get(numbers[at] ?? 0) ?? []) found.add(directive);
    }
    return [...found].sort((a, b) => a.at - b.at);
  };
}

/** For each line with comments the line that they stand above: the next one that holds a secret or no such comment. */
function linesBelow(
  numbers: readonly number[],
  occupied: ReadonlySet<number>,
): readonly (readonly [line: number, target: number])[] {
  const targets = new Map<number, number>();
  for (const line of numbers.toReversed()) {
    const target = occupied.has(line + 1) ? line + 1 : (targets.get(line + 1) ?? line + 1);
    // A wall of comments speaks for none but the nearest.
    targets.set(line, target - line > MOST_ON_LINE ? line + 1 : target);
  }
  return [...targets];
}

/** Decides for a comment without a fingerprint: it takes the first match that no other such comment has taken. */
function claimer(): (match: Placed, allow: RuleAllow) => boolean {
  const values = new Map<RuleAllow, string>();
  const taken = new Set<Placed>();
  return (match, allow) => {
    const value = values.get(allow);
    if (value === undefined ? taken.has(match) : value !== match.value) return false;
    values.set(allow, match.value);
    taken.add(match);
    return true;
  };
}

/** Where in ascending `numbers` the first one stands that is `least` or more. */
function firstAtLeast(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function push<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
