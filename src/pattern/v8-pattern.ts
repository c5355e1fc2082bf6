import { ASCII, type CharSet, charSet, holds, meet, type Node, OTHERS, union } from "./ast.js";
import { beginningOf, lengthOf } from "./reading.js";

/**
 * A backtracking engine may go over so many ways to match from one place: as many as a long token has ends, and some
 * for its surroundings. So its time is linear in the text all the same, and hostile text cannot stretch it.
 */
const WAYS = 4000;
const WAYS_A_UNIT = 3;

/** `node` for V8's own engine, which needs no compiling to speak of; null where it could take too many ways. */
export function v8Pattern(node: Node): string | null {
  const longest = lengthOf(node).most;
  if (!Number.isFinite(longest)) return null;
  return waysOf([node], END) > WAYS + WAYS_A_UNIT * longest ? null : written(node);
}

type Rest = { readonly ways: number; readonly set: CharSet; readonly nullable: boolean };
const END: Rest = { ways: 1, set: charSet(() => false), nullable: true };

/** How many ways there are to match `parts` and then what `rest` stands for. */
function waysOf(parts: readonly Node[], rest: Rest): number {
  return parts.reduceRight((after, part) => before(part, after), rest).ways;
}

/** What follows, with `node` in front of it. */
function before(node: Node, rest: Rest): Rest {
  const own = beginningOf(node);
  const set = own.nullable ? union(own.set, rest.set) : own.set;
  return { ways: ways(node, rest), set, nullable: own.nullable && rest.nullable };
}

function ways(node: Node, rest: Rest): number {
  switch (node.kind) {
    case "empty":
    case "look":
    case "set":
      return rest.ways;
    case "group":
      return ways(node.body, rest);
    case "concat":
      return waysOf(node.parts, rest);
    case "either":
      return eitherWays(node.branches, rest);
    case "repeat":
      return repeatWays(node, rest);
  }
}

/** Branches that begin with different characters are told apart by one look; of the others each may be gone through. */
function eitherWays(branches: readonly Node[], rest: Rest): number {
  const groups: { set: CharSet; ways: number }[] = [];
  for (const branch of branches) {
    const begun = before(branch, { ...rest, ways: 1 }).set;
    const known = groups.find((group) => meet(group.set, begun));
    const own = ways(branch, rest);
    if (known === undefined) groups.push({ set: begun, ways: own });
    else {
      known.set = union(known.set, begun);
      known.ways += own;
    }
  }
  return Math.max(...groups.map((group) => group.ways)) + groups.length - 1;
}

function repeatWays(node: Extract<Node, { kind: "repeat" }>, rest: Rest): number {
  const { body, min, max } = node;
  const choices = max - min;
  const inner = waysOf([body], END);
  if (!Number.isFinite(max)) return Number.POSITIVE_INFINITY;
  // A round with several ways multiplies with every other round.
  if (inner > 1) return inner ** max * (choices + 1) * rest.ways;
  if (choices === 0) return rest.ways;
  // Where what follows cannot begin with what is repeated, only one number of rounds gets any further.
  const isClear = !rest.nullable && !meet(beginningOf(body).set, rest.set);
  return isClear ? choices + rest.ways : (choices + 1) * rest.ways;
}

const LOOKS: Readonly<Record<Extract<Node, { kind: "look" }>["at"], string>> = {
  start: "^",
  end: "$",
  "line-start": "(?<=^|\\n)",
  "line-end": "(?=\\n|$)",
  word: "\\b",
  "not-word": "\\B",
  "ascii-word": "\\b",
  "ascii-not-word": "\\B",
};

function written(node: Node): string {
  switch (node.kind) {
    case "empty":
      return "";
    case "look":
      return LOOKS[node.at];
    case "set":
      return writtenSet(node.set);
    case "concat":
      return node.parts
        .map((part) => (part.kind === "either" ? `(?:${written(part)})` : written(part)))
        .join("");
    case "either":
      return node.branches.map(written).join("|");
    case "group":
      return node.name === null ? `(?:${written(node.body)})` : `(?<${node.name}>${written(node.body)})`;
    case "repeat": {
      const { min, max, lazy } = node;
      const times = min === max ? `{${min}}` : `{${min},${Number.isFinite(max) ? max : ""}}`;
      return `(?:${written(node.body)})${times}${lazy && min !== max ? "?" : ""}`;
    }
  }
}

const writings = new WeakMap<CharSet, string>();

function writtenSet(set: CharSet): string {
  const known = writings.get(set) ?? writingOf(set);
  writings.set(set, known);
  return known;
}

function writingOf(set: CharSet): string {
  const isMostly = (set.others & OTHERS.rest) !== 0;
  const listed = ranges(Array.from({ length: ASCII }, (_, code) => holds(set, code) !== isMostly));
  if (listed === "") return isMostly ? "[^]" : "[]";
  return `[${isMostly ? "^" : ""}${listed}]`;
}

function ranges(held: readonly boolean[]): string {
  let out = "";
  for (let from = 0; from < held.length; from++) {
    if (!held[from]) continue;
    let to = from;
    while (to + 1 < held.length && held[to + 1]) to++;
    out += to === from ? hex(from) : `${hex(from)}-${hex(to)}`;
    from = to;
  }
  return out;
}

function hex(code: number): string {
  return `\\x${code.toString(16).padStart(2, "0")}`;
}
