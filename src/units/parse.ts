import { overlaps, type Span } from "../text/lines.js";
import { declaredUnits } from "./declared-units.js";
import { familyOf, grammarOf } from "./languages.js";
import { markerIn } from "./marker.js";
import { nativeTree } from "./native-parser.js";
import type { Source } from "./source.js";
import { commentsOf, identifiersOf } from "./surfaces.js";
import { flatTree } from "./syntax-tree.js";
import type { Language, ParsedFile, Unit } from "./unit.js";

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
  const hasErrors = native.rootNode.hasError;
  const units = declaredUnits(source, family, comments, path, language);
  return {
    language,
    source,
    units: keepsAll(text, units, comments, hasErrors) ? units.map(kept) : units,
    identifiers: identifiersOf(source, family),
    comments,
    hasErrors,
  };
}

/**
 * Whether every function of the file must stay: a comment about what encloses it (`//! @aura-local`) says so, or, where
 * the file does not parse, a marker whose function was not recovered. Keeping too much can be undone.
 */
function keepsAll(
  text: string,
  units: readonly Unit[],
  comments: readonly Span[],
  hasErrors: boolean,
): boolean {
  const owned = hasErrors ? units.flatMap((unit) => unit.docs) : [];
  return comments.some((comment) => {
    const written = text.slice(comment.start, comment.end);
    if (markerIn(written) !== "@aura-local") return false;
    return /^\/[/*]!/.test(written) || (hasErrors && !owned.some((doc) => overlaps(doc, comment)));
  });
}

function kept(unit: Unit): Unit {
  return { ...unit, enclosedByLocal: true };
}
