/**
 * Escape sequences as source code, JSON, URLs and shells write them, and what is no ASCII: right before a token their
 * last letter reads like a part of it (`\nghp_…`, `%3Dghp_…`, `éghp_…`), and no word boundary stands between.
 */
const BEFORE_WORD =
  /\\(?:[abefnrtv0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|[0-7]{3})|%[0-9A-Fa-f]{2}|[\u0080-\uffff]/g;

/**
 * `text` with each of those as spaces of the same length, an escaped `=`, `:`, quote or line break as itself behind
 * them: every offset stays. The same string where there is none.
 */
export function unescapedView(text: string): string {
  if (!/[\\%\u0080-\uffff]/.test(text)) return text;
  return text.replace(BEFORE_WORD, (sequence) => meantBy(sequence).padStart(sequence.length, " "));
}

function meantBy(sequence: string): string {
  const named = NAMED[sequence];
  if (named !== undefined) return named;
  const hex = /^(?:\\x|\\u\{?|%)([0-9A-Fa-f]+)\}?$/.exec(sequence)?.[1];
  const character = hex === undefined ? " " : String.fromCharCode(Number.parseInt(hex, 16));
  return /^[\t\n\r "'&/:;<=>?@()[\]{}|,]$/.test(character) ? character : " ";
}

const NAMED: Readonly<Record<string, string>> = { "\\n": "\n", "\\r": "\r", "\\t": "\t" };
