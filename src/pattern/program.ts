import { type CharSet, charSet, type Node, OTHERS, union } from "./ast.js";
import { LOOKS } from "./boundaries.js";
import { rowOf } from "./char-rows.js";
import { BEFORE, beginningBehind, beginningOf, lengthOf } from "./reading.js";

/** What a step does; `WIDTH` numbers each in `Program.code`: the operation, the next step, and what is said here. */
export const OP = {
  match: 0,
  /** A character of a class: its row. */
  set: 1,
  /** Characters of a class: its row, least, most, `RUN` flags, the row of what can follow, its number. */
  run: 2,
  /** Ways in order of preference: where their pairs (row of what each can begin with, step) begin, and end. */
  ways: 3,
  /** A place where ways meet, to be gone through once for each place in the text: its number. */
  once: 4,
  /** A place in the text: its number in `LOOKS`. */
  look: 5,
  /** A group's beginning or end: its number in the captures. */
  save: 6,
} as const;

export const WIDTH = 8;

/** `loops`: the run stands in an unbounded repetition. */
export const RUN = { lazy: 1, loops: 2 } as const;

/** No bound, for a run. */
const UNBOUNDED = 0x3fffffff;

/** A pattern as the steps of a machine: see `matchFrom`. */
export type Program = {
  readonly code: Int32Array;
  readonly ways: Int32Array;
  readonly start: number;
  /** The row of what a match can begin with. */
  readonly first: number;
  /** The same behind each of `BEFORE`. */
  readonly firstBehind: readonly number[];
  /** How many steps of each kind hold a number. */
  readonly onces: number;
  readonly runs: number;
  /** How many groups named `secret` there are. */
  readonly secrets: number;
  /** The most UTF-16 units of a match. */
  readonly reach: number;
  /** The steps at which the parts that were asked for begin. */
  readonly entries: readonly number[];
};

/** A pattern of more steps, its repeats written out, is for the crate. */
const MOST_STEPS = 1 << 15;

class TooLarge extends Error {}

type Draft = {
  readonly code: number[];
  readonly ways: number[];
  /** What can begin at each step. */
  readonly firsts: First[];
  onces: number;
  runs: number;
  loops: number;
  readonly secrets: readonly string[];
  readonly entries: Map<Node, number>;
};

/** `end`: also nothing at all. */
type First = { readonly set: CharSet; readonly end: boolean };

const ALL: First = { set: charSet(() => true, OTHERS.all), end: true };

/** The program of `node`, which may be entered at `heads` too; null where it is too large. */
export function programOf(node: Node, heads: readonly Node[] = []): Program | null {
  const draft: Draft = {
    code: [],
    ways: [],
    firsts: [],
    onces: 0,
    runs: 0,
    loops: 0,
    secrets: secretsIn(node),
    entries: new Map(heads.map((head) => [head, -1])),
  };
  try {
    const start = steps(draft, node, step(draft, ALL, OP.match, 0));
    const { code, ways, onces, runs, secrets, entries } = draft;
    return {
      code: Int32Array.from(code),
      ways: Int32Array.from(ways),
      start,
      first: rowAt(draft, start),
      firstBehind: BEFORE.map((before) => {
        const { set, nullable } = beginningBehind(node, before);
        return nullable ? rowAt(draft, start) : rowOf(set);
      }),
      onces,
      runs,
      secrets: secrets.length,
      reach: lengthOf(node).most * 2,
      entries: [...entries.values()],
    };
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

/** The groups named `secret`, `secret2`, … in order. */
function secretsIn(node: Node): readonly string[] {
  switch (node.kind) {
    case "group": {
      const own = node.name !== null && /^secret\d*$/.test(node.name) ? [node.name] : [];
      return [...own, ...secretsIn(node.body)];
    }
    case "repeat":
      return secretsIn(node.body);
    case "concat":
      return node.parts.flatMap(secretsIn);
    case "either":
      return node.branches.flatMap(secretsIn);
    default:
      return [];
  }
}

function step(draft: Draft, first: First, op: number, next: number, ...said: readonly number[]): number {
  const { code, firsts } = draft;
  const at = code.length;
  if (at >= MOST_STEPS * WIDTH) throw new TooLarge();
  code.push(op, next, ...said);
  while (code.length < at + WIDTH) code.push(0);
  firsts.push(first);
  return at;
}

function firstAt({ firsts }: Draft, at: number): First {
  return firsts[at / WIDTH] ?? ALL;
}

function rowAt(draft: Draft, at: number): number {
  const { set, end } = firstAt(draft, at);
  return rowOf(set, end);
}

function either(one: First, other: First): First {
  return { set: union(one.set, other.set), end: one.end || other.end };
}

/** The first of the steps that match `node` and go on at `next`: as the crate's own compiler lays them out. */
function steps(draft: Draft, node: Node, next: number): number {
  const at = stepsOf(draft, node, next);
  if (draft.entries.has(node)) draft.entries.set(node, at);
  return at;
}

function stepsOf(draft: Draft, node: Node, next: number): number {
  switch (node.kind) {
    case "empty":
      return next;
    case "look":
      return step(draft, firstAt(draft, next), OP.look, next, LOOKS.indexOf(node.at));
    case "set":
      return step(draft, { set: node.set, end: false }, OP.set, next, rowOf(node.set));
    case "group":
      return groupSteps(draft, node, next);
    case "concat":
      return node.parts.reduceRight((after, part) => steps(draft, part, after), next);
    case "either": {
      const joint = once(draft, next);
      return waysOf(
        draft,
        node.branches.map((branch) => steps(draft, branch, joint)),
      );
    }
    case "repeat":
      return repeatSteps(draft, node, next);
  }
}

function groupSteps(draft: Draft, { name, body }: Extract<Node, { kind: "group" }>, next: number): number {
  const secret = name === null ? -1 : draft.secrets.indexOf(name);
  if (secret < 0) return steps(draft, body, next);
  const end = step(draft, firstAt(draft, next), OP.save, next, 2 * secret + 1);
  const inner = steps(draft, body, end);
  return step(draft, firstAt(draft, inner), OP.save, inner, 2 * secret);
}

function once(draft: Draft, next: number): number {
  const op = draft.code[next];
  if (op === OP.match || op === OP.once) return next;
  return step(draft, firstAt(draft, next), OP.once, next, draft.onces++);
}

function waysOf(draft: Draft, ways: readonly number[]): number {
  const from = draft.ways.length;
  for (const way of ways) draft.ways.push(rowAt(draft, way), way);
  const first = ways.map((way) => firstAt(draft, way)).reduce(either);
  return step(draft, first, OP.ways, 0, from, draft.ways.length);
}

function repeatSteps(draft: Draft, node: Extract<Node, { kind: "repeat" }>, next: number): number {
  const { body, min, max, lazy } = node;
  if (max === 0) return next;
  if (min === 1 && max === 1) return steps(draft, body, next);
  if (body.kind === "set") return runSteps(draft, body.set, node, next);
  if (!Number.isFinite(max)) return loopSteps(draft, node, next);
  let after = next;
  if (max > min) {
    const exit = once(draft, next);
    after = exit;
    for (let round = min; round < max; round++) {
      const more = steps(draft, body, after);
      after = waysOf(draft, lazy ? [exit, more] : [more, exit]);
    }
  }
  for (let round = 0; round < min; round++) after = steps(draft, body, after);
  return after;
}

function runSteps(
  draft: Draft,
  set: CharSet,
  { min, max, lazy }: Extract<Node, { kind: "repeat" }>,
  next: number,
): number {
  const after = min === max ? next : once(draft, next);
  const first = min > 0 ? { set, end: false } : either({ set, end: false }, firstAt(draft, next));
  const most = Number.isFinite(max) ? max : UNBOUNDED;
  const flags = (lazy ? RUN.lazy : 0) | (draft.loops > 0 ? RUN.loops : 0);
  return step(draft, first, OP.run, after, rowOf(set), min, most, flags, rowAt(draft, after), draft.runs++);
}

/** Without a bound: the last round leads back to where it is chosen whether there is another. */
function loopSteps(
  draft: Draft,
  { body, min, lazy }: Extract<Node, { kind: "repeat" }>,
  next: number,
): number {
  const { set, nullable } = beginningOf(body);
  const exit = once(draft, next);
  const begun: First = nullable ? ALL : { set, end: false };
  const back = step(draft, either(begun, firstAt(draft, next)), OP.once, 0, draft.onces++);
  draft.loops++;
  let round = steps(draft, body, back);
  draft.loops--;
  // A round that came back without a character does not begin again: the way out is next.
  if (nullable) round = once(draft, round);
  const choose = (): number => waysOf(draft, lazy ? [exit, round] : [round, exit]);
  draft.code[back + 1] = choose();
  // Rounds that may be empty are chosen once before the first, or the choice between them would come first.
  if (min === 0) return nullable ? choose() : back;
  for (let more = 1; more < min; more++) round = steps(draft, body, round);
  return round;
}
