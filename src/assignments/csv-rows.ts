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
    const row = text.slice(start, end).replace(/\r$/, "");
    for (const cell of rowSecrets(row, separator, columns)) {
      found.push({ start: start + cell.start, end: start + cell.end });
    }
    start = end + 1;
  }
  return found;
}

const NAME = /^[\p{L}\d _.@#:/()-]{0,60}$/u;

function rowSecrets(row: string, separator: string, columns: readonly ColumnClass[]): Span[] {
  const found: Span[] = [];
  let start = 0;
  for (const column of columns) {
    const cell = cellAt(row, start, separator);
    if (isColumnSecret(row.slice(cell.start, cell.end), column)) found.push(cell);
    const after = row.indexOf(separator, cell.end);
    if (after < 0) break;
    start = after + 1;
  }
  return found;
}

function cellAt(row: string, start: number, separator: string): Span {
  if (row.charAt(start) === '"') {
    for (let at = start + 1; at < row.length; at++) {
      if (row.charAt(at) !== '"') continue;
      if (row.charAt(at + 1) !== '"') return { start: start + 1, end: at };
      at++;
    }
    return { start: start + 1, end: row.length };
  }
  const end = row.indexOf(separator, start);
  return { start, end: end < 0 ? row.length : end };
}
