import { GlobError, glob } from "../../pattern/glob.js";
import { type PatternTree, patternTree } from "../../pattern/pattern-tree.js";
import { PatternError } from "../../pattern/rust-pattern.js";
import { GoPatternError, rustSyntax } from "./go-pattern.js";

/**
 * The globs that match the paths in which the Go pattern `source` matches somewhere, as gitleaks looks at a path; null
 * where globs cannot say it. A dot is one character of a name, and not the slash between two, which is what is meant.
 */
export function pathGlobs(source: string): readonly string[] | null {
  try {
    const ways = waysOf(patternTree(rustSyntax(source, () => null)));
    if (ways === null) return null;
    const globs = ways.map(globsOf);
    if (globs.some((one) => one === null)) return null;
    const all = folded(inAnyFolder([...new Set(globs.flatMap((one) => one ?? []))]));
    for (const one of all) glob(one);
    return all;
  } catch (error) {
    const isUnsayable = [GoPatternError, PatternError, GlobError].some((kind) => error instanceof kind);
    if (isUnsayable) return null;
    throw error;
  }
}

/** A piece of a way: glob syntax within one name or with its slashes, any text at all, or an end of the path. */
type Piece = { readonly glob: string } | "any" | "start" | "end";
type Way = readonly Piece[];

/** More ways than this are nobody's list. */
const MOST_WAYS = 128;

/** Everything that the tree may match, way by way; null for what a glob cannot say. */
function waysOf(tree: PatternTree): readonly Way[] | null {
  switch (tree.kind) {
    case "text":
      return [[{ glob: literal(tree.text) }]];
    case "class":
      return classWays(tree.ranges);
    case "look":
      return tree.at === "other" ? null : [[tree.at]];
    case "group":
      return waysOf(tree.part);
    case "repeat":
      return repeatWays(tree.part, tree.least, tree.most);
    case "all":
      return tree.parts.map(waysOf).reduce(joined, [[]]);
    case "any": {
      const each = tree.parts.map(waysOf);
      const ways = each.flatMap((one) => one ?? []);
      return each.some((one) => one === null) || ways.length > MOST_WAYS ? null : ways;
    }
  }
}

function joined(before: readonly Way[] | null, after: readonly Way[] | null): readonly Way[] | null {
  if (before === null || after === null || before.length * after.length > MOST_WAYS) return null;
  return before.flatMap((start) => after.map((end) => [...start, ...end]));
}

/** A repetition with bounds is written out as long as these are near. */
const MOST_TIMES = 16;

function repeatWays(part: PatternTree, least: number, most: number): readonly Way[] | null {
  const once = waysOf(part);
  if (once === null) return null;
  if (most === Number.POSITIVE_INFINITY) {
    const [piece, ...more] = once.length === 1 ? (once[0] ?? []) : [];
    if (typeof piece !== "object" || more.length > 0 || least > 1) return null;
    if (part.kind !== "class") return null;
    if (isDot(part.ranges)) return [[...(least === 1 ? [piece] : []), "any"]];
    if (isWide(part.ranges) && holdsSlash(part.ranges)) return null;
    if (piece.glob === "?") return [[{ glob: least === 1 ? "?*" : "*" }]];
    return piece.glob.startsWith("[") ? [[{ glob: `${least === 1 ? "+" : "*"}(${piece.glob})` }]] : null;
  }
  if (most > MOST_TIMES) return null;
  const ways: Way[] = [];
  for (let times = least; times <= most; times++) {
    const more = Array.from({ length: times }, () => once).reduce(joined, [[]] as readonly Way[] | null);
    if (more === null) return null;
    ways.push(...more);
  }
  return ways.length > MOST_WAYS ? null : ways;
}

type Ranges = readonly (readonly [number, number])[];

const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const LAST = 0x10ffff;

function holds(ranges: Ranges, point: number): boolean {
  return ranges.some(([first, last]) => first <= point && point <= last);
}

function holdsSlash(ranges: Ranges): boolean {
  return holds(ranges, SLASH);
}

/** Whether the class holds all but some ASCII characters. */
function isWide(ranges: Ranges): boolean {
  return holds(ranges, LAST) && holds(ranges, 0x80);
}

/** Whether it is `.`, with the newline or without. */
function isDot(ranges: Ranges): boolean {
  return isWide(ranges) && missing(ranges).every((point) => point === NEWLINE);
}

/** The ASCII characters that a class leaves out. */
function missing(ranges: Ranges): readonly number[] {
  return Array.from({ length: 0x80 }, (_, point) => point).filter((point) => !holds(ranges, point));
}

function classWays(ranges: Ranges): readonly Way[] | null {
  if (isDot(ranges)) return [[{ glob: "?" }]];
  if (isWide(ranges)) {
    const not = missing(ranges).filter((point) => point !== NEWLINE && point !== SLASH);
    if (not.length === 0) return [[{ glob: "?" }]];
    if (!not.every(isSimple)) return null;
    return [[{ glob: `[!${String.fromCodePoint(...not)}]` }]];
  }
  // A backslash is what the slash is on Windows; gitleaks tells paths with slashes everywhere.
  const points = Array.from({ length: 0x80 }, (_, point) => point).filter((point) => holds(ranges, point));
  const inNames = points.filter((point) => point !== SLASH && !(point === BACKSLASH && holdsSlash(ranges)));
  const slash: readonly Way[] = holdsSlash(ranges) ? [[{ glob: "/" }]] : [];
  if (inNames.length === 0) return slash.length === 0 ? null : slash;
  const [only] = inNames;
  if (inNames.length === 1 && only !== undefined)
    return [...slash, [{ glob: literal(String.fromCodePoint(only)) }]];
  if (inNames.every(isSimple)) return [...slash, [{ glob: `[${spelled(inNames)}]` }]];
  if (inNames.length > MOST_TIMES) return null;
  return [...slash, ...inNames.map((point): Way => [{ glob: literal(String.fromCodePoint(point)) }])];
}

/** Letters, digits and what means nothing in a glob's class. */
function isSimple(point: number): boolean {
  return /[0-9A-Za-z_. ]/.test(String.fromCodePoint(point));
}

/** Three neighbours and more as a range. */
function spelled(points: readonly number[]): string {
  let out = "";
  for (let at = 0; at < points.length; ) {
    const first = points[at] ?? 0;
    let length = 1;
    while (points[at + length] === first + length && /[0-9A-Za-z]/.test(String.fromCodePoint(first + length)))
      length++;
    const letters = String.fromCodePoint(...points.slice(at, at + length));
    out += length < 3 ? letters : `${letters.charAt(0)}-${letters.charAt(length - 1)}`;
    at += length;
  }
  return out;
}

function literal(text: string): string {
  return text.replace(/[*?[\]{}()!+@|\\]/g, "\\$&");
}

/** The globs of one way: any text before it unless it begins at the start, any behind it unless it ends at the end. */
function globsOf(way: Way): readonly string[] | null {
  const pieces = way.filter(
    (piece, at) => !(piece === "start" && at === 0) && !(piece === "end" && at === way.length - 1),
  );
  if (pieces.some((piece) => piece === "start" || piece === "end")) return null;
  const open: Way = [
    ...(way[0] === "start" ? [] : ["any" as const]),
    ...pieces,
    ...(way.at(-1) === "end" ? [] : ["any" as const]),
  ];
  const parts = merged(open);
  let globs: readonly string[] = [""];
  for (const [at, part] of parts.entries()) {
    const next = parts[at + 1];
    const before = globs;
    if (part !== "any") {
      globs = before.map((start) => start + part);
      continue;
    }
    globs = before.flatMap((start) => {
      const isFolder = start === "" || start.endsWith("/");
      if (next === undefined) return isFolder ? [`${start}**`] : [`${start}*`, `${start}*/**`];
      if (isFolder) return [`${start}**/*`];
      return next !== "any" && next.startsWith("/") ? [`${start}*/**`] : [`${start}*`, `${start}*/**/*`];
    });
    if (globs.length > MOST_WAYS) return null;
  }
  return globs;
}

/** Neighbours put together; any text takes in what is any name beside it. */
function merged(way: Way): readonly (string | "any")[] {
  const parts: string[] = [];
  for (const piece of way) {
    const text = typeof piece === "object" ? piece.glob : piece;
    const last = parts.at(-1);
    if (last === undefined || text === "any" || last === "any") {
      if (last === "any" && (text === "any" || text === "*" || text === "")) continue;
      if (text === "any" && last === "*") parts.pop();
      parts.push(text);
    } else parts[parts.length - 1] = last + (last.endsWith("*") && text === "*" ? "" : text);
  }
  return parts;
}

/** `x` at the root and below some folder is `x` in any folder. */
function inAnyFolder(globs: readonly string[]): readonly string[] {
  const below = "**/*/";
  const both = globs.filter((one) => globs.includes(below + one));
  const merged = globs.flatMap((one) => {
    if (both.includes(one)) return [`**/${one}`];
    return one.startsWith(below) && both.includes(one.slice(below.length)) ? [] : [one];
  });
  return [...new Set(merged)];
}

/** Globs that begin alike in any folder become one: two stars, a slash and `*{.jpg,.png}`. */
function folded(globs: readonly string[]): readonly string[] {
  for (const beginning of ["**/*", "**/"]) {
    const rests = globs.map((one) => one.slice(beginning.length));
    const alike = globs.length > 1 && globs.every((one) => one.startsWith(beginning));
    if (alike && rests.every((rest) => rest !== "" && !/[{},*]/.test(rest)))
      return [`${beginning}{${rests.join(",")}}`];
  }
  return globs;
}
