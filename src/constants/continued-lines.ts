import type { BuiltPiece, BuiltString } from "./built-string.js";
import { LONGEST_BUILT, SHORTEST_BUILT } from "./built-string.js";
import { nameBefore } from "./name-before.js";

/** What a token is made of; a space before the backslash parts words. */
const UNIT = "[A-Za-z0-9+/=_.:@%~-]";

/** A line's end behind a backslash, with the indentation behind it. `\\` is a backslash, and ends nothing. */
const BREAK = "(?<!\\\\)\\\\\\r?\\n[ \\t]{0,256}";

const CONTINUED = new RegExp(`\\\\\\r?\\n(?<=${UNIT}{4}\\\\\\r?\\n)[ \\t]{0,256}(?=${UNIT}{4})`, "g");

/** Whether `text` may hold a value over two lines: true for all that `continuedLines` finds. */
export function mayHoldContinuedLines(text: string): boolean {
  return CLUE.test(text);
}

const CLUE = new RegExp(CONTINUED.source);

const RUN = new RegExp(`${UNIT}{1,${LONGEST_BUILT}}`, "y");
const GAP = new RegExp(BREAK, "y");

/**
 * Values that go on in the next line behind a backslash, without quotes: in a shell, a Dockerfile, a properties file.
 * What stands between white space is one value.
 */
export function continuedLines(text: string): readonly BuiltString[] {
  const built: BuiltString[] = [];
  const continued = new RegExp(CONTINUED);
  for (let found = continued.exec(text); found !== null; found = continued.exec(text)) {
    const start = valueStart(text, found.index);
    const { value, pieces, end } = valueFrom(text, start);
    continued.lastIndex = Math.max(end, found.index + 1);
    if (value.length < SHORTEST_BUILT || value.length > LONGEST_BUILT || pieces.length < 2) continue;
    built.push({ value, pieces, how: "continuation", name: nameBefore(text, start) });
  }
  return built;
}

/** The value begins behind white space, a quote, or the name and `=`. */
function valueStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LONGEST_BUILT && /[A-Za-z0-9+/_.:@%~-]/.test(text.charAt(start - 1)))
    start--;
  return start;
}

type Continued = { readonly value: string; readonly pieces: readonly BuiltPiece[]; readonly end: number };

function valueFrom(text: string, start: number): Continued {
  const pieces: BuiltPiece[] = [];
  let value = "";
  let at = start;
  for (;;) {
    RUN.lastIndex = at;
    const run = RUN.exec(text)?.[0] ?? "";
    if (run !== "") {
      const span = { start: at, end: at + run.length };
      pieces.push({ at: value.length, length: run.length, span, step: 1 });
      value += run;
      at = span.end;
    }
    GAP.lastIndex = at;
    const gap = GAP.exec(text);
    if (run === "" || gap === null) return { value, pieces, end: at };
    at += gap[0].length;
  }
}
