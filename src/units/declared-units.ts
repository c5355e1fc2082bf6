import type { Span } from "../text/lines.js";
import { containerWithin, distinctIds, idWithin, modulePath } from "./aura-id.js";
import { docsAbove, type Surroundings, surroundingsOf } from "./docs.js";
import type { Declaration, LanguageFamily, UnitShape } from "./grammar.js";
import { markerIn } from "./marker.js";
import type { Source } from "./source.js";
import { childrenOf, endOf, nextOf, startOf, typeOf } from "./syntax-tree.js";
import type { Language, Marker, Unit } from "./unit.js";
import { afterSpace } from "./white-space.js";

/** A unit whose id is not yet known to be the only one. */
type Draft = Omit<Unit, "path" | "language">;

/** A declaration that is still open: the nodes before `end` stand in it. */
type Scope = { readonly end: number; readonly container: string; readonly local: boolean };

/** The units of `source`: in order of their start, outer before inner, each with an id of its own. */
export function declaredUnits(
  source: Source,
  family: LanguageFamily,
  comments: readonly Span[],
  path: string,
  language: Language,
): readonly Unit[] {
  const drafts = draftsOf(source, family, surroundingsOf(source, family, comments), modulePath(path));
  const sorted = drafts.toSorted((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
  const ids = distinctIds(sorted.map((draft) => draft.auraId));
  return sorted.map((draft, at) => ({ ...draft, auraId: ids[at] ?? draft.auraId, path, language }));
}

function draftsOf(
  source: Source,
  family: LanguageFamily,
  around: Surroundings,
  module: string,
): readonly Draft[] {
  const { text, tree } = source;
  const mayBeLocal = text.includes("@aura-local");
  const file: Scope = { end: tree.count, container: module, local: false };
  const open: Scope[] = [];
  const drafts: Draft[] = [];
  for (let node = 0; node < tree.count; node++) {
    while ((open.at(-1) ?? file).end <= node) open.pop();
    if (!family.declaring.has(typeOf(tree, node))) continue;
    const declaration = family.declarationOf(source, node);
    if (declaration === null) continue;
    const scope = open.at(-1) ?? file;
    const { names, unit } = declaration;
    const docs = unit === null && !mayBeLocal ? [] : docsOf(source, family, around, declaration);
    const marker = markerOf(text, docs);
    if (unit !== null) {
      const outer = containerWithin(module, scope.container, names.slice(0, -1));
      const auraId = idWithin(outer, names.at(-1) ?? unit.name);
      const spans = unitSpans(source, family, unit);
      drafts.push({ auraId, name: unit.name, ...spans, docs, marker, enclosedByLocal: scope.local });
    }
    open.push({
      end: nextOf(tree, node),
      container: containerWithin(module, scope.container, names),
      local: scope.local || marker === "@aura-local",
    });
  }
  return drafts;
}

function unitSpans(
  source: Source,
  family: LanguageFamily,
  unit: UnitShape,
): Pick<Unit, "range" | "signature" | "body"> {
  const start = signatureStart(source, family, unit.start);
  return {
    range: { start, end: unit.body.end },
    signature: { start, end: unit.body.start },
    body: unit.body,
  };
}

function docsOf(
  source: Source,
  family: LanguageFamily,
  around: Surroundings,
  declaration: Declaration,
): readonly Span[] {
  return declaration.documented.flatMap((node) => docsAbove(around, signatureStart(source, family, node)));
}

/** Some grammars count the decorators and the comments between them to what they stand above. */
function signatureStart(source: Source, family: LanguageFamily, node: number): number {
  const { text, tree } = source;
  let start = startOf(tree, node);
  for (const child of childrenOf(tree, node)) {
    const type = typeOf(tree, child);
    const leads = family.attributes.has(type) || family.comments.has(type);
    if (!leads || startOf(tree, child) !== start) break;
    start = afterSpace(text, endOf(tree, child));
  }
  return start;
}

/** An escape in a `#[doc = "…"]` is no letter before the marker. */
function markerOf(text: string, docs: readonly Span[]): Marker | null {
  if (docs.length === 0) return null;
  return markerIn(docs.map((span) => text.slice(span.start, span.end).replace(/\\[nrt]/g, " ")).join("\n"));
}
