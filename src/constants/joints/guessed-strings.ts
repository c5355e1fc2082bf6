import type { Source } from "../../units/source.js";
import { parentOf, typeOf } from "../../units/syntax-tree.js";
import type { Allowance } from "../allowance.js";
import { type BuiltString, SHORTEST_BUILT } from "../built-string.js";
import { ecmascriptFolding } from "../ecmascript-constants.js";
import { evaluator, type Folding } from "../evaluate.js";
import { givenName } from "../given-name.js";
import { rustFolding } from "../rust-constants.js";
import { sidesOfSum } from "../sums.js";
import { HOLE, type Leaf, namedText, type Text } from "../text-value.js";
import { builtFrom } from "../told.js";
import { BUILDING, familyOf, foldingAllowance, tellable } from "../tree-strings.js";

/**
 * Every string that `../tree-strings.ts` may find in the whole source, told by an outline of it: in the rest a name may be
 * given something else, so each name may stand for what it seems to, or for nothing that is known. Null where that is
 * more than `work` allows.
 */
export function guessedStrings(source: Source, work: Allowance): readonly BuiltString[] | null {
  const { tree } = source;
  const isRust = familyOf(source) === "rust";
  const strings: BuiltString[] = [];
  for (const follows of [true, false]) {
    const spent = foldingAllowance(source.text);
    const known = evaluator(tree.count, foldingOf(source, spent, follows));
    for (let node = 0; node < tree.count; node++) {
      if (!BUILDING.has(typeOf(tree, node)) || isPartOfSum(source, node)) continue;
      const value = tellable(known(node), NONE);
      if (value === null || value.size < SHORTEST_BUILT || (value.leaf !== null && value.how === null))
        continue;
      const { leaves, edges } = leavesAndEdges(value, isRust);
      if (edges.length > MOST_EDGES || !work.take(value.size * (1 + edges.length ** 2))) return null;
      for (const run of stretches(leaves, edges)) {
        const built = builtFrom(run, value.how, null);
        const name = built.length === 0 ? null : givenName(source, node);
        strings.push(...built.map((string) => ({ ...string, name })));
      }
    }
    if (spent.isSpent()) return null;
  }
  return strings;
}

const NONE: ReadonlySet<Text> = new Set();

/** Ends of names in one string: what has more is told by the whole source. */
const MOST_EDGES = 24;

function foldingOf(source: Source, work: Allowance, follows: boolean): Folding {
  const { partsOf, fold } =
    familyOf(source) === "rust"
      ? rustFolding(source, work, follows ? undefined : { valueNode: () => null })
      : ecmascriptFolding(source, work, follows ? undefined : { target: () => null });
  return {
    partsOf,
    fold(node, known) {
      const value = fold(node, known);
      if (value?.kind !== "list" || !NAMES.has(typeOf(source.tree, node))) return value;
      return { ...value, items: value.items.map((item) => (item?.kind === "text" ? namedText(item) : item)) };
    },
  };
}

/** Nodes that stand for something else. */
const NAMES: ReadonlySet<string> = new Set([
  "identifier",
  "scoped_identifier",
  "member_expression",
  "subscript_expression",
  "shorthand_property_identifier",
]);

/** A sum's value is its side's value with something behind or before it. */
function isPartOfSum(source: Source, node: number): boolean {
  const around = parentOf(source.tree, node);
  return (
    typeOf(source.tree, node) === "binary_expression" &&
    typeOf(source.tree, around) === "binary_expression" &&
    sidesOfSum(source, node).length > 0 &&
    sidesOfSum(source, around).includes(node)
  );
}

type Edge = { readonly at: number; readonly opens: boolean };

/**
 * The leaves of a text, null for each hole, and where among them begins and ends what would be a hole if some name stood
 * for nothing: what a name, a number or something decoded gives, and what Rust formats.
 */
function leavesAndEdges(
  text: Text,
  isRust: boolean,
): { readonly leaves: readonly (Leaf | null)[]; readonly edges: readonly Edge[] } {
  const leaves: (Leaf | null)[] = [];
  const edges: Edge[] = [];
  const open: { readonly part: Text | null; readonly isLoose: boolean }[] = [{ part: text, isLoose: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { part, isLoose } = next;
    if (part === null) {
      edges.push({ at: leaves.length, opens: false });
      continue;
    }
    const { leaf } = part;
    if (isLoose || part.named || (leaf !== null && isDerived(leaf))) {
      edges.push({ at: leaves.length, opens: true });
      open.push({ part: null, isLoose: false });
    }
    if (leaf !== null) {
      if (leaf.value !== "") leaves.push(leaf);
    } else if (part.parts.length === 0 && part.size > 0) leaves.push(null);
    const areLoose = isRust && part.how === "template";
    for (let at = part.parts.length - 1; at >= 0; at--) {
      open.push({ part: part.parts[at] ?? HOLE, isLoose: areLoose });
    }
  }
  return { leaves, edges };
}

/** Whether the leaf is a number, or decoded or spelled: no literal's own text. */
function isDerived({ step, how }: Leaf): boolean {
  return how === null ? step === 0 : how !== "escapes" && how !== "continuation";
}

/** The whole, and every stretch of it from behind a name, or its beginning, up to another one, or the end. */
function* stretches(
  leaves: readonly (Leaf | null)[],
  edges: readonly Edge[],
): Generator<readonly (Leaf | null)[]> {
  const starts = new Set([0, ...edges.filter(({ opens }) => !opens).map(({ at }) => at)]);
  const ends = new Set([leaves.length, ...edges.filter(({ opens }) => opens).map(({ at }) => at)]);
  for (const start of starts) for (const end of ends) if (end > start) yield leaves.slice(start, end);
}
