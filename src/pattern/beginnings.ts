import { type CharSet, holds, isBeyondAscii, type Node } from "./ast.js";

/** A way to begin, in lower case; `open`: what follows it is known too. */
export type Beginning = { readonly text: string; readonly open: boolean };

/** How far beginnings are followed: letters of each, characters of a class, and how many there may be in all. */
export type Limits = { readonly letters: number; readonly choices: number; readonly ways: number };

/** The characters of a class that has more are never written out. */
const MOST_LETTERS = 16;

/** Nothing known. */
const UNKNOWN: readonly Beginning[] = [{ text: "", open: false }];
const EMPTY: readonly Beginning[] = [{ text: "", open: true }];

/** The ways in which `parts`, one behind another, can begin, as far as that is known within the limits. */
export function beginningsOf(parts: readonly Node[], limits: Limits): readonly Beginning[] {
  let known = EMPTY;
  for (const part of parts) {
    const open = known.filter((begun) => begun.open).length;
    if (open === 0) break;
    const shortest = Math.min(...known.map(({ text }) => text.length));
    const next = beginningsOfPart(part, { ...limits, letters: limits.letters - shortest });
    const isTooMany = known.length - open + open * next.length > limits.ways;
    if (next === UNKNOWN || isTooMany) return known.map(({ text }) => ({ text, open: false }));
    known = known.flatMap((begun) =>
      begun.open ? next.map((more) => joined(begun, more, limits)) : [begun],
    );
  }
  return known;
}

function joined(begun: Beginning, { text, open }: Beginning, { letters }: Limits): Beginning {
  const both = begun.text + text;
  return { text: both.slice(0, letters), open: open && both.length < letters };
}

function beginningsOfPart(node: Node, limits: Limits): readonly Beginning[] {
  switch (node.kind) {
    case "empty":
    case "look":
      return EMPTY;
    case "set": {
      const letters = lettersOf(node.set);
      return letters === null || letters.length > limits.choices
        ? UNKNOWN
        : letters.map((text) => ({ text, open: true }));
    }
    case "group":
      return beginningsOf([node.body], limits);
    case "concat":
      return beginningsOf(node.parts, limits);
    case "either": {
      const all = node.branches.flatMap((branch) => beginningsOf([branch], limits));
      return all.length > limits.ways ? UNKNOWN : all;
    }
    case "repeat":
      return beginningsOfRepeat(node, limits);
  }
}

function beginningsOfRepeat(
  { body, min, max }: Extract<Node, { kind: "repeat" }>,
  limits: Limits,
): readonly Beginning[] {
  const rounds = Array.from({ length: Math.min(min, limits.letters) }, () => body);
  const sure = beginningsOf(rounds, limits);
  if (max === min) return sure;
  if (max !== 1) return sure.map(({ text }) => ({ text, open: false }));
  return [...beginningsOf([body], limits), ...EMPTY];
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
  if (isBeyondAscii(set)) return null;
  const folded = new Set<string>();
  for (let code = 0; code < 128; code++) {
    if (!holds(set, code)) continue;
    folded.add(String.fromCharCode(code).toLowerCase());
    if (folded.size > MOST_LETTERS) return null;
  }
  return [...folded];
}
