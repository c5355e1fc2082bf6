import type { Finding } from "../scan/finding.js";
import { columnsOf, visible } from "./visible.js";

/** Two printable lines of at most `width` columns: the source with its line number, and a run of `^` under the place. */
export type ExcerptLines = { readonly source: string; readonly caret: string };

/** How far a tab reaches at most, in columns. */
const TAB_STOP = 4;

/** Below this much room an excerpt tells nothing; the terminal wraps it then. */
const LEAST_ROOM = 10;

const CUT = "…";

/** What one character of the source looks like, where it stands on the screen and where it was in the text. */
type Cell = {
  readonly shown: string;
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
};

/** The excerpt of line `line` with its gutter, tabs expanded, cut around the place where it does not fit. */
export function excerptLines(excerpt: Finding["excerpt"], line: number, width: number): ExcerptLines {
  const number = String(line);
  const room = Math.max(LEAST_ROOM, width - number.length - "   | ".length);
  const cells = cellsOf(excerpt.text);
  const total = cells.at(-1)?.to ?? 0;
  const place = columnsUnder(cells, excerpt.caret, total);
  const view = viewOf(place, total, room);
  const caretFrom = Math.max(place.from, view.from + (view.from > 0 ? 1 : 0));
  const caretTo = Math.max(caretFrom + 1, Math.min(place.to, view.to - (view.to < total ? 1 : 0)));
  const gutter = " ".repeat(number.length);
  return {
    source: `  ${number} | ${clipped(cells, view, total)}`.trimEnd(),
    caret: `  ${gutter} | ${" ".repeat(caretFrom - view.from)}${"^".repeat(caretTo - caretFrom)}`,
  };
}

function cellsOf(text: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let at = 0;
  for (const character of text) {
    const shown = character === "\t" ? " ".repeat(TAB_STOP - (column % TAB_STOP)) : visible(character);
    const columns = shown === character ? columnsOf(character) : shown.length;
    cells.push({ shown, from: column, to: column + columns, start: at, end: at + character.length });
    column += columns;
    at += character.length;
  }
  return cells;
}

type Columns = { readonly from: number; readonly to: number };

/** The columns of the characters that `caret` touches; one column where it touches none. */
function columnsUnder(cells: readonly Cell[], caret: { start: number; end: number }, total: number): Columns {
  const first = cells.find((cell) => cell.end > caret.start);
  if (first === undefined) return { from: total, to: total + 1 };
  const last = cells.findLast((cell) => cell.start < caret.end);
  return { from: first.from, to: Math.max(first.from + 1, last?.to ?? 0) };
}

/** Which columns to show: all of them, or `room` columns with the place in their middle. */
function viewOf(place: Columns, total: number, room: number): Columns {
  const all = Math.max(total, place.to);
  if (all <= room) return { from: 0, to: all };
  const around = Math.max(2, Math.floor((room - (place.to - place.from)) / 2));
  const from = Math.max(0, Math.min(place.from - around, all - room));
  return { from, to: from + room };
}

function clipped(cells: readonly Cell[], view: Columns, total: number): string {
  const cutsLeft = view.from > 0;
  const cutsRight = view.to < total;
  const from = view.from + (cutsLeft ? 1 : 0);
  const to = view.to - (cutsRight ? 1 : 0);
  const kept = cells.filter((cell) => cell.from >= from && cell.to <= to);
  // A character of two columns that does not fit in leaves one of them empty.
  const gap = " ".repeat(Math.max(0, (kept[0]?.from ?? from) - from));
  return `${cutsLeft ? CUT : ""}${gap}${kept.map((cell) => cell.shown).join("")}${cutsRight ? CUT : ""}`;
}
