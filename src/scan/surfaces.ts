import { contains, overlaps, type Span } from "../text/lines.js";
import type { ParsedFile, Unit } from "../units/unit.js";
import type { Surface } from "./finding.js";

/** The units that a place belongs to, innermost first: those whose range or doc comments share bytes with it. */
export function unitsAt(span: Span, units: readonly Unit[]): readonly Unit[] {
  return units
    .filter((unit) => overlaps(unit.range, span) || unit.docs.some((doc) => overlaps(doc, span)))
    .sort((a, b) => length(a.range) - length(b.range));
}

/**
 * On which surface a place lies. A name is an `identifier` and a comment a `comment` wherever they stand, inside a
 * unit or not; what else lies outside every unit is `text`.
 */
export function surfaceOf(span: Span, unit: Unit | null, parsed: ParsedFile | null): Surface {
  if (parsed === null) return "text";
  if (touching(span, parsed.identifiers).some((identifier) => contains(identifier, span)))
    return "identifier";
  if (touching(span, parsed.comments).length > 0) return "comment";
  if (unit === null) return "text";
  if (unit.docs.some((doc) => overlaps(doc, span))) return "comment";
  return overlaps(unit.signature, span) ? "signature" : "body";
}

/** The spans of a sorted list that share bytes with `span`. */
function touching(span: Span, sorted: readonly Span[]): readonly Span[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.end ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  const found: Span[] = [];
  for (let at = low; at < sorted.length; at++) {
    const candidate = sorted[at];
    if (candidate === undefined || candidate.start >= span.end) break;
    if (overlaps(candidate, span)) found.push(candidate);
  }
  return found;
}

function length(span: Span): number {
  return span.end - span.start;
}
