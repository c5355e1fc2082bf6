import type { Span } from "../text/lines.js";

/** The step by which a program makes a string that is not written as it is: the outermost one. */
export type How =
  | "concatenation"
  | "template"
  | "join"
  | "escapes"
  | "codes"
  | "reversed"
  | "base64"
  | "hex"
  | "percent"
  | "continuation";

/** A stretch of the value, and where it is written: `span` in UTF-16 offsets of the file's text. */
export type BuiltPiece = {
  /** Offset of the stretch in the value. */
  readonly at: number;
  readonly length: number;
  readonly span: Span;
  /**
   * Source units that make one unit of the value: 1 for what stands as it is, 4 for `\x41`; 0 where no part of the
   * stretch has a place of its own, as in base64.
   */
  readonly step: number;
};

/** A constant string that is not written in one piece as the program holds it. */
export type BuiltString = {
  /** What the program holds: `SHORTEST_BUILT` to `LONGEST_BUILT` units, a longer one as several that overlap. */
  readonly value: string;
  /** In order of the value, which they cover; contents of literals without their quotes. */
  readonly pieces: readonly BuiltPiece[];
  readonly how: How;
  /** The variable, field, key or parameter that it is given to, if any. */
  readonly name: string | null;
};

/** No secret is shorter. */
export const SHORTEST_BUILT = 8;

/** The longest value told at once: more than the longest private key. */
export const LONGEST_BUILT = 8192;

/** What two parts of a longer value share, so that a secret on the cut is whole in one of them. */
export const SHARED_BUILT = 2048;

/** Where the stretch `part` of the value is written, in order of the value; places that touch are one. */
export function spansOf(built: BuiltString, part: Span): readonly Span[] {
  const spans: Span[] = [];
  for (const piece of built.pieces) {
    const start = Math.max(part.start - piece.at, 0);
    const end = Math.min(part.end - piece.at, piece.length);
    if (start >= end) continue;
    const span = piece.step === 0 ? piece.span : stretchOf(piece, start, end);
    const last = spans.at(-1);
    if (last !== undefined && last.end === span.start) spans[spans.length - 1] = { ...last, end: span.end };
    else if (last?.start !== span.start || last.end !== span.end) spans.push(span);
  }
  return spans;
}

/** Whether the stretch `part` of the value stands in the text just so: whoever reads the text has seen it. */
export function standsAsIs(built: BuiltString, part: Span): boolean {
  return built.pieces.some(
    ({ at, length, step }) => step === 1 && at <= part.start && part.end <= at + length,
  );
}

function stretchOf({ span, step }: BuiltPiece, start: number, end: number): Span {
  return { start: span.start + start * step, end: span.start + end * step };
}
