import { mayHoldBase64 } from "./base64.js";
import { mayHoldCodes } from "./code-lists.js";
import { mayHoldContinuedLines } from "./continued-lines.js";
import { mayHoldHex } from "./hex.js";
import { mayHoldPercent } from "./percent.js";

/** Two literals of a token with an operator between them: no space stands at the seam of a secret. */
const JOINED =
  /["'`](?<=[\w+/=.:~!@#$%^&*?|"'`-].)(?:\s{1,4}as\s{1,4}const|\.to_(?:string|owned)\(\)|\.into\(\))?[\s()]{0,80}(?:[+&~.]|\.\.|<>|\|\||<<|\+\+|\.concat|\.append)[\s()\\_]{0,80}[A-Za-z@$]{0,2}["'`](?!["'`]{2})[\w+/=.~!@#$%^&*?|\\"'`-]/;

/** Two literals side by side, one of them with a digit in it: a list of imports is written so, too. */
const ADJACENT =
  /["'](?:(?=[\w+=-]{0,80}\d)[\w+=-]{1,80}["']\s{0,80}\\?\s{0,80}[A-Za-z]?["'][\w+/=-]|\s{0,80}\\?\s{0,80}[A-Za-z]?["'](?=[\w+=-]{0,80}\d)[\w+=-]{1,80}["'](?<=[\w+/=-]["']\s{0,80}\\?\s{0,80}[A-Za-z]?["'][\w+=-]{1,80}.))/;

/** Literals joined by a call that takes them, or by a method of theirs. */
const CALLED =
  /["'`](?:\s{0,40},?\s{0,40}[\])}]\s?\.\s?(?:concat\b|join\b(?:\(\s?["'`][^\s"'`\\]{0,3}["'`]|(?!\s?\()))|\.\s?join\s?\(\s?[[({]\s{0,40}["'])|\b(?:implode|[sS]tring\.[jJ]oin)\s?\(\s?["']|(?<![.\w])join\s?\(\s?(?:""|'')\s?,|\bJoin\s?\(\s?\[\]string|\b(?:concat|strcat|paste0)!?\s?\(\s?["'`]|\$\{[\s(]{0,8}["'`]|["'](?:%[sv]|\{\d?\}){2,}["']|format!\s?\(\s?"[^"\n]{0,200}"[^";)\n]{0,80},\s{0,40}"/i;

/** A literal that is read from its end, made of codes, or decoded where it stands. */
const TURNED =
  /["'](?:\[::-1\]|\s?\)?\s?\.\s?rev(?:erse|ersed)?\b)|\[\s?\.\.\.["'`]|split\(\s?(?:""|''|``)\s?\)\s{0,40}\.\s?(?:toR|r)ev|chars\(\)\s{0,40}\.\s?rev\(|\bstrrev|reverse\s?\(\s?["']|fromC(?:harCode|odePoint)\s?(?:\(\s?(?:(?:0x[\da-f]{2}|\d{2,3})\s?[,)]|\.\.\.)|\.apply|\))|=>\s?String\.fromC|\bchrw?\s?\(\s?\d|(?:Buffer\.from|\batob|\bdecodeURI\w{0,9})\s?\(\s?["'`]/i;

/** An escape that stands for a printable character. */
const ESCAPED =
  /\\(?:x[2-7][0-9A-Fa-f]|u00[2-7][0-9A-Fa-f]|u\{0{0,6}[2-7][0-9A-Fa-f]\}|U000000[2-7][0-9A-Fa-f]|0?[4-7][0-7]|1[0-7][0-7])/;

/** A slash that JSON writes as `\/` inside of a token; a literal over two lines. */
const CONTINUED =
  /\\(?:\/(?<=[A-Za-z0-9+/]{4}\\\/)[A-Za-z0-9+/]{4}|\r?\n(?<=[^\s\\]\\\r?\n)\s{0,256}[^\s\\])/;

/** Names are followed only where one has a value that is no word: digits and letters of both cases, or digits twice. */
const NAMED =
  /[=:(,+[]\s{0,20}&?b?["'`](?:(?=[\w+/=-]{0,200}\d)(?=[\w+/=-]{0,200}[a-z])(?=[\w+/=-]{0,200}[A-Z])|(?=[\w+/=-]{0,200}\d[+/=_-]{0,8}[A-Za-z][\w+/=-]{0,200}\d))[\w+=-][\w+/=-]{7,200}["'`]/;

const COMPOSED =
  /[\w)\]"'`]\s{0,20}\+\s{0,20}[&A-Za-z_$("'`]|\$\{|format!\s?\(|concat(?:!|\(\))|\.concat\(|\.join\((?:\)|["'`][^\s"'`]{0,3}["'`])|\.rev\(\)|split\((?:""|'')\)/;

/**
 * Whether `text` may hold a string that is not written as the program holds it; cheap enough for every file. Never
 * false for what `builtStrings` finds, which looks no further where this says no.
 */
export function mayHoldBuiltStrings(text: string): boolean {
  return mayBeComposed(text) || isMaybeEncoded(text);
}

/** Whether a syntax tree may tell more of `text`: without such a clue, `builtStrings` finds as much without one. */
export function mayBeComposed(text: string): boolean {
  return (
    (text.includes("\\") && (ESCAPED.test(text) || CONTINUED.test(text))) ||
    JOINED.test(text) ||
    ADJACENT.test(text) ||
    CALLED.test(text) ||
    TURNED.test(text) ||
    (NAMED.test(text) && COMPOSED.test(text)) ||
    mayHoldCodes(text) ||
    mayHoldContinuedLines(text)
  );
}

function isMaybeEncoded(text: string): boolean {
  return mayHoldBase64(text) || mayHoldHex(text) || mayHoldPercent(text);
}
