import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineIndex, positionAt } from "../../src/text/lines.js";
import { OVERLAP_UNITS, PIECE_UNITS, pieceCutter, type TextPiece } from "../../src/text/piece.js";

function cut(parts: readonly string[], units?: number, overlap?: number): TextPiece[] {
  const cutter = pieceCutter(units, overlap);
  return [...parts.flatMap((part) => cutter.push(part)), cutter.end()];
}

/** Text rich in what must not be parted. */
const text = fc.array(fc.constantFrom("a", "bc", "\n", "\r", "\r\n", "🎉", "é", "\ud83c", "\udf89"), {
  maxLength: 80,
});

describe("the pieces of a text", () => {
  it("are one for a text of four million units, and two for one unit more", () => {
    expect(cut(["x".repeat(PIECE_UNITS)])).toMatchObject([{ offset: 0, overlap: 0, last: true }]);
    expect(cut(["x".repeat(PIECE_UNITS + 1)])).toMatchObject([
      { offset: 0, overlap: OVERLAP_UNITS, last: false },
      {
        offset: PIECE_UNITS - OVERLAP_UNITS,
        overlap: 0,
        last: true,
        column: PIECE_UNITS - OVERLAP_UNITS,
        line: 0,
      },
    ]);
  });

  it("of nothing are one empty piece", () => {
    expect(cut([])).toEqual([{ text: "", offset: 0, line: 0, column: 0, overlap: 0, last: true }]);
  });

  it("are the same however the text arrives", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 30 }), (parts, units) => {
        expect(cut(parts, units, 4)).toEqual(cut([parts.join("")], units, 4));
        expect(cut([...parts.join("")], units, 4)).toEqual(cut([parts.join("")], units, 4));
      }),
    );
  });

  it("put together are the text, each with its place, and part no pair and no CRLF", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 30 }), (parts, units) => {
        const whole = parts.join("");
        const index = lineIndex(whole);
        const pieces = cut(parts, units, 4);
        let end = 0;
        for (const [at, piece] of pieces.entries()) {
          expect(piece.text).toBe(whole.slice(piece.offset, piece.offset + piece.text.length));
          expect(piece.text.length).toBeLessThanOrEqual(units);
          expect(positionAt(index, piece.offset)).toEqual({ line: piece.line + 1, column: piece.column + 1 });
          expect(piece.offset).toBe(at === 0 ? 0 : end);
          expect(piece.last).toBe(at === pieces.length - 1);
          expect(piece.overlap).toBeGreaterThanOrEqual(piece.last ? 0 : 3);
          end = piece.offset + piece.text.length - piece.overlap;
          for (const edge of [piece.offset, piece.offset + piece.text.length]) {
            expect(whole.slice(edge - 1, edge + 1)).not.toMatch(/^(\r\n|[\ud800-\udbff][\udc00-\udfff])$/);
          }
        }
        expect(end).toBe(whole.length);
      }),
    );
  });
});
