import { isAscii } from "node:buffer";

/** A part of a text that is small enough to be held, and where in the text it stands. */
export type TextPiece = {
  readonly text: string;
  /** UTF-16 offset of `text[0]` in the whole text. */
  readonly offset: number;
  /** Line breaks (LF, CRLF, lone CR) before `text[0]`. */
  readonly line: number;
  /** UTF-16 units between the last line break and `text[0]`. */
  readonly column: number;
  /** Units at the end of `text` that come again in the next piece; a match that begins in them belongs to that one. */
  readonly overlap: number;
  readonly last: boolean;
  /** The bytes that `text` is made of, where they are valid UTF-8 and it need not be made yet. */
  readonly utf8?: Uint8Array;
};

/** A whole text as one piece, for valid UTF-8 without a byte order mark; the text is made when it is asked for. */
export function wholePiece(utf8: Buffer): TextPiece {
  let text: string | null = null;
  return {
    get text() {
      text ??= utf8.toString(isAscii(utf8) ? "latin1" : "utf8");
      return text;
    },
    offset: 0,
    line: 0,
    column: 0,
    overlap: 0,
    last: true,
    utf8,
  };
}

/** Units in a piece: most files are one, and a gigabyte takes a few megabytes of memory. */
export const PIECE_UNITS = 4 << 20;

/** Units that two pieces share: more than the longest thing that a rule looks for. */
export const OVERLAP_UNITS = 128 << 10;

/** Cuts a text that comes in parts into pieces; where it is cut depends on the text alone. */
export type PieceCutter = {
  /** The pieces that are complete with this part. */
  readonly push: (part: string) => TextPiece[];
  /** The last piece; there always is one, be it empty. */
  readonly end: () => TextPiece;
};

/** A cutter for one text. */
export function pieceCutter(units = PIECE_UNITS, overlapUnits = OVERLAP_UNITS): PieceCutter {
  let parts: string[] = [];
  let held = 0;
  let place = { offset: 0, line: 0, column: 0 };

  const cut = (text: string): { piece: TextPiece; rest: string } => {
    const end = cutBefore(text, units);
    const next = cutBefore(text, end - overlapUnits);
    const piece = { text: text.slice(0, end), ...place, overlap: end - next, last: false };
    place = placeAfter(text, next, place);
    return { piece, rest: text.slice(next) };
  };
  return {
    push(part) {
      parts.push(part);
      held += part.length;
      if (held <= units) return [];
      const pieces: TextPiece[] = [];
      let rest = parts.join("");
      while (rest.length > units) {
        const done = cut(rest);
        pieces.push(done.piece);
        rest = done.rest;
      }
      parts = [rest];
      held = rest.length;
      return pieces;
    },
    end: () => ({ text: parts.join(""), ...place, overlap: 0, last: true }),
  };
}

/** `at`, or one less where that would part a surrogate pair or a CRLF. */
function cutBefore(text: string, at: number): number {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  const isPair = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return isPair || (before === 13 && after === 10) ? at - 1 : at;
}

type Place = { readonly offset: number; readonly line: number; readonly column: number };

/** The place of `text[end]`, for a text that begins at `place`. */
function placeAfter(text: string, end: number, place: Place): Place {
  let line = place.line;
  let lineStart = -place.column;
  for (let at = 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 10 && (unit !== 13 || text.charCodeAt(at + 1) === 10)) continue;
    line++;
    lineStart = at + 1;
  }
  return { offset: place.offset + end, line, column: end - lineStart };
}
