import { asText, type Constant, codesText } from "./constant.js";
import { decodedText, joinedItems, reversedText } from "./derived-text.js";
import { SAME_TEXT } from "./rust-macros.js";
import { HOLE, joinedText, type Text } from "./text-value.js";

/** The value of a function of the standard library that makes a text of its argument, by the path it is called by. */
export function rustFunctionValue(path: string, given: readonly (Constant | null)[]): Constant | null {
  const first = given[0] ?? null;
  const name = path.replace(/::<[^<>]{0,80}>/g, "");
  if (/(?:^|::)from_utf8(?:_lossy|_unchecked)?$/.test(name)) return bytesAsText(first);
  if (/(?:^|::)(?:String|Cow|Box|Rc|Arc|Vec)::from$/.test(name)) return first;
  if (/(?:^|::)(?:Some|Ok|Box::new|Arc::new|Rc::new|Cow::Borrowed)$/.test(name)) return first;
  if (/base64::(?:\w+::)?decode$/.test(name)) return decoded(first, "base64");
  return /hex::decode$/.test(name) ? decoded(first, "hex") : null;
}

/** The value of `object.name(…given)`; `written` is what stands between the parentheses. */
export function rustMethodValue(
  name: string,
  object: Constant | null,
  given: readonly (Constant | null)[],
  written: string,
): Constant | null {
  const first = given[0] ?? null;
  // A decoder is a name that is no constant: `STANDARD.decode("…")`.
  if (object === null) return name === "decode" ? decoded(first, "base64") : null;
  if (SAME_TEXT.has(name)) return object;
  switch (name) {
    case "chars":
    case "bytes":
    case "graphemes":
      return object.kind === "text" ? { kind: "characters", text: object } : null;
    case "rev":
      return reversed(object);
    case "map":
      return isCharMap(written) ? object : null;
    case "collect":
      return collected(object);
    case "concat":
      return object.kind === "list" ? joinedList(object.items, null) : null;
    case "join":
      return object.kind === "list" && first?.kind === "text" ? joinedList(object.items, first) : null;
    case "add":
      return joinedText([asText(object) ?? HOLE, asText(first) ?? HOLE], "concatenation");
    default:
      return null;
  }
}

/** `|b| b as char`, `|&b| char::from(b)`, `char::from`: the same, as characters. */
function isCharMap(written: string): boolean {
  return /^\(\s?(?:char::from|\|\s?&?(\w{1,40})\s?\|\s?(?:\*?\1 as char|char::from\(\*?\1\)))\s?\)$/.test(
    written,
  );
}

function bytesAsText(constant: Constant | null): Text | null {
  if (constant?.kind === "list") return codesText(constant.items);
  return constant?.kind === "text" ? constant : null;
}

function decoded(constant: Constant | null, how: "base64" | "hex"): Text | null {
  return constant?.kind === "text" ? decodedText(constant, how) : null;
}

function reversed(object: Constant): Constant | null {
  if (object.kind === "list") return { kind: "list", items: [...object.items].reverse() };
  if (object.kind !== "characters") return null;
  const text = reversedText(object.text);
  return text === null ? null : { kind: "characters", text };
}

/** Characters become their text; so do bytes and single characters; texts are joined. */
function collected(object: Constant): Constant | null {
  if (object.kind === "characters") return object.text;
  if (object.kind !== "list") return null;
  return codesText(object.items) ?? joinedList(object.items, null);
}

function joinedList(items: readonly (Constant | null)[], separator: Text | null): Text | null {
  return joinedItems(
    items.map((item) => asText(item) ?? HOLE),
    separator,
  );
}
