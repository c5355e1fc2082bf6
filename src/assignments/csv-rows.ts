import type { Span } from "../text/lines.js";
import { type ColumnClass, columnClass, isColumnSecret } from "./column-class.js";

/**
 * The secrets in the rows of a table whose first line names its columns, separated by commas, semicolons or tabs
 * (RFC 4180): https://www.rfc-editor.org/rfc/rfc4180. A cell is read up to the end of its line.
 */
export function csvSecrets(text: string): readonly Span[] {
  const head = /^\ufeff?([^\r\n]{3,4000})\r?\n/.exec(text);
  const line = head?.[1];
  if (head === null || line === undefined) return [];
  const separator = [",", ";", "\t"].find((mark) => line.includes(mark));
  if (separator === undefined) return [];
  const names = line.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
  if (!names.every((name) => NAME.test(name))) return [];
  const columns = names.map(columnClass);
  if (!columns.includes("password")) return [];
  const found: Span[] = [];
  for (let start = head[0].length; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    found.push(...rowSecrets(text, { start, end }, separator, columns));
    start = end + 1;
  }
  return found;
}

const NAME = /^[\p{L}\d _.@#:/()-]{0,60}$/u;

function rowSecrets(text: string, row: Span, separator: string, columns: readonly ColumnClass[]): Span[] {
  const found: Span[] = [];
  let start = row.start;
  for (const column of columns) {
    if (start >= row.end) break;
    const cell = cellAt(text, start, row.end, separator);
    if (isColumnSecret(text.slice(cell.start, cell.end), column)) found.push(cell);
    const after = text.indexOf(separator, cell.end);
    if (after < 0) break;
    start = after + 1;
  }
  return found;
}

function cellAt(text: string, start: number, lineEnd: number, separator: string): Span {
  const quoted = text.charAt(start) === '"';
  if (quoted) {
    for (let at = start + 1; at < lineEnd; at++) {
      if (text.charAt(at) !== '"') continue;
      if (text.charAt(at + 1) !== '"') return { start: start + 1, end: at };
      at++;
    }
  }
  const end = text.indexOf(separator, start);
  const stop = end < 0 || end > lineEnd ? lineEnd : end;
  return { start, end: text.charAt(stop - 1) === "\r" ? stop - 1 : stop };
}
