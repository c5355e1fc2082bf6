import { familyOf, grammarOf } from "./languages.js";
import { nativeTree } from "./native-parser.js";
import type { Source } from "./source.js";
import { flatTree } from "./syntax-tree.js";
import type { Language } from "./unit.js";

/** Parts of a text, to be taken apart without the rest. */
export type Outline = {
  /** Them, one behind the other. */
  readonly text: string;
  /** For each where it begins in `text`, and where in the whole: two numbers, in order; none is empty. */
  readonly parts: readonly number[];
};

/**
 * The text `whole` with the syntax tree of its outline, whose nodes stand where they stand in the whole; null where the
 * outline does not parse. Throws what `nativeTree` throws.
 */
export function outlinedSource(
  whole: string,
  { text, parts }: Outline,
  path: string,
  language: Language,
): Source | null {
  const native = nativeTree(text, path, grammarOf(language));
  if (native.rootNode.hasError) return null;
  const tree = flatTree(native, familyOf(language).opaque);
  for (let node = 0; node < tree.count; node++) {
    const start = tree.starts[node] ?? 0;
    const end = tree.ends[node] ?? 0;
    tree.starts[node] = placeIn(parts, start, start);
    // What ends where a part ends does not reach into the next one.
    tree.ends[node] = placeIn(parts, end, Math.max(start, end - 1));
  }
  return { text: whole, tree };
}

/** Where `place` of the outline is in the whole, by the part that `inside` is in. */
function placeIn(parts: readonly number[], place: number, inside: number): number {
  let low = 0;
  let high = parts.length / 2;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((parts[2 * middle] ?? 0) <= inside) low = middle;
    else high = middle;
  }
  return (parts[2 * low + 1] ?? 0) + place - (parts[2 * low] ?? 0);
}
