import { type PatternTree, patternTree } from "../../pattern/pattern-tree.js";
import { rustSyntax } from "./go-pattern.js";

/** A pattern in Rust syntax with the secret named in it; `whole` where the whole match is the secret. */
export type NamedPattern = {
  readonly pattern: string;
  readonly tree: PatternTree;
  readonly whole: boolean;
  /** What has to be said about the choice. */
  readonly note: string | null;
};

/** A shorter group is a word of the pattern's, and no secret. In characters. */
const SHORTEST_SECRET = 6;

/**
 * The Rust pattern for a Go one whose group `secretGroup` is the secret. Where none is said (0), gitleaks takes the first
 * group with something in it; that holds here too, unless one of the groups may be too short to be a secret, and then
 * the whole match is: what is shown and masked must never be less than the secret. Throws `GoPatternError` and
 * `PatternError`.
 */
export function namedPattern(source: string, secretGroup: number): NamedPattern {
  const numbered = patternTree(rustSyntax(source, (index) => `g${index}`));
  const groups = groupsIn(numbered);
  const made = (
    nameOf: (index: number) => string | null,
    note: string | null,
    whole: boolean,
  ): NamedPattern => {
    const pattern = rustSyntax(source, nameOf);
    return { pattern, tree: patternTree(pattern), whole, note };
  };
  if (groups.size === 0 && secretGroup === 0) return made(() => null, null, true);
  if (secretGroup > 0) {
    if (groups.has(secretGroup))
      return made((index) => (index === secretGroup ? "secret" : null), null, false);
    const note = `secretGroup is ${secretGroup}, and the pattern has no such group: the whole match counts as the secret`;
    return made(() => null, note, true);
  }
  if ([...groups.values()].every((least) => least >= SHORTEST_SECRET)) {
    return made((index) => (index === 1 ? "secret" : `secret${index}`), null, false);
  }
  const note =
    "secretGroup does not say which group is the secret, and one of them is too short to be it: the whole match counts as the secret";
  return made(() => null, note, true);
}

/** The least length of each group's text, in characters. */
function groupsIn(tree: PatternTree): ReadonlyMap<number, number> {
  const groups = new Map<number, number>();
  least(tree);
  return groups;

  function least(part: PatternTree): number {
    switch (part.kind) {
      case "text":
        return [...part.text].length;
      case "class":
        return 1;
      case "look":
        return 0;
      case "repeat":
        return part.least * least(part.part);
      case "group": {
        const length = least(part.part);
        groups.set(part.index, length);
        return length;
      }
      case "all":
        return part.parts.map(least).reduce((sum, length) => sum + length, 0);
      case "any":
        return Math.min(...part.parts.map(least));
    }
  }
}
