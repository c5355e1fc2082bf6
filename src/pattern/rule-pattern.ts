import type { Node } from "./ast.js";
import { type Back, backOf, isNarrow } from "./literal-heads.js";
import { endAt, nearOf, ownMatcher } from "./own-pattern.js";
import { parsePattern } from "./parse-pattern.js";
import { type KnownPattern, knownPattern } from "./pattern-reading.js";
import { type Program, programOf } from "./program.js";
import { lengthOf } from "./reading.js";
import { type Near, type RustPattern, rustPattern } from "./rust-pattern.js";
import { aroundEach } from "./shape.js";
import { v8Matcher, v8Near } from "./v8-matcher.js";
import { v8Pattern } from "./v8-pattern.js";

/**
 * The pattern `source` for a rule: the same matches as `rustPattern` gives (tests hold it), by V8's own engine where that
 * is sure to be linear, by our own machine elsewhere; by the Rust crate, which takes milliseconds and a megabyte to compile
 * one, only what our reader does not read or the machine has no room for. In V8's engine, other than in ASCII text, a
 * character is a UTF-16 unit and `\b` takes no letter for one; see `unescapedView`, in which such letters are spaces
 * anyway. Nothing is read of what is `known` already.
 */
export function rulePattern(source: string, known: KnownPattern | null = null): RustPattern {
  const rust = rustPattern(source);
  let node: Node | null | undefined;
  let extent = known?.extent ?? null;
  let matcher: Matcher | null = null;
  // Most rules of a run are asked for their extent and never for a match: each step is taken when it is needed.
  const tree = (): Node | null => {
    if (node === undefined) node = parsePattern(source);
    return node;
  };
  const ready = (): Matcher => {
    matcher ??= matcherOf(known, tree, rust);
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
      return back === null ? null : nearTo(back, known, tree);
    },
    around(literals) {
      const parsed = tree();
      if (parsed === null) return literals.map(() => "anything");
      return aroundEach(parsed, literals, known?.back === undefined ? backOf(parsed, literals) : known.back);
    },
  };
}

type Matcher = Pick<RustPattern, "test" | "matches">;

function matcherOf(known: KnownPattern | null, tree: () => Node | null, rust: RustPattern): Matcher {
  const written = writtenOf(known, tree);
  if (written !== null) return v8Matcher(written);
  const node = tree();
  const own = node === null ? null : ownMatcher(node, known?.reading?.inner);
  if (own === null) return rust;
  return {
    test: (text) => own.test(text) ?? rust.test(text),
    matches: (text) => own.matches(text) ?? rust.matches(text),
  };
}

function writtenOf(known: KnownPattern | null, tree: () => Node | null): string | null {
  if (known !== null) return known.reading?.written ?? null;
  const node = tree();
  return node === null ? null : v8Pattern(node);
}

/** V8's engine is given each start; our machine looks at what is behind the literal first. */
function nearTo(back: Back, known: KnownPattern | null, tree: () => Node | null): Near | null {
  const written = isNarrow(back) ? writtenOf(known, tree) : null;
  if (written !== null) return v8Near(written, back);
  const node = tree();
  return node === null ? null : nearOf(node, back);
}

/** A matcher of `source` at one place only: the end of the match that begins there, or -1. */
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
  const follows = new RegExp(followedBy, "y");
  const endOf = endFrom(source, known);
  return (text, at) => {
    const end = endOf(text, at);
    follows.lastIndex = end;
    return end >= 0 && follows.test(text) ? end : -1;
  };
}

function endFrom(source: string, known: KnownPattern): (text: string, at: number) => number {
  const node = parsePattern(source);
  const program: Program | null = node === null ? null : programOf(node);
  const rust = rustPattern(`^(?:${source})`);
  const most = known.reading === null ? 4096 : Math.min(8192, known.extent.most);
  const bySlice = (text: string, at: number): number => {
    const match = rust.matches(text.slice(at, at + most + 1))[0];
    return match === undefined ? -1 : at + match.whole.end;
  };
  return (text, at) => (program === null ? null : endAt(program, text, at)) ?? bySlice(text, at);
}
