import type { Span } from "../text/lines.js";
import { type ColumnClass, columnClass, isColumnSecret, isDigest } from "./column-class.js";

/**
 * The secrets in the rows of a database dump, one for each value: `INSERT INTO` with its tuples, and `COPY … FROM
 * stdin` of PostgreSQL. Columns are named by the statement or by `CREATE TABLE` before it; where neither is there, the
 * first digest of each row of a table of users counts. Linear in the text: nothing is read twice.
 */
export function sqlSecrets(text: string): readonly Span[] {
  const tables = new Map<string, readonly ColumnClass[]>();
  const found: Span[] = [];
  STATEMENT.lastIndex = 0;
  for (let match = STATEMENT.exec(text); match !== null; match = STATEMENT.exec(text)) {
    const name = plainName(match[2] ?? "");
    const verb = (match[1] ?? "").toLowerCase();
    const list = columnList(text, STATEMENT.lastIndex);
    let at = list?.end ?? STATEMENT.lastIndex;
    if (verb.startsWith("create")) {
      if (list?.columns) tables.set(name, list.columns);
    } else {
      const columns = list?.columns ?? tables.get(name) ?? null;
      const table = { columns, ofUsers: USERS.test(name) };
      at = verb === "copy" ? copiedRows(text, at, table, found) : insertedRows(text, at, table, found);
    }
    STATEMENT.lastIndex = Math.max(STATEMENT.lastIndex, at);
  }
  return found;
}

type Table = { readonly columns: readonly ColumnClass[] | null; readonly ofUsers: boolean };

const STATEMENT =
  /\b(insert(?:[ \t]{1,8}ignore)?[ \t\r\n]{1,8}into|replace[ \t\r\n]{1,8}into|copy|create[ \t\r\n]{1,8}table(?:[ \t]{1,8}if[ \t]{1,8}not[ \t]{1,8}exists)?)[ \t\r\n]{1,8}([\w."`[\]$-]{1,120})[ \t\r\n]{0,8}/gi;

const USERS =
  /user|member|account|admin|customer|login|employee|client|person|people|staff|student|auth|mitarbeiter|kunde|benutzer/;

function plainName(written: string): string {
  return (written.split(".").at(-1) ?? "").replace(/["`[\]]/g, "").toLowerCase();
}

/** More columns than this are no list of columns; nor is a longer list. */
const MOST_COLUMNS = 400;
const LONGEST_LIST = 20_000;

type List = { readonly columns: readonly ColumnClass[] | null; readonly end: number };

/** The first word of each entry of the list in brackets at `at`, null for a list without an end; null if none begins there. */
function columnList(text: string, at: number): List | null {
  if (text.charAt(at) !== "(") return null;
  const columns: ColumnClass[] = [];
  const most = Math.min(text.length, at + LONGEST_LIST);
  let depth = 1;
  let start = at + 1;
  for (let place = start; place < most; place++) {
    const unit = text.charAt(place);
    if (unit === "'") {
      const end = text.indexOf("'", place + 1);
      if (end < 0 || end >= most) return { columns: null, end: most };
      place = end;
    } else if (unit === "(") depth++;
    else if (unit === ")") depth--;
    if (depth === 0 || (depth === 1 && unit === ",")) {
      columns.push(columnClass(firstWord(text.slice(start, Math.min(place, start + 80)))));
      start = place + 1;
    }
    if (depth === 0) return { columns, end: place + 1 };
    if (columns.length > MOST_COLUMNS) return { columns: null, end: place };
  }
  return { columns: null, end: most };
}

function firstWord(entry: string): string {
  return /^(?:\s|--[^\n]*\n)*["`[]?([A-Za-z_][\w$ -]*?)(?:["`\]]|[ \t\r\n]|$)/.exec(entry)?.[1] ?? "";
}

const VALUES =
  /[ \t\r\n]{0,8}(?:overriding[ ]{1,4}(?:system|user)[ ]{1,4}value[ \t\r\n]{1,8})?values?[ \t\r\n]{0,80}/iy;
const BETWEEN = /[ \t\r\n]{0,80}(?:,[ \t\r\n]{0,80}|(?=\())/y;

/** Adds the secrets of the tuples behind `at`; returns where they end. */
function insertedRows(text: string, at: number, table: Table, found: Span[]): number {
  VALUES.lastIndex = at;
  if (!VALUES.test(text)) return at;
  let place = VALUES.lastIndex;
  while (text.charAt(place) === "(") {
    const row = tupleAt(text, place);
    found.push(...rowSecrets(text, row.cells, table));
    if (!row.closed) return row.end;
    BETWEEN.lastIndex = row.end;
    if (!BETWEEN.test(text)) return row.end;
    place = BETWEEN.lastIndex;
  }
  return place;
}

type Row = { readonly cells: readonly (Span | null)[]; readonly end: number; readonly closed: boolean };

/** The cells of a tuple: the last string in each, or null for one without. */
function tupleAt(text: string, at: number): Row {
  const cells: (Span | null)[] = [];
  let cell: Span | null = null;
  let depth = 0;
  for (let place = at; place < text.length; place++) {
    const unit = text.charAt(place);
    if (unit === "'" || unit === '"') {
      const end = endOfString(text, place, unit);
      cell = { start: place + 1, end };
      place = end;
    } else if (unit === "(") depth++;
    else if (unit === ")") depth--;
    if (depth === 0 || (depth === 1 && unit === ",")) {
      cells.push(cell);
      cell = null;
    }
    if (depth === 0) return { cells, end: place + 1, closed: true };
  }
  return { cells, end: text.length, closed: false };
}

/** A doubled quote and what a backslash comes before do not end it. */
function endOfString(text: string, at: number, quote: string): number {
  for (let place = at + 1; place < text.length; place++) {
    const unit = text.charAt(place);
    if (unit === "\\") place++;
    else if (unit === quote) {
      if (text.charAt(place + 1) !== quote) return place;
      place++;
    }
  }
  return text.length;
}

/** Adds the secrets of the lines behind `COPY … FROM stdin;`, up to `\.`; returns where they end. */
function copiedRows(text: string, at: number, table: Table, found: Span[]): number {
  const head = /^[ \t]{0,8}from[ \t]{1,8}stdin[^\n]{0,80}\n/i.exec(text.slice(at, at + 120));
  if (head === null) return at;
  let place = at + head[0].length;
  while (place < text.length) {
    const newline = text.indexOf("\n", place);
    const end = newline < 0 ? text.length : newline;
    if (text.startsWith("\\.", place)) return end;
    let start = place;
    const cells = text
      .slice(place, end)
      .replace(/\r$/, "")
      .split("\t", MOST_COLUMNS)
      .map((cell) => {
        const span = { start, end: start + cell.length };
        start = span.end + 1;
        return span;
      });
    found.push(...rowSecrets(text, cells, table));
    place = end + 1;
  }
  return text.length;
}

/** No secret in a row is longer. */
const LONGEST_CELL = 300;

function rowSecrets(text: string, cells: readonly (Span | null)[], { columns, ofUsers }: Table): Span[] {
  const written = (cell: Span): string =>
    text.slice(cell.start, Math.min(cell.end, cell.start + LONGEST_CELL));
  if (columns !== null) {
    return cells.flatMap((cell, index) =>
      cell !== null && isColumnSecret(written(cell), columns[index] ?? "none") ? [cell] : [],
    );
  }
  const digest = ofUsers ? cells.find((cell) => cell !== null && isDigest(written(cell))) : undefined;
  return digest === undefined || digest === null ? [] : [digest];
}
