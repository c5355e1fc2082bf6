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

/** The contents of the quotes that were found in a text which begins at `from` in the file. */
function placeIn(found: RegExpExecArray | null, from: number): Span | null {
  const place = found?.indices?.[1] ?? found?.indices?.[2];
  return place === undefined ? null : { start: from + place[0], end: from + place[1] };
}

/** A function that takes the list: Go says what stands between the items last, PHP, Java and C# first. */
function calledJoin(text: string, items: Items, before: string): Text | null {
  const texts = textsOf(text, items);
  if (/\bJoin\s?\(\s?\[\]string\s?\{\s{0,20}$/.test(before)) {
    return joinedItems(texts.slice(0, -1), texts.at(-1) ?? null);
  }
  if (/\b(?:implode|join|Join)\s?\(\s{0,20}$/.test(before))
    return joinedItems(texts.slice(1), texts[0] ?? null);
  const isConcat = /\b(?:concat|strcat|paste0)\s?\(\s{0,20}(?:new \w{1,20}\[\]\s?\{\s{0,20})?$/i.test(before);
  return isConcat ? joinedItems(texts, null) : null;
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
