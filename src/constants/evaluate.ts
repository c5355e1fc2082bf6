import type { Constant } from "./constant.js";

/** How a language's constant expressions are worked out, node by node of the syntax tree. */
export type Folding = {
  /** The nodes whose values the value of `node` is made from, those that a name stands for among them. */
  readonly partsOf: (node: number) => readonly number[];
  /** The value of `node`, given those of its parts; null where it is not constant. */
  readonly fold: (node: number, known: Known) => Constant | null;
};

export type Known = (node: number) => Constant | null;

const NEW = 0;
const OPEN = 1;
const DONE = 2;

/**
 * The values of a tree's nodes, each worked out once and when it is asked for. No depth of nesting exhausts a stack,
 * and what is defined by itself is not constant. `size` is the number of nodes.
 */
export function evaluator(size: number, folding: Folding): Known {
  const states = new Uint8Array(size);
  const values = new Map<number, Constant>();
  const known: Known = (node) => values.get(node) ?? null;
  return (root) => {
    const open = [root];
    for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
      if (states[node] === NEW) {
        states[node] = OPEN;
        for (const part of folding.partsOf(node)) if (states[part] === NEW) open.push(part);
        continue;
      }
      open.pop();
      if (states[node] === DONE) continue;
      states[node] = DONE;
      const value = folding.fold(node, known);
      if (value !== null) values.set(node, value);
    }
    return known(root);
  };
}
