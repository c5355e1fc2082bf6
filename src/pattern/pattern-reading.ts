import type { Node } from "./ast.js";
import type { Extent } from "./extent.js";
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
export type KnownPattern = { readonly extent: Extent; readonly reading: PatternReading | null };

/** What is to be known of the pattern `source`. Throws `PatternError`. */
export function knownPattern(source: string): KnownPattern {
  const node = parsePattern(source);
  if (node === null) return { extent: rustPattern(source).extent(), reading: null };
  return { extent: lengthOf(node), reading: readingOf(node) };
}

/** What `node` tells. */
export function readingOf(node: Node): PatternReading {
  const written = v8Pattern(node);
  if (written !== null) return { written, needed: [], beginning: null };
  return { written, needed: neededLiterals(node), beginning: v8Beginning(node) };
}
