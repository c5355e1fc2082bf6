import { ecmascript } from "./ecmascript.js";
import type { Dialect, LanguageFamily, NativeGrammar } from "./grammar.js";
import { rust } from "./rust.js";
import type { Language } from "./unit.js";

/** Every family of languages there is: a new one is one file, a line here, and its name in `Language`. */
const families: readonly LanguageFamily[] = [rust, ecmascript];

const byExtension: ReadonlyMap<string, Language> = new Map(
  families.flatMap((family) =>
    family.dialects.flatMap((dialect) =>
      dialect.extensions.map((extension) => [extension, dialect.language] as const),
    ),
  ),
);

/** The language of the file at `path` by its extension, in whatever case; null where its functions cannot be taken apart. */
export function languageOf(path: string): Language | null {
  const extension = /\.[^./\\]+$/.exec(path)?.[0];
  return extension === undefined ? null : (byExtension.get(extension.toLowerCase()) ?? null);
}

/** Languages whose functions Live Sync sends and that have no grammar here. */
const UNPARSED =
  /\.(?:py|pyi|go|java|kt|kts|cs|rb|php|swift|scala|c|h|cc|cpp|cxx|hpp|hh|m|mm|dart|lua|ex|exs|erl|hs|ml|jl|zig|vue|svelte|astro)$/i;

/** Whether the file at `path` may hold functions that Live Sync sends, taken apart here or not. */
export function mayHoldUnits(path: string): boolean {
  return languageOf(path) !== null || UNPARSED.test(path);
}

/** The family that `language` belongs to. */
export function familyOf(language: Language): LanguageFamily {
  return knownAs(language).family;
}

/** Where the compiled grammar of `language` is found. */
export function grammarOf(language: Language): NativeGrammar {
  return knownAs(language).dialect.native;
}

function knownAs(language: Language): { readonly family: LanguageFamily; readonly dialect: Dialect } {
  for (const family of families) {
    const dialect = family.dialects.find((known) => known.language === language);
    if (dialect !== undefined) return { family, dialect };
  }
  throw new RangeError(`no grammar is known for the language "${language}"`);
}
