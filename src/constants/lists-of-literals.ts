import type { Span } from "../text/lines.js";
import { joinedItems } from "./derived-text.js";
import { literalText } from "./escapes.js";
import { type Atom, atomText } from "./literals.js";
import { joinedText, type Text } from "./text-value.js";

/** Items of a list: texts, each perhaps of several literals. */
type Items = readonly { readonly atoms: readonly Atom[] }[];

/** More is data, not one secret. */
const MOST_ITEMS = 4096;

/** How far around a list the call is looked for that joins it. */
const REACH = 64;

const QUOTED = `(?:"([^"\\\\\\n]{0,8})"|'([^'\\\\\\n]{0,8})')`;

/** `"".join([` before the list. */
const SEPARATOR_BEFORE = new RegExp(`${QUOTED}\\s?\\.\\s?join\\s?\\(\\s{0,20}[[({]?\\s{0,20}$`, "d");

/** `].join("")` behind it. */
const SEPARATOR_BEHIND = new RegExp(
  `^\\s{0,20},?\\s{0,20}[\\])}]\\s?\\.\\s?join\\s?\\(\\s?${QUOTED}\\s?\\)`,
  "d",
);

/**
 * The text that a list of literals becomes, by the call it stands in: `"".join(["a", "b"])`, `["a", "b"].join("")`,
 * `implode("", ["a", "b"])`, `strings.Join([]string{"a", "b"}, "")`, `concat("a", "b")`, `"%s%s" % ("a", "b")`.
 * Null where nothing says that they are joined.
 */
export function joinOf(text: string, items: Items): Text | null {
  const first = items[0]?.atoms[0];
  const last = items.at(-1)?.atoms.at(-1);
  if (first === undefined || last === undefined || items.length > MOST_ITEMS) return null;
  const from = Math.max(0, first.start - REACH);
  const before = text.slice(from, first.start);
  const behind = text.slice(last.end, last.end + REACH);

  const separator =
    placeIn(SEPARATOR_BEFORE.exec(before), from) ?? placeIn(SEPARATOR_BEHIND.exec(behind), last.end);
  if (separator !== null)
    return joinedItems(textsOf(text, items), literalText(text, separator.start, separator.end, "none"));
  if (/^\s{0,20},?\s{0,20}[\])}]\s?\.\s?(?:concat|join)\b(?!\s?\(\s?[^)\s])/.test(behind)) {
    return joinedItems(textsOf(text, items), null);
  }
  return calledJoin(text, items, before) ?? formatted(text, items);
}

/**
 * Whether a call may stand around a list, from `start` to `end`, that joins it: true for all of which `joinOf` says so. What
 * is no ASCII may be white space.
 */
export function mayBeJoined(text: string, start: number, end: number): boolean {
  const begin = text.charCodeAt(start + 1);
  // What a format that is all holes begins with.
  if (begin === 37 || begin === 123) return true;
  return mayBeCalledBefore(text, start) || mayBeCalledBehind(text, end);
}

/** Whether a bracket stands there, and before it what ends a call's name or what a list in a call begins with. */
function mayBeCalledBefore(text: string, start: number): boolean {
  const at = beforeSpace(text, start - 1);
  const bracket = text.charCodeAt(at);
  if (bracket > 126) return true;
  if (bracket !== 40 && bracket !== 91 && bracket !== 123) return false;
  const before = text.charCodeAt(beforeSpace(text, at - 1));
  if (before === 40 || before > 126) return true;
  if (bracket === 91) return false;
  const letter = before | 32;
  // `join`, `implode`, `concat`, `paste0` before `(`; `[]string`, `new char[]` before `{`.
  return bracket === 40
    ? letter === 110 || letter === 101 || letter === 116 || letter === 48
    : letter === 103 || before === 93;
}

/** Whether the list's bracket ends there, with a point behind it. */
function mayBeCalledBehind(text: string, end: number): boolean {
  let at = behindSpace(text, end);
  if (text.charCodeAt(at) === 44) at = behindSpace(text, at + 1);
  const bracket = text.charCodeAt(at);
  if (bracket > 126) return true;
  if (bracket !== 41 && bracket !== 93 && bracket !== 125) return false;
  const behind = text.charCodeAt(behindSpace(text, at + 1));
  return behind === 46 || behind > 126;
}

function beforeSpace(text: string, from: number): number {
  let at = from;
  while (at >= 0 && from - at < REACH && text.charCodeAt(at) <= 32) at--;
  return at;
}

function behindSpace(text: string, from: number): number {
  let at = from;
  while (at - from < REACH && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** The contents of the quotes that were found in a text which begins at `from` in the file. */
function placeIn(found: RegExpExecArray | null, from: number): Span | null {
  const place = found?.indices?.[1] ?? found?.indices?.[2];
  return place === undefined ? null : { start: from + place[0], end: from + place[1] };
}

/** A function that takes the list: Go says what stands between the items last, PHP, Java and C# first. */
function calledJoin(text: string, items: Items, before: string): Text | null {
  if (/\bJoin\s?\(\s?\[\]string\s?\{\s{0,20}$/.test(before)) {
    const texts = textsOf(text, items);
    return joinedItems(texts.slice(0, -1), texts.at(-1) ?? null);
  }
  if (/\b(?:implode|join|Join)\s?\(\s{0,20}$/.test(before)) {
    const texts = textsOf(text, items);
    return joinedItems(texts.slice(1), texts[0] ?? null);
  }
  const isConcat = /\b(?:concat|strcat|paste0)\s?\(\s{0,20}(?:new \w{1,20}\[\]\s?\{\s{0,20})?$/i.test(before);
  return isConcat ? joinedItems(textsOf(text, items), null) : null;
}

/** A format that is all holes: `"%s%s" % ("a", "b")`, `"{}{}".format("a", "b")`, `sprintf("%s%s", "a", "b")`. */
function formatted(text: string, items: Items): Text | null {
  const format = items[0]?.atoms[0]?.inner;
  if (format === undefined || format.end - format.start > 64) return null;
  const isAllHoles = /^(?:%[sv]|\{\d?\}){2,}$/.test(text.slice(format.start, format.end));
  return isAllHoles ? joinedItems(textsOf(text, items.slice(1)), null) : null;
}

function textsOf(text: string, items: Items): readonly Text[] {
  return items.flatMap(({ atoms }) => {
    const joined = joinedText(
      atoms.map((atom) => atomText(text, atom)),
      "concatenation",
    );
    return joined === null ? [] : [joined];
  });
}
