import { SHORTEST_BUILT } from "./built-string.js";
import type { EncodedRun } from "./encoded-run.js";
import type { Leaf } from "./text-value.js";

// Percent-encoding, https://www.rfc-editor.org/rfc/rfc3986#section-2.1. What a URL may hold, without brackets and
// quotes, which rather stand around it.
const URL_UNITS = "A-Za-z0-9._~%+/=:@?&#$,;!*-";
const ENCODED = "%[2-7][0-9A-Fa-f]";

/** Whether `text` may hold a percent-encoded text: true for all that `percentRuns` finds. */
export function mayHoldPercent(text: string): boolean {
  return CLUE.test(text);
}

/** `%20s` of a format is no encoding: a word of some length stands around one. */
const CLUE = new RegExp(`${ENCODED}(?:[${URL_UNITS}]{8}|(?<=[${URL_UNITS}]{8}${ENCODED}))`);

/** A longer word is told in parts. */
const LONGEST_RUN = 65_536;

/** Every word of `text` that is percent-encoded, as what it means. */
export function percentRuns(text: string): readonly EncodedRun[] {
  const runs: EncodedRun[] = [];
  const clue = new RegExp(CLUE, "g");
  let behind = 0;
  for (let found = clue.exec(text); found !== null; found = clue.exec(text)) {
    let start = found.index;
    let end = clue.lastIndex;
    while (start > behind && end - start < LONGEST_RUN && isUrlUnit(text, start - 1)) start--;
    while (end - start < LONGEST_RUN && isUrlUnit(text, end)) end++;
    clue.lastIndex = end;
    behind = end;
    const leaves = leavesIn(text.slice(start, end), start);
    const length = leaves.reduce((sum, leaf) => sum + leaf.value.length, 0);
    if (length >= SHORTEST_BUILT) runs.push({ leaves, how: "percent" });
  }
  return runs;
}

/** A percent-encoded text in leaves: what is encoded, and what stands as it is. */
function leavesIn(written: string, start: number): readonly Leaf[] {
  const leaves: Leaf[] = [];
  for (const { 0: part, index } of written.matchAll(/(?:%[0-9A-Fa-f]{2})+|%|[^%]+/g)) {
    const isEncoded = part.length > 1 && part.startsWith("%");
    const value = isEncoded ? Buffer.from(part.replaceAll("%", ""), "hex").toString("utf8") : part;
    leaves.push({
      value,
      span: { start: start + index, end: start + index + part.length },
      step: isEncoded ? (value.length * 3 === part.length ? 3 : 0) : 1,
      how: isEncoded ? "percent" : null,
      literal: start,
    });
  }
  return leaves;
}

function isUrlUnit(text: string, at: number): boolean {
  return at < text.length && URL_UNIT.test(text.charAt(at));
}

const URL_UNIT = new RegExp(`[${URL_UNITS}]`);
