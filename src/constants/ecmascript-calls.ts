import { asText, type Constant, codesText, LONGEST_LIST } from "./constant.js";
import { decodedText, joinedItems, reversedText } from "./derived-text.js";
import { HOLE, joinedText, spelt, type Text, wholeLeaves } from "./text-value.js";

/** A call as it is written: `object.name(…given)`, `name(…given)` with no object. */
export type Call = {
  readonly name: string;
  /** The object's own name (`String`, `Buffer`); "" where it is more than a name, or none. */
  readonly of: string;
  readonly object: Constant | null;
  readonly given: readonly (Constant | null)[];
  /** What is written between the parentheses, or its beginning. */
  readonly written: string;
};

/** The value of a call of a function that JavaScript or Node brings along; null for any other, or what is not constant. */
export function callValue(call: Call): Constant | null {
  const { name, of, object, given } = call;
  if (object !== null) return methodValue(call, object);
  const first = given[0] ?? null;
  switch (of === "" ? name : `${of}.${name}`) {
    case "String.fromCharCode":
    case "String.fromCodePoint":
      return codesText(given);
    case "fromCharCode.apply":
    case "fromCodePoint.apply":
      return given[1]?.kind === "list" ? codesText(given[1].items) : null;
    case "atob":
    case "window.atob":
    case "globalThis.atob":
      return decoded(first, "base64");
    case "decodeURIComponent":
    case "decodeURI":
    case "unescape":
      return decoded(first, "percent");
    case "Buffer.from":
      return bufferOf(first, given[1] ?? null);
    case "Uint8Array.from":
    case "Array.from":
      return first?.kind === "text" ? { kind: "characters", text: first } : first;
    case "Uint8Array.of":
    case "Array.of":
      return { kind: "list", items: given };
    case "String":
      return asText(first);
    case "Buffer.concat":
      return first?.kind === "list" ? joinedItems(first.items.map(bytesText), null) : null;
    default:
      // Whatever the decoder is called: `new TextDecoder().decode(bytes)`.
      return name === "decode" && first !== null ? asBytes(first) : null;
  }
}

/** The value of `new name(…given)`. */
export function newValue(name: string, given: readonly (Constant | null)[]): Constant | null {
  const first = given[0] ?? null;
  return name === "Uint8Array" || name === "String" || name === "Buffer" ? first : null;
}

function methodValue({ name, given, written }: Call, object: Constant): Constant | null {
  const first = given[0] ?? null;
  switch (name) {
    case "toString":
      return object.kind === "list" || given.length > 0 ? asBytes(object, first) : asText(object);
    case "valueOf":
    case "trim":
    case "normalize":
      return asText(object);
    case "concat":
      return object.kind === "list" ? concatenatedLists(object.items, given) : concatenated(object, given);
    case "join":
      return joined(object, given);
    case "reverse":
    case "toReversed":
      return reversed(object);
    case "split":
      return object.kind === "text" && isEmpty(first) ? { kind: "characters", text: object } : null;
    case "map":
      return object.kind === "list" && SPELLS.test(written) ? spelledItems(object.items) : null;
    default:
      return null;
  }
}

/** `code => String.fromCharCode(code)`, or the function itself. */
const SPELLS =
  /^\(\s*(?:String\.from\w+|\(?\s*(\w{1,40})\s*\)?\s*=>\s*String\.from\w+\(\s*\1\s*\))\s*,?\s*\)$/;

function spelledItems(items: readonly (Constant | null)[]): Constant {
  return { kind: "list", items: items.map((item) => codesText([item])) };
}

function isEmpty(constant: Constant | null): boolean {
  return constant?.kind === "text" && constant.size === 0;
}

function decoded(constant: Constant | null, how: "base64" | "hex" | "percent"): Text | null {
  return constant?.kind === "text" ? decodedText(constant, how) : null;
}

function bufferOf(first: Constant | null, encoding: Constant | null): Constant | null {
  if (first === null || first.kind !== "text") return first;
  const leaves = encoding?.kind === "text" ? wholeLeaves(encoding) : null;
  const name = leaves === null ? "utf8" : spelt(leaves);
  if (name === "hex") return decodedText(first, "hex");
  return name.startsWith("base64") ? decodedText(first, "base64") : first;
}

/** Bytes as text, unless they are asked for in another encoding. */
function asBytes(object: Constant, encoding: Constant | null = null): Text | null {
  if (object.kind === "number" || object.kind === "characters") return null;
  const leaves = encoding?.kind === "text" ? wholeLeaves(encoding) : null;
  if (leaves !== null && !/^(?:utf-?8|ascii|latin1|binary)$/i.test(spelt(leaves))) return null;
  return object.kind === "text" ? object : codesText(object.items);
}

function bytesText(item: Constant | null): Text {
  return item === null ? HOLE : (asBytes(item) ?? HOLE);
}

function concatenated(object: Constant, given: readonly (Constant | null)[]): Text | null {
  const first = asText(object);
  if (first === null) return null;
  return joinedText([first, ...given.map((item) => asText(item) ?? HOLE)], "concatenation");
}

function concatenatedLists(
  items: readonly (Constant | null)[],
  given: readonly (Constant | null)[],
): Constant | null {
  const all = [...items, ...given.flatMap((item) => (item?.kind === "list" ? item.items : [item]))];
  return all.length > LONGEST_LIST ? null : { kind: "list", items: all };
}

function joined(object: Constant, given: readonly (Constant | null)[]): Text | null {
  const separator = given[0] ?? null;
  if (separator !== null && separator.kind !== "text") return null;
  if (object.kind === "characters") return isEmpty(separator) ? object.text : null;
  if (object.kind !== "list" || (given.length > 0 && separator === null)) return null;
  // What is unknown between the items keeps them apart, and so does the comma of a plain `join()`.
  if (separator === null) return null;
  return joinedItems(
    object.items.map((item) => asText(item) ?? HOLE),
    separator,
  );
}

function reversed(object: Constant): Constant | null {
  if (object.kind === "list") return { kind: "list", items: [...object.items].reverse() };
  if (object.kind !== "characters") return null;
  const text = reversedText(object.text);
  return text === null ? null : { kind: "characters", text };
}
