/** White space, in ASCII; what is not ASCII counts as any of it. */
const S = "[ \\t\\n\\r\\x0b\\x0c]";
const QUOTE = "[\"'`]";

/** What closes a list of literals, and the point before its method. */
const LISTED = `${QUOTE}${S}{0,40},?${S}{0,40}[\\])}]${S}?\\.${S}?`;

const called = (word: string): string => `${word}!?${S}?\\(${S}?${QUOTE}`;

const SHAPES: Readonly<Record<string, readonly string[]>> = {
  concat: [`${LISTED}concat`, called("concat")],
  join: [
    `${LISTED}join`,
    `${QUOTE}\\.${S}?join${S}?\\(${S}?[\\[({]`,
    `string\\.join${S}?\\(${S}?["']`,
    `join${S}?\\(${S}?(?:""|'')${S}?,`,
    `join${S}?\\(${S}?\\[\\]string`,
  ],
  implode: [called("implode")],
  strcat: [called("strcat")],
  paste0: [called("paste0")],
  "format!": [`format!${S}?\\(${S}?"`],
  "[::-1]": ["[\"']\\[::-1\\]"],
  rev: [
    `["']${S}?\\)?${S}?\\.${S}?rev`,
    `\\)${S}{0,40}\\.${S}?(?:to)?rev`,
    "strrev",
    `reverse${S}?\\(${S}?["']`,
  ],
  '..."': [`\\[${S}?\\.\\.\\."`],
  "...'": [`\\[${S}?\\.\\.\\.'`],
  "...`": [`\\[${S}?\\.\\.\\.\``],
  fromc: [`fromc(?:harcode|odepoint)${S}?[(.)]`, `=>${S}?string\\.fromc`],
  chr: [`chrw?${S}?\\(${S}?[0-9]`],
  "buffer.from": [called("buffer\\.from")],
  atob: [called("atob")],
  decodeuri: [called("decodeuri[0-9a-z_]{0,9}")],
};

/**
 * Patterns (Rust regex syntax) of which one holds wherever a clue's word (see `CLUE_WORDS`) makes an expression of
 * `clues.ts` match; none are given for words that say enough by themselves.
 */
export function clueShapes(word: string): readonly string[] {
  const shapes = SHAPES[word] ?? formatShapes(word);
  return shapes.map((shape) => `(?i-u:${shape})`);
}

/** Of two places in a format: what stands before the first or the second, and behind them. */
function formatShapes(word: string): readonly string[] {
  if (!/^(?:%[sv]|\}).+/.test(word)) return [];
  const [, before = "", behind = ""] = /^(%[sv]|\})(.+)$/.exec(word) ?? [];
  const first = before === "}" ? "\\{[0-9]?\\}" : `["'sv}]${before}`;
  const second = behind === "{" ? "\\{[0-9]?\\}" : behind === "{}" ? "\\{\\}" : closed(behind);
  return [`${first}${second}["'%{]`];
}

function closed(behind: string): string {
  const digit = /^\{(\d)$/.exec(behind)?.[1];
  return digit === undefined ? behind : `\\{${digit}\\}`;
}
