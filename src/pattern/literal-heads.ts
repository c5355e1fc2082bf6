import type { Node } from "./ast.js";
import { beginningsOf } from "./beginnings.js";
import { lengthOf } from "./reading.js";

/**
 * How far before a literal a match begins, in UTF-16 units, and the parts of the pattern that the literal stands at the
 * beginning of: each by its place among its neighbours, from the outermost in.
 */
export type Back = { readonly least: number; readonly most: number; readonly heads: readonly Path[] };
export type Path = readonly number[];

/**
 * How far before one of `literals` every match of `node` begins: a match that begins at `s` holds a literal at `s + least`
 * to `s + most`. Null where that is not sure, or where it is not bounded. Literals are in lower case, and a letter of the
 * match counts in either case.
 */
export function backOf(node: Node, literals: readonly string[]): Back | null {
  return backIn(node, [], literals);
}

/** More starts than these are not worth trying one by one, or following. */
const MOST_STARTS = 12;

/** Whether there are few places at which a match may begin. */
export function isNarrow({ least, most }: Back): boolean {
  return most - least <= MOST_STARTS;
}

/** The parts of `node` that `back` names. */
export function headsOf(node: Node, { heads }: Back): readonly Node[] {
  return heads.map((path) => path.reduce(partAt, node));
}

function partAt(node: Node, at: number): Node {
  const part =
    node.kind === "concat"
      ? node.parts[at]
      : node.kind === "either"
        ? node.branches[at]
        : node.kind === "group"
          ? node.body
          : undefined;
  if (part === undefined) throw new Error("a pattern is not the one that was read");
  return part;
}

/** A part, and where it stands. */
export type Placed = { readonly part: Node; readonly path: Path };

function backIn(node: Node, path: Path, literals: readonly string[]): Back | null {
  const placed = flat(node, path);
  const parts = placed.map(({ part }) => part);
  let least = 0;
  let most = 0;
  for (const [index, { part, path }] of placed.entries()) {
    if (alwaysBegins(parts.slice(index), literals)) return { least, most, heads: [path] };
    const inner = part.kind === "group" || part.kind === "either" ? backOfPart(part, path, literals) : null;
    if (inner !== null) return { least: least + inner.least, most: most + inner.most, heads: inner.heads };
    const length = lengthOf(part);
    least += length.least;
    most += length.most;
    if (!Number.isFinite(most)) return null;
  }
  return null;
}

/** What stands one behind the other. */
export function flat(node: Node, path: Path): readonly Placed[] {
  return node.kind === "concat"
    ? node.parts.flatMap((part, at) => flat(part, [...path, at]))
    : [{ part: node, path }];
}

function backOfPart(
  part: Extract<Node, { kind: "group" | "either" }>,
  path: Path,
  literals: readonly string[],
): Back | null {
  if (part.kind === "group") return backIn(part.body, [...path, 0], literals);
  const branches = part.branches.map((branch, at) => backIn(branch, [...path, at], literals));
  if (branches.includes(null)) return null;
  const known = branches.flatMap((back) => back ?? []);
  return {
    least: Math.min(...known.map((b) => b.least)),
    most: Math.max(...known.map((b) => b.most)),
    heads: known.flatMap(({ heads }) => heads),
  };
}

/** More ways to begin are not followed. */
const MOST = { choices: 16, ways: 512 };

/** Whether each way in which `parts` can begin is long enough to be one of `literals`, or goes on behind one. */
function alwaysBegins(parts: readonly Node[], literals: readonly string[]): boolean {
  const longest = Math.max(...literals.map((literal) => literal.length));
  return beginningsOf(parts, { letters: longest, ...MOST }).every(({ text }) =>
    literals.some((literal) => text.startsWith(literal)),
  );
}
