import { declaredUnits } from "./declared-units.js";
import { familyOf, grammarOf } from "./languages.js";
import { nativeTree } from "./native-parser.js";
import type { Source } from "./source.js";
import { commentsOf, identifiersOf } from "./surfaces.js";
import { flatTree } from "./syntax-tree.js";
import type { Language, ParsedFile } from "./unit.js";

/**
 * The functions, identifiers and comments of the file at the repository-relative `path`, in one pass over its
 * syntax tree. Any text is taken: syntax errors, NUL and lone surrogates give what tree-sitter recovers, with
 * `hasErrors`. Throws `UnitsError` where the parser cannot be loaded, fails or does not come to an end.
 */
export function parseUnits(text: string, path: string, language: Language): ParsedFile {
  const family = familyOf(language);
  const native = nativeTree(text, path, grammarOf(language));
  const source: Source = { text, tree: flatTree(native, family.opaque) };
  const comments = commentsOf(source, family);
  return {
    language,
    units: declaredUnits(source, family, comments, path, language),
    identifiers: identifiersOf(source, family),
    comments,
    hasErrors: native.rootNode.hasError,
  };
}
