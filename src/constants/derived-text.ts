import type { Span } from "../text/lines.js";
import type { How } from "./built-string.js";
import {
  byLiteral,
  joinedText,
  type Leaf,
  leafText,
  remadeText,
  spelt,
  type Text,
  wholeLeaves,
} from "./text-value.js";

/** The text from its end to its beginning; null where it is not known as a whole. Each literal stays one piece. */
export function reversedText(text: Text): Text | null {
  const leaves = wholeLeaves(text);
  if (leaves === null) return null;
  const turned = byLiteral(leaves).map(
    (leaf): Leaf => ({ ...leaf, value: [...leaf.value].reverse().join(""), step: 0, how: "reversed" }),
  );
  return remadeText(turned.reverse(), "reversed", text);
}

/** What the text decodes to; null where it is not known as a whole, or decodes to nothing. */
export function decodedText(text: Text, how: "base64" | "hex" | "percent"): Text | null {
  const leaves = wholeLeaves(text);
  if (leaves === null) return null;
  const written = byLiteral(leaves);
  const value = DECODERS[how](spelt(written));
  return value === "" ? null : remadeText(spread(value, written, how), how, text);
}

const DECODERS = {
  base64: (written: string) => Buffer.from(written, "base64").toString("utf8"),
  hex: (written: string) => Buffer.from(written, "hex").toString("utf8"),
  percent: (written: string) =>
    written.replace(/(?:%[0-9A-Fa-f]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"),
    ),
};

/** `value` over the places it was decoded from, each in proportion to its length. */
export function spread(value: string, places: readonly Leaf[], how: How): readonly Leaf[] {
  const total = spelt(places).length;
  let before = 0;
  let at = 0;
  return places.map((place) => {
    before += place.value.length;
    const end = Math.floor((before * value.length) / total);
    const leaf: Leaf = { ...place, value: value.slice(at, end), step: 0, how };
    at = end;
    return leaf;
  });
}

/** Places that are no more than places, each as long as it is written: what `spread` takes. */
export function placesOf(spans: readonly Span[]): readonly Leaf[] {
  return spans.map((span) => ({
    value: " ".repeat(span.end - span.start),
    span,
    step: 0,
    how: null,
    literal: span.start,
  }));
}

/** The items of a list as one text, `separator` between them; what is no text is a hole. */
export function joinedItems(items: readonly Text[], separator: Text | null): Text | null {
  if (separator === null || separator.size === 0) return joinedText(items, "join");
  const [first, ...rest] = items;
  return first === undefined
    ? leafText(EMPTY)
    : joinedText([first, ...rest.flatMap((item) => [separator, item])], "join");
}

const EMPTY: Leaf = { value: "", span: { start: 0, end: 0 }, step: 1, how: null, literal: 0 };
