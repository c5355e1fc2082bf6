import type { Node } from "./ast.js";
import type { Extent } from "./extent.js";
import { parsePattern } from "./parse-pattern.js";
import { lengthOf, neededLiterals } from "./reading.js";
import { type PatternMatch, type RustPattern, rustPattern } from "./rust-pattern.js";
import { v8Beginning, v8Pattern } from "./v8-pattern.js";

/**
 * The pattern `source` for a rule: the same matches as `rustPattern` gives in ASCII text (a test holds it), by V8's own
 * engine where that is sure to be linear, since it compiles in no time; by the Rust crate elsewhere, and there only in
 * texts that hold the literals which every match needs, and a beginning of one. Other than ASCII, `\b` takes no letter for one; see
 * `unescapedView`, in which such letters are spaces anyway.
 */
export function rulePattern(source: string): RustPattern {
  const rust = rustPattern(source);
  let node: Node | null | undefined;
  let extent: Extent | null = null;
  let matcher: Matcher | null = null;
  // Most rules of a run are asked for their extent and never for a match: each step is taken when it is needed.
  const tree = (): Node | null => {
    if (node === undefined) node = parsePattern(source);
    return node;
  };
  const ready = (): Matcher => {
    matcher ??= matcherOf(tree(), rust);
    return matcher;
  };
  return {
    source,
    test: (text) => ready().test(text),
    matches: (text) => ready().matches(text),
    extent() {
      const parsed = tree();
      extent ??= parsed === null ? rust.extent() : lengthOf(parsed);
      return extent;
    },
  };
}

type Matcher = Pick<RustPattern, "test" | "matches">;

function matcherOf(node: Node | null, rust: RustPattern): Matcher {
  if (node === null) return rust;
  const written = v8Pattern(node);
  if (written !== null) return v8Matcher(written);
  const needed = neededLiterals(node);
  const beginning = v8Beginning(node);
  const begins = beginning === null ? null : new RegExp(beginning);
  const mayMatch = (text: string): boolean =>
    holdsAll(text, needed) && (begins === null || begins.test(text));
  return {
    test: (text) => mayMatch(text) && rust.test(text),
    matches: (text) => (mayMatch(text) ? rust.matches(text) : []),
  };
}

function holdsAll(text: string, needed: ReturnType<typeof neededLiterals>): boolean {
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
export function matcherAt(source: string, followedBy: string): (text: string, at: number) => number {
  const node = parsePattern(source);
  const written = node === null ? null : v8Pattern(node);
  if (written !== null) {
    const regex = new RegExp(`(?:${written})${followedBy}`, "y");
    return (text, at) => {
      regex.lastIndex = at;
      return regex.test(text) ? regex.lastIndex : -1;
    };
  }
  const rust = rustPattern(`^(?:${source})`);
  const follows = new RegExp(followedBy, "y");
  const most = node === null ? 4096 : mostOf(node);
  return (text, at) => {
    const end = at + (rust.matches(text.slice(at, at + most + 1))[0]?.whole.end ?? Number.NaN);
    follows.lastIndex = end;
    return Number.isNaN(end) || !follows.test(text) ? -1 : end;
  };
}

function mostOf(node: Node): number {
  return Math.min(8192, lengthOf(node).most);
}
