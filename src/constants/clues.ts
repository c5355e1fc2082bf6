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

/**
 * A slash that JSON writes as `\/` inside of a token; a literal over two lines, with what tokens are made of on both
 * sides: behind `\n` at a line's end another one begins.
 */
const CONTINUED =
  /\\(?:\/(?<=[A-Za-z0-9+/]{4}\\\/)[A-Za-z0-9+/]{4}|\r?\n(?<=[^\s\\"'`]\\\r?\n)(?<!\\[nrt]\\\r?\n)\s{0,256}[^\s\\"'`])/;

/** A literal that is no word: digits and letters of both cases, or digits twice. */
const UNUSUAL =
  "&?b?[\"'`](?:(?=[\\w+/=-]{0,200}\\d)(?=[\\w+/=-]{0,200}[a-z])(?=[\\w+/=-]{0,200}[A-Z])|(?=[\\w+/=-]{0,200}\\d[+/=_-]{0,8}[A-Za-z][\\w+/=-]{0,200}\\d))[\\w+=-][\\w+/=-]{7,200}[\"'`]";

/** Names are followed only where one has such a value. */
const NAMED = new RegExp(`[=:+]\\s{0,20}${UNUSUAL}`);

/** And lists only where one holds it, and where they or their items are joined. */
const LISTED = new RegExp(`[(,[]\\s{0,20}${UNUSUAL}`);

const JOINED_LISTS =
  /\]\s{0,20}[+}]|concat(?:!|\(\))|\.concat\(|\.join\((?:\)|["'`][^\s"'`]{0,3}["'`])|\.rev\(\)|split\((?:""|'')\)/;

const COMPOSED = new RegExp(
  `[\\w)\\]"'\`]\\s{0,20}\\+\\s{0,20}[&A-Za-z_$("'\`]|\\$\\{|format!\\s?\\(|${JOINED_LISTS.source}`,
);

/** The families of languages with a grammar here: what joins literals in them is known. */
export type Family = "ecmascript" | "rust";

/** Of what `JOINED` finds, what joins in these two. */
const JOINED_BY_PLUS =
  /["'`](?<=[\w+/=.:~!@#$%^&*?|"'`-].)(?:\s{1,4}as\s{1,4}const|\.to_(?:string|owned)\(\)|\.into\(\))?[\s()]{0,80}(?:\+|\.concat)[\s()\\_]{0,80}[A-Za-z@$&]{0,2}["'`](?!["'`]{2})[\w+/=.~!@#$%^&*?|\\"'`-]/;

/**
 * What was seen in a text before anybody looks at it closely, a bit each; a bit that is not set is sure. The lower ones
 * are told by `src/prefilter/wasm/clues.ts`, those of words by the words themselves.
 */
export const CLUE = {
  escaped: 1,
  joined: 2,
  adjacent: 4,
  named: 8,
  codes: 16,
  base64: 32,
  hex: 64,
  percent: 128,
  template: 256,
  called: 512,
  turned: 1024,
} as const;

/** For a text that nobody looked at before. */
export const ALL_CLUES = 0x7ff;

/** Words without which `CALLED` and `TURNED` match nothing, folded. */
export const CLUE_WORDS: ReadonlyMap<string, number> = new Map([
  ...["concat", "join", "implode", "strcat", "paste0", "format!"].map((word) => [word, CLUE.called] as const),
  ...["%s%s", "%s%v", "%v%s", "%v%v", "%s{", "%v{", "}%s", "}%v", "}{}"].map(
    (word) => [word, CLUE.called] as const,
  ),
  ...Array.from("0123456789", (digit) => [`}{${digit}`, CLUE.called] as const),
  ...["[::-1]", "rev", '..."', "...'", "...`", "fromc", "chr", "buffer.from", "atob", "decodeuri"].map(
    (word) => [word, CLUE.turned] as const,
  ),
]);

/**
 * Whether `text` may hold a string that is not written as the program holds it; cheap enough for every file. Never
 * false for what `builtStrings` finds, which looks no further where this says no.
 */
export function mayHoldBuiltStrings(
  text: string,
  clues: number = ALL_CLUES,
  family: Family | null = null,
): boolean {
  return mayBeComposed(text, clues, family) || mayBeEncoded(text, clues);
}

/**
 * Whether `text` may hold a string that is put together; `family` says in which language, null that nothing of it is
 * known. Without such a clue a syntax tree tells no more.
 */
export function mayBeComposed(
  text: string,
  clues: number = ALL_CLUES,
  family: Family | null = null,
): boolean {
  const has = (clue: number): boolean => (clues & clue) !== 0;
  return (
    (has(CLUE.escaped) && text.includes("\\") && (ESCAPED.test(text) || CONTINUED.test(text))) ||
    (has(CLUE.joined) && (family === null ? JOINED : JOINED_BY_PLUS).test(text)) ||
    (has(CLUE.adjacent) && family === null && ADJACENT.test(text)) ||
    (has(CLUE.called | CLUE.template) && CALLED.test(text)) ||
    (has(CLUE.turned) && TURNED.test(text)) ||
    (has(CLUE.named) && isNamed(text)) ||
    (has(CLUE.codes) && mayHoldCodes(text)) ||
    (has(CLUE.escaped) && mayHoldContinuedLines(text))
  );
}

function isNamed(text: string): boolean {
  return (NAMED.test(text) && COMPOSED.test(text)) || (JOINED_LISTS.test(text) && LISTED.test(text));
}

/** Whether `text` may hold base64, hexadecimal digits or percent signs that stand for a readable text. */
export function mayBeEncoded(text: string, clues: number = ALL_CLUES): boolean {
  return (
    ((clues & CLUE.base64) !== 0 && mayHoldBase64(text)) ||
    ((clues & CLUE.hex) !== 0 && mayHoldHex(text)) ||
    ((clues & CLUE.percent) !== 0 && mayHoldPercent(text))
  );
}
