import { type BuiltString, SHORTEST_BUILT } from "./built-string.js";
import { nameBefore } from "./name-before.js";
import { builtFrom } from "./told.js";

/** The code of a printable character, a tab or a line's end, as a number or as the character itself. */
const CODE =
  "(?:0[xX](?:[2-7][0-9a-fA-F]|0[9aAdD])|1[01][0-9]|12[0-6]|3[2-9]|[4-9][0-9]|[b]?'(?:[^'\\\\\\n\\r]|\\\\['\\\\/nrt])'|\"[^\"\\\\\\n\\r]\")(?:u8|U|L)?";

/** What stands between two of them; a cast is as good as none. */
const BETWEEN = "[ \\t\\r\\n]{0,80},[ \\t\\r\\n]{0,80}(?:\\((?:byte|char|unsigned char|uint8_t)\\)[ ]?)?";

const FIRST = new RegExp(`(?<![\\w.])${CODE}(?:${BETWEEN}${CODE}){${SHORTEST_BUILT - 1}}`, "g");
const NEXT = new RegExp(`${BETWEEN}(${CODE})(?![\\w.])`, "y");
const EACH = new RegExp(CODE, "g");

/** Whether `text` may hold a list of character codes: true for all that `codeLists` finds. */
export function mayHoldCodes(text: string): boolean {
  return CLUE.test(text);
}

const CLUE = new RegExp(FIRST.source);

/** Every list of at least eight codes of printable characters in `text`: `[0x41, …]`, `{65, 66, …}`, `'a', 'b', …`. */
export function codeLists(text: string): readonly BuiltString[] {
  const built: BuiltString[] = [];
  const first = new RegExp(FIRST);
  for (let found = first.exec(text); found !== null; found = first.exec(text)) {
    const start = found.index;
    let end = first.lastIndex;
    NEXT.lastIndex = end;
    while (NEXT.test(text)) end = NEXT.lastIndex;
    first.lastIndex = end;
    const value = [...text.slice(start, end).matchAll(EACH)].map(([code]) => meantBy(code)).join("");
    const leaf = { value, span: { start, end }, step: 0, how: "codes", literal: start } as const;
    built.push(...builtFrom([leaf], "codes", nameBefore(text, start)));
  }
  return built;
}

function meantBy(code: string): string {
  const quoted = /["'](.*)["']/s.exec(code)?.[1];
  if (quoted === undefined)
    return String.fromCharCode(Number.parseInt(code, code.toLowerCase().startsWith("0x") ? 16 : 10));
  const escaped = { "\\n": "\n", "\\r": "\r", "\\t": "\t" }[quoted];
  return escaped ?? (quoted.length > 1 ? quoted.slice(1) : quoted);
}
