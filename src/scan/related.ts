import type { Position } from "../text/lines.js";
import type { Related } from "./finding.js";
import type { Match } from "./match.js";

/** The other half of a pair, and the pieces of what is put together from more than one, in order of place. */
export function relatedTo(
  { pieces, partner, built }: Match,
  placeOf: (offset: number) => Position,
): readonly Related[] {
  const others = partner?.spans ?? [];
  const own = pieces.filter(
    (piece) => !others.some(({ start, end }) => start === piece.start && end === piece.end),
  );
  const half = {
    kind: "partner" as const,
    rule: partner?.rule.id ?? null,
    title: partner?.rule.title ?? null,
  };
  const piece = { kind: "piece" as const, rule: null, title: null };
  return [
    ...others.map((span) => ({ span, ...half })),
    ...(built === null || own.length < 2 ? [] : own).map((span) => ({ span, ...piece })),
  ]
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span, ...what }) => ({ ...what, start: placeOf(span.start), end: placeOf(span.end) }));
}
