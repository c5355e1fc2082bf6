import { type EncodedRun, onePiece } from "./encoded-run.js";
import { isReadable } from "./readable.js";

// Bytes of ASCII text as pairs of hexadecimal digits. A digest has eight such pairs in a row once in thousands, and is
// hardly readable to its end.
const PAIR = "(?:[2-7][0-9A-Fa-f]|0[9aAdD])";
const JOINED = `(?<![0-9A-Za-z])(?:0[xX])?((?:[2-7][0-9A-Fa-f])${PAIR}{7})`;

/** `73 6b 5f`, `73:6b:5f`: a dump of bytes. */
const SPACED = `(?<![0-9A-Za-z:])[2-7][0-9A-Fa-f](?:([ :])${PAIR})(?:\\1${PAIR}){6}`;

/** Whether `text` may hold hexadecimal bytes of a readable text: true for all that `hexRuns` finds. */
export function mayHoldHex(text: string): boolean {
  return CLUE.test(text);
}

const CLUE = new RegExp(`${JOINED}|${SPACED.replace("\\1", "\\2")}`);

/** Every run of hexadecimal bytes in `text` that is a readable text, over lines of equal length too. */
export function hexRuns(text: string): readonly EncodedRun[] {
  const runs: EncodedRun[] = [];
  const joined = new RegExp(JOINED, "g");
  for (let found = joined.exec(text); found !== null; found = joined.exec(text)) {
    const start = joined.lastIndex - (found[1]?.length ?? 0);
    const { digits, end } = pairsFrom(text, start);
    joined.lastIndex = end;
    const run = readRun(digits, start, end);
    if (run !== null) runs.push(run);
  }
  const spaced = new RegExp(SPACED, "g");
  for (let found = spaced.exec(text); found !== null; found = spaced.exec(text)) {
    const mark = found[1] ?? " ";
    let end = spaced.lastIndex;
    while (text.charAt(end) === mark && isHex(text, end + 1) && isHex(text, end + 2) && !isHex(text, end + 3))
      end += 3;
    spaced.lastIndex = end;
    const run = readRun(text.slice(found.index, end).replaceAll(mark, ""), found.index, end);
    if (run !== null) runs.push(run);
  }
  return runs;
}

function readRun(digits: string, start: number, end: number): EncodedRun | null {
  // Numbers are all digits; the bytes of a text hardly ever are.
  if (digits.length % 2 !== 0 || !/[A-Fa-f]/.test(digits)) return null;
  const bytes = Buffer.from(digits, "hex");
  return isReadable(bytes) ? onePiece(bytes.toString("utf8"), start, end, "hex") : null;
}

/** Shorter lines are not wrapped: `xxd -p` writes 60 digits on each. */
const SHORTEST_LINE = 60;

const NEXT_LINE = /\r?\n[ \t]{0,64}(?=[0-9A-Fa-f]{2,128}(?:[\r\n"']|$))/y;

/** The digits from `start` on, and where they end; none where a letter goes on with them. */
function pairsFrom(text: string, start: number): { readonly digits: string; readonly end: number } {
  const lines: string[] = [];
  let at = start;
  for (;;) {
    let end = at;
    while (isHex(text, end)) end++;
    lines.push(text.slice(at, end));
    if (/[0-9A-Za-z]/.test(text.charAt(end))) return { digits: "", end };
    NEXT_LINE.lastIndex = end;
    const next = end - at >= SHORTEST_LINE ? NEXT_LINE.exec(text) : null;
    if (next === null) return { digits: lines.join(""), end };
    at = end + next[0].length;
  }
}

function isHex(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 70) || (unit >= 97 && unit <= 102);
}
