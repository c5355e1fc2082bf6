import { visible } from "../visible.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it may stand anywhere in a page: nothing in it is markup, and nothing hides from the reader. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A table's cell: a text, or a number, which stands to the right. */
export type Cell = string | number;

/** A table with a heading for each column; what stands in cells is text. `codes` are columns of names for machines. */
export function tableOf(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  codes: readonly number[] = [],
): string {
  const numeric = headings.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"),
  );
  const kind = (column: number): string =>
    numeric[column] === true ? ' class="number"' : codes.includes(column) ? ' class="code"' : "";
  const head = headings
    .map((heading, column) => `<th scope="col"${kind(column)}>${escaped(heading)}</th>`)
    .join("");
  const body = rows
    .map((row) => {
      const cells = row.map((cell, column) => `<td${kind(column)}>${cellText(cell)}</td>`);
      return `<tr>${cells.join("")}</tr>`;
    })
    .join("\n");
  return `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function cellText(cell: Cell): string {
  return typeof cell === "number" ? grouped(cell) : escaped(cell);
}

/** `12,345`, so that a row of figures can be read. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `2026-05-01 12:30:05 UTC`. */
export function timeWords(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}
