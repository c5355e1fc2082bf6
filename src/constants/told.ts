import {
  type BuiltPiece,
  type BuiltString,
  type How,
  LONGEST_BUILT,
  SHARED_BUILT,
  SHORTEST_BUILT,
} from "./built-string.js";
import { type Leaf, sliceOf, spelt } from "./text-value.js";

/**
 * The strings in `leaves` (null: a hole) that are not written as the program holds them: each stretch between holes
 * that is made of several literals, or of one with escapes or an encoding. `how` is how the whole is put together.
 */
export function builtFrom(
  leaves: readonly (Leaf | null)[],
  how: How | null,
  name: string | null,
): readonly BuiltString[] {
  const built: BuiltString[] = [];
  let run: Leaf[] = [];
  const close = (): void => {
    const main = mainStep(run, how);
    if (main !== null) built.push(...parts(run, main, name));
    run = [];
  };
  for (const leaf of leaves) {
    if (leaf === null) close();
    else run.push(leaf);
  }
  close();
  return built;
}

/** Several literals are told by what joins them, one by the way it is written. Null: it stands there as it is. */
function mainStep(run: readonly Leaf[], how: How | null): How | null {
  const first = run[0];
  if (first === undefined) return null;
  const isOne = run.every((leaf) => leaf.literal === first.literal);
  if (!isOne) return run.every((leaf) => leaf.how === "codes") ? "codes" : (how ?? "concatenation");
  const told = run.map((leaf) => leaf.how).filter((step) => step !== null);
  return told.find((step) => step !== "continuation") ?? told[0] ?? null;
}

function parts(run: readonly Leaf[], how: How, name: string | null): readonly BuiltString[] {
  const value = spelt(run);
  if (value.length < SHORTEST_BUILT) return [];
  if (value.length <= LONGEST_BUILT) return [{ value, pieces: piecesOf(run), how, name }];
  const cut: BuiltString[] = [];
  for (
    let start = 0;
    start === 0 || start + SHARED_BUILT < value.length;
    start += LONGEST_BUILT - SHARED_BUILT
  ) {
    const end = start + LONGEST_BUILT;
    cut.push({ value: value.slice(start, end), pieces: piecesOf(sliceOf(run, start, end)), how, name });
  }
  return cut;
}

function piecesOf(leaves: readonly Leaf[]): readonly BuiltPiece[] {
  let at = 0;
  return leaves.map(({ value, span, step }) => {
    const piece: BuiltPiece = { at, length: value.length, span, step };
    at += value.length;
    return piece;
  });
}
