import type { Verdict } from "./report.js";

/** The exit code of a verdict, for ever: 0 nothing blocks, 1 findings block, 3 incomplete (2 is wrong usage). */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 3 {
  return verdict === "allow" ? 0 : verdict === "block" ? 1 : 3;
}
