import { gzipSync } from "../text/zlib.js";

/** GitHub code scanning keeps this many results of a run, and refuses a file with more than 25,000. */
export const MOST_RESULTS = 5000;

/** What was not read can be legion. */
export const MOST_SKIPPED = 1000;

/** GitHub takes 1,000 locations of a result. */
export const MOST_RELATED = 100;

/** GitHub takes a file of 10 MB, compressed by gzip. */
const MOST_BYTES = 10_000_000;

/** Below this share of everything nothing is left that could be left out. */
const LEAST_SHARE = 1 / (2 * MOST_RESULTS);

/** What `write` makes of everything, or of the half of it, or of the quarter…: of the most that can be uploaded. */
export function fitted(write: (share: number) => string, most = MOST_BYTES): string {
  for (let share = 1; share > LEAST_SHARE; share /= 2) {
    const text = write(share);
    // What is small enough as it is need not be compressed to know.
    if (text.length * 3 <= most || gzipSync(text).length <= most) return text;
  }
  return write(0);
}
