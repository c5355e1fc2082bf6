import type { Span } from "../text/lines.js";

/** A name with a value given to it, in whatever syntax. Offsets are UTF-16 units of the text. */
export type Assignment = {
  /** As it stands, words before it that may belong to it included: `new relic browser key`, `--db-password`. */
  readonly name: string;
  readonly value: Span;
  /** How the two are joined, which says how sure it is that they belong together. */
  readonly by: "equals" | "call" | "markup" | "column" | "space" | "words";
  readonly quoted: boolean;
};

/** The longest name that is read, to either side of the word that was found in it, in UTF-16 units. */
export const LONGEST_NAME = 60;

/** The longest value that is read; what is longer is data. */
export const LONGEST_VALUE = 300;

/** A character of a name, as it may stand before the word that was found in it. */
const IN_NAME = /[A-Za-z0-9_$.\-\u00c0-\u024f]/;
const IS_IN_NAME = Uint8Array.from({ length: 0x250 }, (_, unit) =>
  IN_NAME.test(String.fromCharCode(unit)) ? 1 : 0,
);

function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LONGEST_NAME && IS_IN_NAME[text.charCodeAt(start - 1)] === 1) start--;
  return start;
}
const NAME_AFTER = /[A-Za-z0-9_$\-\u00c0-\u024f]{0,40}/y;

/** Up to three plain words right before a name: `Auth Token: …`, `moosend token = …`. */
const WORDS_BEFORE = /(?:\b[A-Za-z][A-Za-z0-9]{1,20}[ ]){1,3}$/;

/** What closes a name: quotes (escaped ones too, inside a string), brackets, an XML or attribute's end. */
const CLOSE = /(?:\\{0,3}["'`])?[\])}]{0,2}/y;

/** `: string`, `: &'static str`, `: Option<&str>` between a variable and its value. */
const TYPE =
  /[ \t]{0,4}:[ \t]{0,4}&?(?:'static )?(?:[A-Za-z_][A-Za-z0-9_.]{0,24})(?:[<[][A-Za-z0-9_&' ,]{0,24}[>\]])?[ \t]{0,4}(?==[^=>])/y;

const EQUALS =
  /[ \t]{0,24}(?:=>|:=|\?\?=|\|\|=|\+=|={1,3}|!==?|:|\|\||\?\?)[ \t]{0,24}(?:\\?\r?\n[ \t]{1,40}(?=["'`]))?/y;
const CALL = /[ \t]{0,2}\([ \t]{0,4}/y;
const COMMA = /[ \t]{0,4},[ \t\r\n]{0,24}/y;

/** `name="password" value="…"`, `<key>password</key><string>…`, `<password type="x">…`, `<option name="p">…`. */
const MARKUP =
  /(?:[ \t]{1,8}[a-z]{1,16}=["'][A-Za-z0-9_.-]{0,24}["']){0,3}[ \t\r\n]{1,24}value[ \t]{0,2}=[ \t]{0,2}(?=["'])|(?:[ \t]{1,8}[A-Za-z:]{1,24}=["'][^"'<>]{0,64}["']){0,4}[ \t]{0,4}>(?:<!\[CDATA\[)?|<\/(?:key|name|string)>[ \t\r\n]{0,40}<(?:string|value)>/y;

/** `- name: DB_PASSWORD` with `value: …` below, and the same in JSON: a list of names and values. */
const COLUMN =
  /,?[ \t]{0,8}(?:#[^\n]{0,80})?\r?\n?[ \t]{0,40}(?:,[ \t]{0,4})?["']?(?:value|Value|val|default|defaultValue|default_value)["']?[ \t]{0,4}[:=][ \t]{0,8}/y;

const SPACE = /[ \t]{1,40}/y;
const WORDS = /[ \t]{0,4}(?:is|was|:|-|–|—|=|->|\|)[ \t]{1,4}(?:set to[ \t])?/y;

/** A string's opening: its prefix (`b"`, `f'`, `@"`, `L"`), or a call around it that changes nothing. */
const OPEN =
  /(?:(?:[A-Za-z_][A-Za-z0-9_.:]{0,30}\([ \t]{0,2})?(?:[bBfFrRuUL@$]{1,2})?)("""|'''|\\{0,3}["'`])/y;

/** How far a value without quotes goes: to the next space or mark, as in code, or to the line's end, as in settings. */
export type Bare = "word" | "line";

/**
 * The assignment whose name holds the word at `at`, of `length`; null if nothing is given to it. Looks at a bounded
 * stretch to either side.
 */
export function assignmentAt(text: string, at: number, length: number, bare: Bare): Assignment | null {
  const start = nameStart(text, at);
  const end = at + length + (matchedAt(NAME_AFTER, text, at + length)?.length ?? 0);
  // `${API_KEY}`: nothing is given to what is itself read from elsewhere.
  if (text.charAt(start - 1) === "{" && text.charAt(end) === "}") return null;
  const words = wordsBefore(text, start);
  const name = words + text.slice(start, end);
  const closed = end + (matchedAt(CLOSE, text, end)?.length ?? 0);
  const joined = joinOf(text, end, closed);
  if (joined === null) return null;
  const value = valueAt(text, joined.at, joined.by, bare);
  return value === null ? null : { name, by: joined.by, ...value };
}

/** In a declaration they are keywords and types, and say nothing of the value. */
const DECLARING =
  /\b(?:auto|byte|char|const|def|export|final|let|local|my|new|pub|readonly|return|static|str|string|type|val|var)\b/i;

function wordsBefore(text: string, start: number): string {
  const words = WORDS_BEFORE.exec(text.slice(Math.max(0, start - LONGEST_NAME), start))?.[0] ?? "";
  return DECLARING.test(words) ? "" : words;
}

type Join = { readonly at: number; readonly by: Assignment["by"] };

const JOINS: readonly {
  readonly by: Assignment["by"];
  readonly form: RegExp;
  readonly quotedOnly: boolean;
}[] = [
  { by: "column", form: COLUMN, quotedOnly: false },
  { by: "markup", form: MARKUP, quotedOnly: false },
  { by: "equals", form: EQUALS, quotedOnly: false },
  { by: "words", form: WORDS, quotedOnly: false },
  { by: "call", form: CALL, quotedOnly: true },
  { by: "call", form: COMMA, quotedOnly: true },
  { by: "space", form: SPACE, quotedOnly: false },
];

function joinOf(text: string, end: number, closed: number): Join | null {
  const typed = closed + (matchedAt(TYPE, text, closed)?.length ?? 0);
  for (const { by, form, quotedOnly } of JOINS) {
    const from = by === "equals" ? typed : by === "call" && form === CALL ? end : closed;
    const join = matchedAt(form, text, from);
    if (join === null || join === "") continue;
    const at = from + join.length;
    if (quotedOnly && matchedAt(OPEN, text, at) === null) continue;
    return { at, by };
  }
  return null;
}

function valueAt(
  text: string,
  at: number,
  by: Assignment["by"],
  bare: Bare,
): { readonly value: Span; readonly quoted: boolean } | null {
  OPEN.lastIndex = at;
  const open = OPEN.exec(text);
  const quote = open?.[1];
  if (open !== null && quote !== undefined) {
    const start = at + open[0].length;
    const end = endOfQuoted(text, start, quote);
    return end === null ? null : { value: { start, end }, quoted: true };
  }
  const start = at;
  const ends = by === "markup" ? endOfElement : bare === "line" ? endOfLine : endOfWord;
  const end = ends(text, start);
  return end === null || end === start ? null : { value: { start, end }, quoted: false };
}

/** Where the string that began with `quote` ends; null if not on this line, or too far away. */
function endOfQuoted(text: string, start: number, quote: string): number | null {
  const most = Math.min(text.length, start + LONGEST_VALUE + 1);
  for (let at = start; at < most; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || unit === 13) return null;
    if (text.startsWith(quote, at)) return at;
    if (unit === 92 && quote.length === 1) at++;
  }
  return null;
}

function endOfElement(text: string, start: number): number | null {
  const most = Math.min(text.length, start + LONGEST_VALUE + 1);
  for (let at = start; at < most; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 60) return at;
    if (unit === 10 || unit === 13) return null;
    if (unit === 93 && text.startsWith("]]>", at)) return at;
  }
  return null;
}

const WORD = /[^\s"'`<>,;(){}[\]\\|]{1,301}/y;

/** A value without quotes runs to the next space or mark; one that a bracket follows is a call or an index. */
function endOfWord(text: string, start: number): number | null {
  const run = matchedAt(WORD, text, start);
  if (run === null || run.length > LONGEST_VALUE) return null;
  const end = start + run.length;
  return /[([{]/.test(text.charAt(end)) ? null : end;
}

const LINE = /[^\r\n]{1,301}/y;

/** The line's rest without a comment, and without what ends a statement or an entry. */
function endOfLine(text: string, start: number): number | null {
  const line = matchedAt(LINE, text, start);
  if (line === null || line.length > LONGEST_VALUE) return null;
  return start + line.replace(/[ \t](?:#|;|\/\/)[^\r\n]*$/, "").replace(/[ \t,;]+$/, "").length;
}

function matchedAt(sticky: RegExp, text: string, at: number): string | null {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? null;
}
