import { type CharSet, charSet, type Node, OTHERS, union } from "./ast.js";
import type { Extent } from "./extent.js";

/** Least and greatest length of a match in UTF-16 units. */
export function lengthOf(node: Node): Extent {
  switch (node.kind) {
    case "empty":
    case "look":
      return { least: 0, most: 0 };
    case "set":
      return { least: 1, most: 1 };
    case "group":
      return lengthOf(node.body);
    case "repeat": {
      const body = lengthOf(node.body);
      return {
        least: body.least * node.min,
        most: node.max === 0 || body.most === 0 ? 0 : body.most * node.max,
      };
    }
    case "concat": {
      const parts = node.parts.map(lengthOf);
      return { least: sum(parts.map((p) => p.least)), most: sum(parts.map((p) => p.most)) };
    }
    case "either": {
      const parts = node.branches.map(lengthOf);
      return { least: Math.min(...parts.map((p) => p.least)), most: Math.max(...parts.map((p) => p.most)) };
    }
  }
}

/** The characters that a match of `node` can begin with, and whether it can be empty. */
export function beginningOf(node: Node): { readonly set: CharSet; readonly nullable: boolean } {
  switch (node.kind) {
    case "empty":
    case "look":
      return { set: NONE, nullable: true };
    case "set":
      return { set: node.set, nullable: false };
    case "group":
      return beginningOf(node.body);
    case "repeat": {
      const body = beginningOf(node.body);
      return { set: body.set, nullable: body.nullable || node.min === 0 };
    }
    case "either": {
      const all = node.branches.map(beginningOf);
      return { set: all.map((b) => b.set).reduce(union, NONE), nullable: all.some((b) => b.nullable) };
    }
    case "concat": {
      let set = NONE;
      for (const part of node.parts) {
        const beginning = beginningOf(part);
        set = union(set, beginning.set);
        if (!beginning.nullable) return { set, nullable: false };
      }
      return { set, nullable: true };
    }
  }
}

/** What stands right before a place: a line break, a letter, digit or underscore, or any other ASCII character. */
export const BEFORE = ["break", "word", "other"] as const;
export type Before = (typeof BEFORE)[number];

/**
 * What a match of `node` can begin with behind such a character: no more than `beginningOf` tells, and less where it asks
 * for the beginning of a line or a word.
 */
export function beginningBehind(
  node: Node,
  before: Before,
): { readonly set: CharSet; readonly nullable: boolean } {
  switch (node.kind) {
    case "look":
      return { set: NONE, nullable: mayLook(node.at, before) };
    case "group":
      return beginningBehind(node.body, before);
    case "repeat": {
      const body = beginningBehind(node.body, before);
      return { set: body.set, nullable: body.nullable || node.min === 0 };
    }
    case "either": {
      const all = node.branches.map((branch) => beginningBehind(branch, before));
      return { set: all.map((b) => b.set).reduce(union, NONE), nullable: all.some((b) => b.nullable) };
    }
    case "concat": {
      let set = NONE;
      let seen = ALL;
      for (const part of node.parts) {
        const beginning = beginningBehind(part, before);
        set = union(set, common(beginning.set, seen));
        if (!beginning.nullable) return { set, nullable: false };
        if (part.kind === "look") seen = common(seen, seenBy(part.at, before));
      }
      return { set, nullable: true };
    }
    default:
      return beginningOf(node);
  }
}

type Look = Extract<Node, { kind: "look" }>["at"];

function mayLook(at: Look, before: Before): boolean {
  return at === "start" ? false : at === "line-start" ? before === "break" : true;
}

/** What may come next where the look holds: of what is no ASCII anything may be a letter. */
function seenBy(at: Look, before: Before): CharSet {
  const isEdge = at === "word" || at === "ascii-word";
  if (!isEdge && at !== "not-word" && at !== "ascii-not-word") return ALL;
  return isEdge === (before === "word") ? NO_WORD : WORD;
}

const WORD = charSet((code) => /\w/.test(String.fromCharCode(code)), OTHERS.all);
const NO_WORD = charSet((code) => /\W/.test(String.fromCharCode(code)), OTHERS.all);
const ALL = charSet(() => true, OTHERS.all);

function common(one: CharSet, other: CharSet): CharSet {
  const [a, b, c, d] = one.words;
  const [e, f, g, h] = other.words;
  return { words: [a & e, b & f, c & g, d & h], others: one.others & other.others };
}

const NONE: CharSet = charSet(() => false);

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
