import { type CharSet, charSet, type Node, union } from "./ast.js";
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

const NONE: CharSet = charSet(() => false);

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
