import type { LineIndex } from "../text/lines.js";
import { lineSpan } from "../text/lines.js";

/**
 * The numbers (from 1) of the lines of `after` that `before` does not hold, each line counted as often as it stands
 * there: a line that only moved is not added, a second copy of a line is. Line breaks do not count, so that a change
 * from CRLF to LF adds nothing.
 */
export function addedLines(
  before: { readonly text: string; readonly lines: LineIndex },
  after: { readonly text: string; readonly lines: LineIndex },
): ReadonlySet<number> {
  const left = new Map<string, number>();
  for (const line of linesOf(before)) left.set(line, (left.get(line) ?? 0) + 1);
  const added = new Set<number>();
  let number = 0;
  for (const line of linesOf(after)) {
    number++;
    const count = left.get(line) ?? 0;
    if (count === 0) added.add(number);
    else left.set(line, count - 1);
  }
  return added;
}

function* linesOf({ text, lines }: { readonly text: string; readonly lines: LineIndex }): Generator<string> {
  for (let line = 1; line <= lines.starts.length; line++) {
    const span = lineSpan(lines, text, line);
    yield text.slice(span.start, span.end);
  }
}
