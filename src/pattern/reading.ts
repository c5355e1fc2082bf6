import { type CharSet, charSet, type Node, onlyLetter, union } from "./ast.js";
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
      return { least: body.least * node.min, most: body.most === 0 ? 0 : body.most * node.max };
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

/**
 * What every match holds, in lower case: of each list at least one literal. Empty lists are left out, so that an empty
 * answer says nothing. Literals of fewer than three characters stand nearly everywhere and are left out too.
 */
export function neededLiterals(node: Node): readonly (readonly string[])[] {
  switch (node.kind) {
    case "empty":
    case "look":
    case "set":
      return [];
    case "group":
      return neededLiterals(node.body);
    case "repeat":
      return node.min === 0 ? [] : neededLiterals(node.body);
    case "concat":
      return [...runsOf(node.parts).map((run) => [run]), ...node.parts.flatMap(neededLiterals)];
    case "either": {
      const branches = node.branches.map((branch) => best(neededLiterals(wrapped(branch))));
      return branches.every((list) => list !== null) ? [branches.flatMap((list) => list ?? [])] : [];
    }
  }
}

/** A branch that is one literal has to be read as a sequence of one. */
function wrapped(node: Node): Node {
  return node.kind === "set" ? { kind: "concat", parts: [node] } : node;
}

/** The list whose shortest literal is longest: the rarest, most likely. */
function best(lists: readonly (readonly string[])[]): readonly string[] | null {
  const shortest = (list: readonly string[]): number => Math.min(...list.map((literal) => literal.length));
  return lists.reduce<readonly string[] | null>(
    (a, b) => (a === null || shortest(b) > shortest(a) ? b : a),
    null,
  );
}

const SHORTEST = 3;

/** The literals that stand in `parts` one letter after the other. */
function runsOf(parts: readonly Node[]): readonly string[] {
  const runs: string[] = [];
  let run = "";
  const end = (): void => {
    if (run.length >= SHORTEST) runs.push(run);
    run = "";
  };
  for (const part of parts) {
    const letters = lettersOf(part);
    if (letters === null) end();
    else run += letters;
  }
  end();
  return runs;
}

/** The one text that `node` can be, in lower case; null if it can be several. */
function lettersOf(node: Node): string | null {
  switch (node.kind) {
    case "look":
    case "empty":
      return "";
    case "set":
      return onlyLetter(node.set);
    case "group":
      return lettersOf(node.body);
    case "concat": {
      const letters = node.parts.map(lettersOf);
      return letters.includes(null) ? null : letters.join("");
    }
    default:
      return null;
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
