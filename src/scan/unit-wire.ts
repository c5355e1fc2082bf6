import { type Masked, mask, originalSpan, type Redaction } from "../mask/mask.js";
import type { ScopeAnswer } from "../scope/scope.js";
import type { Settings } from "../settings/settings.js";
import { contains, overlaps, type Span } from "../text/lines.js";
import type { Unit } from "../units/unit.js";
import type { Wire } from "./finding.js";
import type { Keywords } from "./keywords.js";
import type { Match } from "./match.js";
import { secretsIn } from "./secrets-in.js";

/** A unit as it would be on the wire: its signature as it stands, its body masked. */
export type UnitWire = {
  readonly unit: Unit;
  readonly scope: ScopeAnswer;
  readonly wireText: string;
  /** In offsets of the file. */
  readonly redactions: readonly Redaction[];
};

/** What happens to one secret on the wire of one unit. */
export type Disposition = { readonly wire: Wire; readonly detector: string | null };

/** The wire of `unit`. Throws `MaskError`. */
export function unitWire(text: string, unit: Unit, scope: ScopeAnswer, settings: Settings): UnitWire {
  const masked: Masked = mask(text.slice(unit.body.start, unit.body.end), settings);
  return {
    unit,
    scope,
    wireText: text.slice(unit.signature.start, unit.signature.end) + masked.wire,
    redactions: masked.redactions.map((redaction) => ({
      ...redaction,
      span: { start: unit.body.start + redaction.span.start, end: unit.body.start + redaction.span.end },
    })),
  };
}

/** Whether the secret, every piece of it, would be sent, masked or kept back with the unit. */
export function dispositionOf(pieces: readonly Span[], { unit, scope, redactions }: UnitWire): Disposition {
  if (!scope.in) return { wire: "withheld", detector: null };
  // What stands elsewhere travels, if at all, with another unit.
  const inside = pieces.filter((piece) => overlaps(piece, unit.range));
  const own = inside.length > 0 ? inside : pieces;
  const covering = redactions.filter(({ span }) => own.some((piece) => overlaps(span, piece)));
  const hidden = own.every((piece) => contains(unit.body, piece) && uncovered(piece, covering) === 0);
  return hidden
    ? { wire: "masked", detector: covering[0]?.detector ?? null }
    : { wire: "leak", detector: null };
}

/** The rules run once more, on what would be sent: matches that show only there, in offsets of the file. */
export function secretsOnWire(
  wire: UnitWire,
  keywords: Keywords,
  path: string,
  known: readonly Match[],
): readonly Match[] {
  if (!wire.scope.in || wire.redactions.length === 0) return [];
  const start = wire.unit.range.start;
  const local = wire.redactions.map((redaction) => ({
    ...redaction,
    span: { start: redaction.span.start - start, end: redaction.span.end - start },
  }));
  return secretsIn(wire.wireText, keywords, path).flatMap((match) => {
    const inFile = (span: Span): Span => {
      const inUnit = originalSpan(span, local);
      return { start: inUnit.start + start, end: inUnit.end + start };
    };
    const secret = inFile(match.secret);
    const told = known.some((other) => overlaps(other.secret, secret));
    if (told || uncovered(secret, wire.redactions) === 0) return [];
    const partner =
      match.partner === null ? null : { ...match.partner, spans: match.partner.spans.map(inFile) };
    return [{ ...match, secret, pieces: match.pieces.map(inFile), partner }];
  });
}

/** How many units of `secret` no redaction covers; redactions are in order and do not overlap. */
function uncovered(secret: Span, redactions: readonly Redaction[]): number {
  return redactions.reduce(
    (left, { span }) =>
      left - Math.max(0, Math.min(span.end, secret.end) - Math.max(span.start, secret.start)),
    secret.end - secret.start,
  );
}
