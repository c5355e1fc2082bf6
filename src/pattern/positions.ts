import type { CharSet, Node } from "./ast.js";
import { flat } from "./literal-heads.js";
import { lengthOf } from "./reading.js";

/**
 * A pattern as the characters it is made of, one position each, and which may follow which (Glushkov's automaton:
 * https://en.wikipedia.org/wiki/Glushkov%27s_construction_algorithm). Where something repeats more often than is
 * copied here, its last copy may follow itself: then more is matched, never less.
 */
export type Positions = {
  readonly sets: readonly CharSet[];
  /** The positions that may come behind each, some perhaps twice. */
  readonly follow: readonly (readonly number[])[];
  /** How many characters a copy that follows itself may stand for besides its own, told at each position. */
  readonly more: readonly number[];
  /** Where a match may begin, and where it may end. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** Where the parts that were asked for begin. */
  readonly heads: readonly number[];
};

/** A part's beginnings and ends, and whether it can be empty. */
type Part = {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly nullable: boolean;
};

type Making = {
  readonly sets: CharSet[];
  readonly follow: number[][];
  readonly more: number[];
  readonly wanted: ReadonlySet<Node>;
  readonly heads: number[];
};

/** So many positions are made of one repetition, so far as its body is small enough. */
const MOST_COPIES = 48;
const MOST_COPIED = 480;

/** The positions of `node`, of whose parts some are asked for. */
export function positionsOf(node: Node, wanted: readonly Node[] = []): Positions {
  const making: Making = { sets: [], follow: [], more: [], wanted: new Set(wanted), heads: [] };
  const { first, last } = partOf(node, making);
  const { sets, follow, more, heads } = making;
  return { sets, follow, more, first, last, heads };
}

function partOf(node: Node, making: Making): Part {
  const part = madeOf(node, making);
  if (making.wanted.has(node)) making.heads.push(...part.first);
  return part;
}

function madeOf(node: Node, making: Making): Part {
  switch (node.kind) {
    case "empty":
    case "look":
      return EMPTY;
    case "set": {
      const own = [making.sets.push(node.set) - 1];
      making.follow.push([]);
      making.more.push(0);
      return { first: own, last: own, nullable: false };
    }
    case "group":
      return partOf(node.body, making);
    case "concat":
      return sequenceOf(node, making);
    case "either": {
      const branches = node.branches.map((branch) => partOf(branch, making));
      return {
        first: branches.flatMap(({ first }) => first),
        last: branches.flatMap(({ last }) => last),
        nullable: branches.some(({ nullable }) => nullable),
      };
    }
    case "repeat":
      return repeated(node, making);
  }
}

const EMPTY: Part = { first: [], last: [], nullable: true };

function sequenceOf(node: Node, making: Making): Part {
  const nodes = flat(node, []).map(({ part }) => part);
  const parts = nodes.map((part) => partOf(part, making));
  for (const [index, part] of nodes.entries()) {
    if (!making.wanted.has(part)) continue;
    // One that can be empty begins where the next does.
    for (let at = index; parts[at]?.nullable; at++) making.heads.push(...(parts[at + 1]?.first ?? []));
  }
  return parts.reduce((before, part) => joined(before, part, making), EMPTY);
}

function joined(before: Part, behind: Part, { follow }: Making): Part {
  for (const end of before.last) follow[end]?.push(...behind.first);
  return {
    first: before.nullable ? [...before.first, ...behind.first] : before.first,
    last: behind.nullable ? [...before.last, ...behind.last] : behind.last,
    nullable: before.nullable && behind.nullable,
  };
}

function repeated({ body, min, max }: Extract<Node, { kind: "repeat" }>, making: Making): Part {
  if (max === 0) return EMPTY;
  const size = sizeOf(body);
  const most = Math.max(1, Math.min(MOST_COPIES, Math.floor(MOST_COPIED / Math.max(1, size))));
  const copies = Math.min(max, Math.max(min, 1), most);
  const longest = lengthOf(body).most;
  let whole = EMPTY;
  for (let copy = 0; copy < copies; copy++) {
    const from = making.sets.length;
    const round = partOf(body, making);
    whole = joined(whole, copy < min ? round : { ...round, nullable: true }, making);
    const isOpen = copy === copies - 1 && max > copies;
    if (!isOpen) continue;
    for (const end of round.last) making.follow[end]?.push(...round.first);
    for (let at = from; at < making.sets.length; at++)
      making.more[at] = (making.more[at] ?? 0) + (max - copies) * longest;
  }
  return whole;
}

function sizeOf(node: Node): number {
  switch (node.kind) {
    case "empty":
    case "look":
      return 0;
    case "set":
      return 1;
    case "group":
      return sizeOf(node.body);
    case "concat":
      return node.parts.reduce((sum, part) => sum + sizeOf(part), 0);
    case "either":
      return node.branches.reduce((sum, branch) => sum + sizeOf(branch), 0);
    case "repeat":
      return sizeOf(node.body) * Math.min(node.max, MOST_COPIES);
  }
}
