/** A half-open range of UTF-16 units in a text, counted from 0. */
export type Span = { readonly start: number; readonly end: number };

/** A place for people: line and column from 1, columns in UTF-16 units as editors and SARIF count them. */
export type Position = { readonly line: number; readonly column: number };

/** Where each line of a text begins; LF, CRLF and a lone CR end a line. */
export type LineIndex = { readonly starts: readonly number[]; readonly length: number };

/** The line index of `text`. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return { starts, length: text.length };
}

/** The place of `offset` (0 to the text's length). */
export function positionAt(index: LineIndex, offset: number): Position {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (index.starts[low] ?? 0) + 1 };
}

/** The span of line `line` (from 1), its line break left out. */
export function lineSpan(index: LineIndex, text: string, line: number): Span {
  const start = index.starts[line - 1] ?? index.length;
  let end = index.starts[line] ?? index.length;
  while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return { start, end };
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two spans share at least one unit. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
