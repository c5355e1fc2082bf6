import type { Node } from "./ast.js";
import type { Extent } from "./extent.js";
import { type Back, backOf } from "./literal-heads.js";
import { parsePattern } from "./parse-pattern.js";
import { lengthOf, neededLiterals } from "./reading.js";
import { rustPattern } from "./rust-pattern.js";
import { v8Beginning, v8Pattern } from "./v8-pattern.js";

/** What our own reader tells of a pattern, as plain data that can be kept in a file. */
export type PatternReading = {
  /** The same pattern for V8's engine; null where it is not sure to be linear there. */
  readonly written: string | null;
  /** Where `written` is null: the literals that every match holds, of each list at least one, and how one begins. */
  readonly needed: readonly (readonly string[])[];
  readonly beginning: string | null;
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
  const known =
    node === null
      ? { extent: rustPattern(source).extent(), reading: null }
      : { extent: lengthOf(node), reading: readingOf(node) };
  if (keywords === null || keywords.length === 0) return known;
  const literals = keywords.map((keyword) => keyword.toLowerCase());
  return { ...known, back: node === null ? null : backOf(node, literals) };
}

/** What `node` tells. */
export function readingOf(node: Node): PatternReading {
  const written = v8Pattern(node);
  if (written !== null) return { written, needed: [], beginning: null };
  return { written, needed: neededLiterals(node), beginning: v8Beginning(node) };
}
