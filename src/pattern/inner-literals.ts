import type { Node } from "./ast.js";
import { beginningsOf, type Limits } from "./beginnings.js";
import { type Back, flat, type Path } from "./literal-heads.js";
import { lengthOf } from "./reading.js";

/** Texts, in lower case, of which each match holds one at a head of `back`, in either case. */
export type InnerLiterals = { readonly back: Back; readonly texts: readonly string[] };

/** The texts in the matches of `node` that are rarest, as far as can be told; null where each match may hold others. */
export function innerLiterals(node: Node): InnerLiterals | null {
  const found = innerIn(node, []);
  return found !== null && rarity(found) >= LEAST_RARITY ? found : null;
}

/** More letters do not make a text rarer, and more texts are slow to look for. */
const LIMITS: Limits = { letters: 8, choices: 4, ways: 64 };
const SHORTEST = 2;
const LEAST_RARITY = 0;

function rarity({ texts }: InnerLiterals): number {
  return Math.min(...texts.map((text) => text.length)) - Math.log2(texts.length) / 2;
}

function innerIn(node: Node, path: Path): InnerLiterals | null {
  const placed = flat(node, path);
  const parts = placed.map(({ part }) => part);
  let best: InnerLiterals | null = null;
  let least = 0;
  let most = 0;
  for (const [index, { part, path }] of placed.entries()) {
    // In the middle of a text is nothing rarer than at its beginning.
    const isInText = part.kind === "set" && placed[index - 1]?.part.kind === "set";
    const begun = isInText && best !== null ? null : beginningAt(parts.slice(index), path);
    best = rarer(best, behind(begun, least, most));
    best = rarer(best, behind(innerOfPart(part, path), least, most));
    const length = lengthOf(part);
    least += length.least;
    most += length.most;
    if (!Number.isFinite(most)) break;
  }
  return best;
}

function rarer(one: InnerLiterals | null, other: InnerLiterals | null): InnerLiterals | null {
  return other === null || (one !== null && rarity(other) <= rarity(one)) ? one : other;
}

/** The same behind what is from `least` to `most` long. */
function behind(found: InnerLiterals | null, least: number, most: number): InnerLiterals | null {
  if (found === null) return null;
  const { back, texts } = found;
  return { back: { least: least + back.least, most: most + back.most, heads: back.heads }, texts };
}

function beginningAt(parts: readonly Node[], path: Path): InnerLiterals | null {
  const texts = [...new Set(beginningsOf(parts, LIMITS).map(({ text }) => text))];
  const isUsable = texts.every((text) => text.length >= SHORTEST);
  return isUsable ? { back: { least: 0, most: 0, heads: [path] }, texts } : null;
}

/** In a group or in branches, each of which may hold its own. */
function innerOfPart(part: Node, path: Path): InnerLiterals | null {
  if (part.kind === "group") return innerIn(part.body, [...path, 0]);
  if (part.kind !== "either") return null;
  const branches = part.branches.map((branch, at) => innerIn(branch, [...path, at]));
  const known = branches.flatMap((found) => found ?? []);
  const texts = [...new Set(known.flatMap((found) => found.texts))];
  if (known.length < branches.length || texts.length > LIMITS.ways) return null;
  return {
    back: {
      least: Math.min(...known.map(({ back }) => back.least)),
      most: Math.max(...known.map(({ back }) => back.most)),
      heads: known.flatMap(({ back }) => back.heads),
    },
    texts,
  };
}

/** Finds where one of `texts` may begin: letters in both cases, and those beyond ASCII that `(?i)` takes for them. */
export function searchFor(texts: readonly string[]): RegExp {
  // Of those that begin with one another the shortest is enough.
  const shortest = texts.filter((text) => !texts.some((other) => other !== text && text.startsWith(other)));
  return new RegExp(shortest.map((text) => [...text].map(written).join("")).join("|"), "g");
}

function written(letter: string): string {
  if (letter === "s") return "[sS\\u017f]";
  if (letter === "k") return "[kK\\u212a]";
  if (/[a-z]/.test(letter)) return `[${letter}${letter.toUpperCase()}]`;
  return `\\x${letter.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** All places where `search` finds one: they may overlap. */
export function placesOf(search: RegExp, text: string): readonly number[] {
  const places: number[] = [];
  search.lastIndex = 0;
  for (let found = search.exec(text); found !== null; found = search.exec(text)) {
    places.push(found.index);
    search.lastIndex = found.index + 1;
  }
  return places;
}
