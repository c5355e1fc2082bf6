import type { BuiltString } from "../../src/constants/built-string.js";
import { builtStrings } from "../../src/constants/built-strings.js";
import { mayHoldBuiltStrings } from "../../src/constants/clues.js";
import { outlinedStrings } from "../../src/constants/joints/outlined-strings.js";
import { languageOf } from "../../src/units/languages.js";
import { parseUnits } from "../../src/units/parse.js";
import type { Language } from "../../src/units/unit.js";

/** The built strings of `text` as the file `path`, taken apart where its language has a grammar. */
export function built(text: string, path: string): readonly BuiltString[] {
  const language = languageOf(path);
  const source = language === null ? null : parseUnits(text, path, language).source;
  const strings = builtStrings(text, source);
  if (strings.length > 0 && !mayHoldBuiltStrings(text))
    throw new Error("the clue is false for what is found");
  if (language !== null) throwUnlessOutlined(text, path, language, strings);
  return strings;
}

/** An outline tells all that the whole tree does, or that it cannot. */
function throwUnlessOutlined(
  text: string,
  path: string,
  language: Language,
  strings: readonly BuiltString[],
): void {
  const outlined = outlinedStrings(text, path, language);
  const missing = outlined === null ? [] : notAmong(outlined, strings);
  if (missing.length > 0) throw new Error(`the outline does not tell of ${missing.join(", ")}`);
}

/**
 * Those of `strings` that are not among `others`: with how they are put together, and their names, which say nothing of a
 * decoded text.
 */
export function notAmong(others: readonly BuiltString[], strings: readonly BuiltString[]): readonly string[] {
  const isDecoded = ({ how }: BuiltString): boolean => ["base64", "hex", "percent"].includes(how);
  const written = (string: BuiltString): string =>
    `${string.how} ${isDecoded(string) ? "" : string.name}: ${string.value}`;
  const known = new Set(others.map(written));
  return strings.map(written).filter((string) => !known.has(string));
}

/** Each as "how name: value = piece · piece". */
export function rows(text: string, path: string): readonly string[] {
  return built(text, path).map(({ how, name, value, pieces }) => {
    const written = pieces.map(({ span }) => text.slice(span.start, span.end));
    return `${how}${name === null ? "" : ` ${name}`}: ${value} = ${written.join(" · ")}`;
  });
}
