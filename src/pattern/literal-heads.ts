import { type CharSet, holds, type Node } from "./ast.js";
import { lengthOf } from "./reading.js";

/** How far before a literal a match begins, in UTF-16 units. */
export type Back = { readonly least: number; readonly most: number };

/**
 * How far before one of `literals` every match of `node` begins: a match that begins at `s` holds a literal at `s + least`
 * to `s + most`. Null where that is not sure, or where it is not bounded. Literals are in lower case, and a letter of the
 * match counts in either case.
 */
export function backOf(node: Node, literals: readonly string[]): Back | null {
  const parts = flat(node);
  let least = 0;
  let most = 0;
  for (const [index, part] of parts.entries()) {
    if (most - least > WIDEST) return null;
    if (alwaysBegins(parts.slice(index), literals)) return { least, most };
    const inner = part.kind === "group" || part.kind === "either" ? backOfPart(part, literals) : null;
    if (inner !== null) return { least: least + inner.least, most: most + inner.most };
    const length = lengthOf(part);
    least += length.least;
    most += length.most;
    if (!Number.isFinite(most)) return null;
  }
  return null;
}

/** What stands one behind the other. */
function flat(node: Node): readonly Node[] {
  return node.kind === "concat" ? node.parts.flatMap(flat) : [node];
}

/** More starts than these are not worth trying one by one. */
const WIDEST = 12;

function backOfPart(
  part: Extract<Node, { kind: "group" | "either" }>,
  literals: readonly string[],
): Back | null {
  if (part.kind === "group") return backOf(part.body, literals);
  const branches = part.branches.map((branch) => backOf(branch, literals));
  if (branches.includes(null)) return null;
  const known = branches.flatMap((back) => back ?? []);
  const back = { least: Math.min(...known.map((b) => b.least)), most: Math.max(...known.map((b) => b.most)) };
  return back.most - back.least > WIDEST ? null : back;
}

/** Whether each way in which `parts` can begin is long enough to be one of `literals`, or goes on behind one. */
function alwaysBegins(parts: readonly Node[], literals: readonly string[]): boolean {
  const longest = Math.max(...literals.map((literal) => literal.length));
  const beginnings = beginningsOf(parts, longest);
  return beginnings?.every(({ text }) => literals.some((literal) => text.startsWith(literal))) ?? false;
}

/** A way to begin, in lower case; `open`: what follows it is known too. */
type Beginning = { readonly text: string; readonly open: boolean };

/** More ways to begin are not followed. */
const MOST_BEGINNINGS = 512;

/** A class of more characters is where the literal ends. */
const MOST_LETTERS = 16;

function beginningsOf(parts: readonly Node[], longest: number): readonly Beginning[] | null {
  let known: readonly Beginning[] = [{ text: "", open: true }];
  for (const part of parts) {
    if (!known.some(({ open }) => open)) break;
    const shortest = Math.min(...known.map(({ text }) => text.length));
    const next = beginningsOfPart(part, longest - shortest);
    if (next === null) known = known.map(({ text }) => ({ text, open: false }));
    else {
      known = known.flatMap((begun) =>
        begun.open
          ? next.map(({ text, open }) => {
              const joined = begun.text + text;
              return { text: joined.slice(0, longest), open: open && joined.length < longest };
            })
          : [begun],
      );
      if (known.length > MOST_BEGINNINGS) return null;
    }
  }
  return known;
}

/** Null for what can begin in too many ways. */
function beginningsOfPart(node: Node, longest: number): readonly Beginning[] | null {
  switch (node.kind) {
    case "empty":
    case "look":
      return [{ text: "", open: true }];
    case "set": {
      const letters = lettersOf(node.set);
      return letters === null ? null : letters.map((text) => ({ text, open: true }));
    }
    case "group":
      return beginningsOf([node.body], longest);
    case "concat":
      return beginningsOf(node.parts, longest);
    case "either": {
      const all = node.branches.map((branch) => beginningsOf([branch], longest));
      return all.includes(null) ? null : all.flatMap((branch) => branch ?? []);
    }
    case "repeat":
      return beginningsOfRepeat(node, longest);
  }
}

function beginningsOfRepeat(
  { body, min, max }: Extract<Node, { kind: "repeat" }>,
  longest: number,
): readonly Beginning[] | null {
  const rounds = Math.min(min, longest);
  const sure =
    rounds === 0
      ? [{ text: "", open: true }]
      : beginningsOf(
          Array.from({ length: rounds }, () => body),
          longest,
        );
  if (sure === null || max === min) return sure;
  if (max !== 1) return sure.map(({ text }) => ({ text, open: false }));
  const once = beginningsOf([body], longest);
  return once === null ? [{ text: "", open: false }] : [...once, { text: "", open: true }];
}

const letters = new WeakMap<CharSet, readonly string[] | null>();

/** The characters of a small class, folded; null for a larger one, or one with other than printable ASCII in it. */
function lettersOf(set: CharSet): readonly string[] | null {
  const known = letters.get(set);
  if (known !== undefined) return known;
  const made = lettersIn(set);
  letters.set(set, made);
  return made;
}

function lettersIn(set: CharSet): readonly string[] | null {
  if (set.others) return null;
  const folded = new Set<string>();
  for (let code = 0; code < 128; code++) {
    if (!holds(set, code)) continue;
    folded.add(String.fromCharCode(code).toLowerCase());
    if (folded.size > MOST_LETTERS) return null;
  }
  return [...folded];
}
