import type { Node } from "./ast.js";
import type { Extent } from "./extent.js";
import { type Back, backOf } from "./literal-heads.js";
import { parsePattern } from "./parse-pattern.js";
import { type KnownPattern, knownPattern, type PatternReading, readingOf } from "./pattern-reading.js";
import { lengthOf } from "./reading.js";
import { type Near, type PatternMatch, type RustPattern, rustPattern } from "./rust-pattern.js";
import { aroundEach } from "./shape.js";
import { matchesSomewhere } from "./simulated.js";

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
    matcher ??= matcherOf(reading(), rust, tree);
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
    near(literals) {
      const parsed = known?.back === undefined ? tree() : null;
      const back = known?.back ?? (parsed === null ? null : backOf(parsed, literals));
      return back === null ? null : nearOf(reading(), back);
    },
    around(literals) {
      const parsed = tree();
      if (parsed === null) return literals.map(() => "anything");
      return aroundEach(parsed, literals, known?.back === undefined ? backOf(parsed, literals) : known.back);
    },
  };
}

type Matcher = Pick<RustPattern, "test" | "matches">;

function matcherOf(reading: PatternReading | null, rust: RustPattern, tree: () => Node | null): Matcher {
  if (reading === null) return rust;
  const { written, needed, beginning } = reading;
  if (written !== null) return v8Matcher(written);
  const begins = beginning === null ? null : new RegExp(beginning);
  let simulated = 0;
  const mayMatch = (text: string): boolean => {
    if (!holdsAll(text, needed) || (begins !== null && !begins.test(text))) return false;
    const node =
      simulated < MOST_SIMULATED && text.length <= LONGEST_SIMULATED && isAscii(text) ? tree() : null;
    if (node === null) return true;
    simulated++;
    return matchesSomewhere(node, text);
  };
  return {
    test: (text) => mayMatch(text) && rust.test(text),
    matches: (text) => (mayMatch(text) ? rust.matches(text) : []),
  };
}

/**
 * To compile a pattern costs the crate milliseconds and a megabyte, and most that are asked for match nothing: so many
 * texts are gone through without it first.
 */
const MOST_SIMULATED = 12;
const LONGEST_SIMULATED = 8192;

function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

function holdsAll(text: string, needed: PatternReading["needed"]): boolean {
  if (needed.length === 0) return true;
  const folded = text.toLowerCase();
  return needed.every((list) => list.some((literal) => folded.includes(literal)));
}

function v8Matcher(written: string): Matcher {
  const regex = secretRegex(written, "g");
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
        found.push(asMatch(match));
      }
      return found;
    },
  };
}

function nearOf(reading: PatternReading | null, back: Back): Near | null {
  if (reading === null) return null;
  if (reading.written !== null) return { kind: "matches", at: matchesNear(reading.written, back) };
  return reading.beginning === null ? null : { kind: "places", of: placesOf(reading.beginning, back) };
}

/** Each place at which a match may begin is tried once, in order: a match ends where the next may begin. */
function matchesNear(
  written: string,
  { least, most }: Back,
): (text: string, places: readonly number[]) => readonly PatternMatch[] {
  const regex = secretRegex(written, "y");
  return (text, places) => {
    const found: PatternMatch[] = [];
    let free = 0;
    for (const place of places) {
      for (let start = Math.max(free, place - most); start <= place - least; start++) {
        regex.lastIndex = start;
        const match = regex.exec(text);
        free = start + 1;
        if (match === null) continue;
        found.push(asMatch(match));
        free = start + match[0].length;
        break;
      }
    }
    return found;
  };
}

function placesOf(
  beginning: string,
  { least, most }: Back,
): (text: string, places: readonly number[]) => readonly number[] {
  const regex = new RegExp(beginning, "y");
  const begins = (text: string, place: number): boolean => {
    for (let start = Math.max(0, place - most); start <= place - least; start++) {
      regex.lastIndex = start;
      if (regex.test(text)) return true;
    }
    return false;
  };
  return (text, places) => places.filter((place) => begins(text, place));
}

/** With the places of its groups only where one is named `secret`: they cost. */
function secretRegex(written: string, mode: "g" | "y"): RegExp {
  return new RegExp(written, written.includes("(?<secret") ? `${mode}d` : mode);
}

function asMatch(match: RegExpExecArray): PatternMatch {
  const whole = { start: match.index, end: match.index + match[0].length };
  for (const [name, place] of Object.entries(match.indices?.groups ?? {})) {
    if (place !== undefined && /^secret\d*$/.test(name)) {
      return { whole, secret: { start: place[0], end: place[1] } };
    }
  }
  return { whole, secret: whole };
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
