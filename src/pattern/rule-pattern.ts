import type { Node } from "./ast.js";
import type { Extent } from "./extent.js";
import { parsePattern } from "./parse-pattern.js";
import { type KnownPattern, knownPattern, type PatternReading, readingOf } from "./pattern-reading.js";
import { lengthOf } from "./reading.js";
import { type PatternMatch, type RustPattern, rustPattern } from "./rust-pattern.js";

/**
 * The pattern `source` for a rule: the same matches as `rustPattern` gives in ASCII text (a test holds it), by V8's own
 * engine where that is sure to be linear, since it compiles in no time; by the Rust crate elsewhere, and there only in
 * texts that hold the literals which every match needs, and a beginning of one. Other than ASCII, `\b` takes no letter for one; see
 * `unescapedView`, in which such letters are spaces anyway. Nothing is read of what is `known` already.
 */
export function rulePattern(source: string, known: KnownPattern | null = null): RustPattern {
  const rust = rustPattern(source);
  let node: Node | null | undefined;
  let extent: Extent | null = known?.extent ?? null;
  let matcher: Matcher | null = null;
  // Most rules of a run are asked for their extent and never for a match: each step is taken when it is needed.
  const tree = (): Node | null => {
    if (node === undefined) node = parsePattern(source);
    return node;
  };
  const reading = (): PatternReading | null => {
    if (known !== null) return known.reading;
    const parsed = tree();
    return parsed === null ? null : readingOf(parsed);
  };
  const ready = (): Matcher => {
    matcher ??= matcherOf(reading(), rust);
    return matcher;
  };
  return {
    source,
    test: (text) => ready().test(text),
    matches: (text) => ready().matches(text),
    extent() {
      if (extent !== null) return extent;
      const parsed = tree();
      extent = parsed === null ? rust.extent() : lengthOf(parsed);
      return extent;
    },
  };
}

type Matcher = Pick<RustPattern, "test" | "matches">;

function matcherOf(reading: PatternReading | null, rust: RustPattern): Matcher {
  if (reading === null) return rust;
  const { written, needed, beginning } = reading;
  if (written !== null) return v8Matcher(written);
  const begins = beginning === null ? null : new RegExp(beginning);
  const mayMatch = (text: string): boolean =>
    holdsAll(text, needed) && (begins === null || begins.test(text));
  return {
    test: (text) => mayMatch(text) && rust.test(text),
    matches: (text) => (mayMatch(text) ? rust.matches(text) : []),
  };
}

function holdsAll(text: string, needed: PatternReading["needed"]): boolean {
  if (needed.length === 0) return true;
  const folded = text.toLowerCase();
  return needed.every((list) => list.some((literal) => folded.includes(literal)));
}

function v8Matcher(written: string): Matcher {
  const hasGroups = written.includes("(?<secret");
  const regex = new RegExp(written, hasGroups ? "gd" : "g");
  return {
    test(text) {
      regex.lastIndex = 0;
      return regex.test(text);
    },
    matches(text) {
      const found: PatternMatch[] = [];
      regex.lastIndex = 0;
      for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
        // A rule's pattern needs a character, a test's may not.
        if (match[0] === "") regex.lastIndex++;
        const whole = { start: match.index, end: match.index + match[0].length };
        found.push({ whole, secret: hasGroups ? secretIn(match, whole) : whole });
      }
      return found;
    },
  };
}

function secretIn(match: RegExpExecArray, whole: PatternMatch["whole"]): PatternMatch["secret"] {
  for (const [name, place] of Object.entries(match.indices?.groups ?? {})) {
    if (place !== undefined && /^secret\d*$/.test(name)) return { start: place[0], end: place[1] };
  }
  return whole;
}

/** A matcher of `source` at one place only: the end of the longest match that begins there, or -1. */
export function matcherAt(
  source: string,
  followedBy: string,
  known: KnownPattern = knownPattern(source),
): (text: string, at: number) => number {
  const written = known.reading?.written ?? null;
  if (written !== null) {
    const regex = new RegExp(`(?:${written})${followedBy}`, "y");
    return (text, at) => {
      regex.lastIndex = at;
      return regex.test(text) ? regex.lastIndex : -1;
    };
  }
  const rust = rustPattern(`^(?:${source})`);
  const follows = new RegExp(followedBy, "y");
  const most = known.reading === null ? 4096 : Math.min(8192, known.extent.most);
  return (text, at) => {
    const end = at + (rust.matches(text.slice(at, at + most + 1))[0]?.whole.end ?? Number.NaN);
    follows.lastIndex = end;
    return Number.isNaN(end) || !follows.test(text) ? -1 : end;
  };
}
