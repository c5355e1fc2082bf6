import type { Span } from "../text/lines.js";
import type { LanguageFamily } from "./grammar.js";
import type { Source } from "./source.js";
import { endOf, fieldOf, startOf, typeOf } from "./syntax-tree.js";

/** Every identifier of the file, and every quoted key without its quotes; sorted. */
export function identifiersOf(source: Source, family: LanguageFamily): readonly Span[] {
  const { tree } = source;
  const spans: Span[] = [];
  for (let node = 0; node < tree.count; node++) {
    const start = startOf(tree, node);
    const end = endOf(tree, node);
    const quoted = family.quotedNames.has(typeOf(tree, node)) && family.nameFields.has(fieldOf(tree, node));
    if (quoted && end - start > 2) spans.push({ start: start + 1, end: end - 1 });
    // A name that the parser had to make up after a syntax error is empty.
    if (family.identifiers.has(typeOf(tree, node)) && end > start) spans.push({ start, end });
  }
  return spans;
}

/** Every comment of the file, without the line break that Rust's grammar counts to a doc comment; sorted. */
export function commentsOf(source: Source, family: LanguageFamily): readonly Span[] {
  const { text, tree } = source;
  const spans: Span[] = [];
  for (let node = 0; node < tree.count; node++) {
    if (!family.comments.has(typeOf(tree, node))) continue;
    const start = startOf(tree, node);
    let end = endOf(tree, node);
    while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
    spans.push({ start, end });
  }
  return spans;
}
