// AssemblyScript: what in a text may tell of strings that are put together or encoded (`../../constants/clues.ts`), as
// bits. A bit that is not set is sure: the expressions there find nothing. One that is set asks them.
//
// Sixty-four bytes are looked at in one go: a number of as many bits says for each class where its bytes stand. Moved and
// added up, with what comes over from the block before, these tell the few places at which to look closely.

import { composed } from "./composed";
import { encoded } from "./encoded";

/** The clues in the bytes from `from` to `end`, behind which at least 300 more may be read (zeros behind a text's end). */
export function clues(from: usize, end: usize): i32 {
  return encoded(from, end) | composed(from, end);
}
