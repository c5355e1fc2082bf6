import type { RustPattern } from "../pattern/rust-pattern.js";
import type { CustomMask, MaskSwitches, Settings } from "../settings/settings.js";
import { overlapClusters } from "../text/clusters.js";
import type { Span } from "../text/lines.js";
import { unescapedView } from "../text/unescaped-view.js";
import { DETECTORS } from "./detectors.js";

/** What of the settings the mask needs. */
export type MaskOptions = Pick<Settings, "maskSecrets" | "masks"> & {
  readonly customMasks: readonly CustomMask[];
};

/** One replaced stretch of the original. */
export type Redaction = {
  /** A detector's name or a custom mask's own. */
  readonly detector: string;
  /** In the original text. */
  readonly span: Span;
  readonly replacement: string;
};

/** What goes to the wire, and what was taken out, in order of place. */
export type Masked = { readonly wire: string; readonly redactions: readonly Redaction[] };

/** The custom masks undo each other's work without end: nothing may be sent. */
export class MaskError extends Error {
  override readonly name = "MaskError";
}

/** A stable text needs one pass to be made and one to be proved; more than this means masks that feed each other. */
const MOST_PASSES = 10;

/**
 * The wire text of a unit's body (design section 5). All matches are found on the original, overlaps are resolved
 * (custom masks first, then leftmost, then longest; every matched byte stays hidden) and replaced once. The result
 * is itself masked again until nothing changes, so `mask(mask(x)) == mask(x)` holds for any set of custom masks.
 * Throws `MaskError` where it never settles.
 */
export function mask(text: string, options: MaskOptions): Masked {
  if (!options.maskSecrets) return { wire: text, redactions: [] };
  let redactions: readonly Redaction[] = [];
  let wire = text;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const found = resolved(matchesIn(wire, options));
    if (found.length === 0) return { wire, redactions };
    redactions = merged(redactions, found);
    wire = replaced(text, redactions);
  }
  const names = [...new Set(options.customMasks.map((custom) => custom.name))].join(", ");
  throw new MaskError(
    `the custom masks (${names}) match their own replacements again and again: change a pattern or a replacement in [[live.privacy.mask]]`,
  );
}

/** A detector at work: a built-in one or a custom mask. */
type Match = Redaction & { readonly custom: boolean; readonly order: number };

function matchesIn(text: string, options: MaskOptions): Match[] {
  return [...customMatches(text, options.customMasks), ...builtInMatches(text, options.masks)].filter(
    (match) => text.slice(match.span.start, match.span.end) !== match.replacement,
  );
}

function customMatches(text: string, masks: readonly CustomMask[]): Match[] {
  return masks.flatMap((custom, order) =>
    spansOf(custom.pattern, text).map((span) => ({
      detector: custom.name,
      span,
      replacement: custom.replacement,
      custom: true,
      order,
    })),
  );
}

function builtInMatches(text: string, switches: MaskSwitches): Match[] {
  const folded = text.toLowerCase();
  const view = unescapedView(text);
  return DETECTORS.flatMap((detector, order) => {
    if (!switches[detector.enabledBy] || !detector.hints.some((hint) => folded.includes(hint))) return [];
    const spans = [text, ...(view === text ? [] : [view])].flatMap((seen) =>
      spansOf(detector.pattern, seen).filter((span) => detector.accepts(seen, span)),
    );
    return spans.map((span) => ({
      detector: detector.name,
      span,
      replacement: detector.replacement,
      custom: false,
      order,
    }));
  });
}

function spansOf(pattern: RustPattern, text: string): Span[] {
  return pattern
    .matches(text)
    .flatMap((match) => (match.secret.end > match.secret.start ? [match.secret] : []));
}

/** One redaction for each place: a match that loses to another leaves its uncovered bytes to the winner. */
function resolved(matches: readonly Match[]): Redaction[] {
  return overlapClusters(matches, (match) => match.span).flatMap(winnersOf);
}

function winnersOf(cluster: readonly Match[]): Redaction[] {
  const ranked = [...cluster].sort(
    (a, b) =>
      Number(b.custom) - Number(a.custom) ||
      a.span.start - b.span.start ||
      b.span.end - a.span.end ||
      a.order - b.order,
  );
  const winners: { detector: string; replacement: string; start: number; end: number }[] = [];
  for (const { span, detector, replacement } of ranked) {
    const overlapped = winners
      .filter((winner) => winner.start < span.end && span.start < winner.end)
      .sort((a, b) => a.start - b.start);
    const [first] = overlapped;
    if (first === undefined) {
      winners.push({ detector, replacement, ...span });
      continue;
    }
    first.start = Math.min(first.start, span.start);
    for (const [index, winner] of overlapped.entries()) {
      const next = overlapped[index + 1];
      winner.end = next === undefined ? Math.max(winner.end, span.end) : next.start;
    }
  }
  return winners
    .sort((a, b) => a.start - b.start)
    .map(({ detector, replacement, start, end }) => ({ detector, replacement, span: { start, end } }));
}

/** The redactions of an earlier pass with those found in its wire text, all in the original's offsets. */
function merged(earlier: readonly Redaction[], found: readonly Redaction[]): Redaction[] {
  const later = found.map((redaction) => ({ ...redaction, span: originalSpan(redaction.span, earlier) }));
  return overlapClusters([...later, ...earlier], (redaction) => redaction.span).flatMap((cluster) => {
    const newest = cluster.find((redaction) => later.includes(redaction)) ?? cluster[0];
    if (newest === undefined) return [];
    const start = Math.min(...cluster.map((redaction) => redaction.span.start));
    const end = Math.max(...cluster.map((redaction) => redaction.span.end));
    return [{ ...newest, span: { start, end } }];
  });
}

/** Where a span of the wire text lies in the original; a place inside a replacement stands for all that it hides. */
export function originalSpan(wire: Span, redactions: readonly Redaction[]): Span {
  return {
    start: originalOffset(wire.start, redactions, "start"),
    end: originalOffset(wire.end, redactions, "end"),
  };
}

function originalOffset(offset: number, redactions: readonly Redaction[], edge: "start" | "end"): number {
  let shift = 0;
  for (const { span, replacement } of redactions) {
    const start = span.start - shift;
    const end = start + replacement.length;
    if (offset < start || (edge === "end" && offset === start)) break;
    if (offset < end || (edge === "end" && offset === end)) {
      return edge === "start" ? span.start : span.end;
    }
    shift += span.end - span.start - replacement.length;
  }
  return offset + shift;
}

function replaced(text: string, redactions: readonly Redaction[]): string {
  let wire = "";
  let at = 0;
  for (const { span, replacement } of redactions) {
    wire += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return wire + text.slice(at);
}
