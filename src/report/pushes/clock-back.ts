import type { Verification } from "../../ledger/verify-ledger.js";
import { counted, thousands } from "../words.js";

/** How often a clock went back, and how far at most; null where none did. It is no fault: the order of records holds. */
export function clockBackWords({ times, records, most_ms }: Verification["clock_back"]): string | null {
  if (times === 0) return null;
  return `a clock went back ${counted(times, "time")}, by ${backWords(most_ms)} at most; ${counted(records, "record")} written meanwhile ${records === 1 ? "has" : "have"} the time of the one before`;
}

/** `340 ms`, `12 s`, `5 min`, `25 h`: the largest of them of which there are two. */
function backWords(milliseconds: number): string {
  const units = [
    [3_600_000, "h"],
    [60_000, "min"],
    [1000, "s"],
  ] as const;
  const [size, name] = units.find(([length]) => milliseconds >= 2 * length) ?? [1, "ms"];
  return `${thousands(Math.round(milliseconds / size))} ${name}`;
}
