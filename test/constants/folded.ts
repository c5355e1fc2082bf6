import type { BuiltString } from "../../src/constants/built-string.js";
import { builtStrings } from "../../src/constants/built-strings.js";
import { mayHoldBuiltStrings } from "../../src/constants/clues.js";
import { languageOf } from "../../src/units/languages.js";
import { parseUnits } from "../../src/units/parse.js";

/** The built strings of `text` as the file `path`, taken apart where its language has a grammar. */
export function built(text: string, path: string): readonly BuiltString[] {
  const language = languageOf(path);
  const source = language === null ? null : parseUnits(text, path, language).source;
  const strings = builtStrings(text, source);
  if (strings.length > 0 && !mayHoldBuiltStrings(text))
    throw new Error("the clue is false for what is found");
  return strings;
}

/** Each as "how name: value = piece · piece". */
export function rows(text: string, path: string): readonly string[] {
  return built(text, path).map(({ how, name, value, pieces }) => {
    const written = pieces.map(({ span }) => text.slice(span.start, span.end));
    return `${how}${name === null ? "" : ` ${name}`}: ${value} = ${written.join(" · ")}`;
  });
}
