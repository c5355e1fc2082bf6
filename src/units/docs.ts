import type { Span } from "../text/lines.js";
import type { LanguageFamily } from "./grammar.js";
import type { Source } from "./source.js";
import { endOf, startOf, typeOf } from "./syntax-tree.js";
import { beforeSpace, lineBreaks } from "./white-space.js";

/** What may stand above a declaration, by what it has to do with it. */
type Piece = {
  readonly span: Span;
  readonly kind: "doc" | "plain" | "inner" | "attribute" | "doc-attribute";
};

/**
 * The comments and attributes of a file, by the offset at which they end. They are looked up by where they stand,
 * not by where the tree hangs them: that differs from grammar to grammar, and where a syntax error is near.
 */
export type Surroundings = {
  readonly text: string;
  readonly pieces: ReadonlyMap<number, Piece>;
  /** Whether a doc comment behind code documents what follows on the next line. */
  readonly behindCode: boolean;
};

export function surroundingsOf(
  source: Source,
  family: LanguageFamily,
  comments: readonly Span[],
): Surroundings {
  const { text, tree } = source;
  const pieces = new Map<number, Piece>();
  for (let node = 0; node < tree.count; node++) {
    if (!family.attributes.has(typeOf(tree, node))) continue;
    const span = { start: startOf(tree, node), end: endOf(tree, node) };
    const isDoc = family.docs.attribute?.test(text.slice(span.start, span.end)) ?? false;
    pieces.set(span.end, { span, kind: isDoc ? "doc-attribute" : "attribute" });
  }
  for (const span of comments) {
    const opening = text.slice(span.start, span.start + 4);
    const inner = family.docs.inner?.test(opening) ?? false;
    const kind = inner ? "inner" : family.docs.comment.test(opening) ? "doc" : "plain";
    pieces.set(span.end, { span, kind });
  }
  return { text, pieces, behindCode: family.docs.behindCode };
}

/**
 * The docs of what begins at `start`, top to bottom: the comments right above it, attributes between them passed
 * over. A blank line cuts off plain comments (they speak of something else, or of the file), not doc comments,
 * which every tool of the language ties to what follows. A comment behind code belongs to that code, unless what
 * begins at `start` stands on the same line.
 */
export function docsAbove(around: Surroundings, start: number): readonly Span[] {
  const docs: Span[] = [];
  let below = start;
  let cut = false;
  for (;;) {
    const end = beforeSpace(around.text, below);
    const piece = around.pieces.get(end);
    if (piece === undefined || piece.kind === "inner") break;
    if (piece.kind === "attribute" || piece.kind === "doc-attribute") {
      if (piece.kind === "doc-attribute") docs.push(piece.span);
    } else {
      const breaks = lineBreaks(around.text, end, below);
      const documents = piece.kind === "doc" && around.behindCode;
      if (breaks > 0 && !documents && isBehindCode(around, piece.span)) break;
      cut ||= breaks > 1;
      if (piece.kind === "doc" || !cut) docs.push(piece.span);
    }
    below = piece.span.start;
  }
  return docs.reverse();
}

function isBehindCode(around: Surroundings, comment: Span): boolean {
  let at = comment.start;
  for (;;) {
    const before = beforeSpace(around.text, at);
    if (before === 0 || lineBreaks(around.text, before, at) > 0) return false;
    const piece = around.pieces.get(before);
    if (piece === undefined) return true;
    at = piece.span.start;
  }
}
