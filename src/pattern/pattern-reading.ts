import type { Extent } from "./extent.js";
import { type InnerLiterals, innerLiterals } from "./inner-literals.js";
import { type Back, backOf } from "./literal-heads.js";
import { parsePattern } from "./parse-pattern.js";
import { lengthOf } from "./reading.js";
import { rustPattern } from "./rust-pattern.js";
import { v8Pattern } from "./v8-pattern.js";

/** What our own reader tells of a pattern, as plain data that can be kept in a file. */
export type PatternReading = {
  /** The same pattern for V8's engine; null where it is not sure to be linear there. */
  readonly written: string | null;
  /** What our own machine looks for first, null for nothing; absent: it has to be found out, where it is needed. */
  readonly inner?: InnerLiterals | null;
};

/** Everything that is to be known of a pattern before it is matched. `reading` is null where our reader gives up. */
export type KnownPattern = {
  readonly extent: Extent;
  readonly reading: PatternReading | null;
  /** How far before its rule's keywords a match begins, null if that is not sure; absent: it has to be found out. */
  readonly back?: Back | null;
};

/** What is to be known of the pattern `source`; with `back`, of a rule with these keywords. Throws `PatternError`. */
export function knownPattern(source: string, keywords: readonly string[] | null = null): KnownPattern {
  const node = parsePattern(source);
  if (node === null) {
    const known = { extent: rustPattern(source).extent(), reading: null };
    return keywords === null || keywords.length === 0 ? known : { ...known, back: null };
  }
  const extent = lengthOf(node);
  const written = v8Pattern(node);
  if (keywords === null || keywords.length === 0) return { extent, reading: { written } };
  const literals = keywords.map((keyword) => keyword.toLowerCase());
  const back = backOf(node, literals);
  const isSearched = back === null && written === null;
  return { extent, reading: isSearched ? { written, inner: innerLiterals(node) } : { written }, back };
}
