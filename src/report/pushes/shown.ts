import { blottedLine } from "../../scan/blot.js";

/**
 * A name, an address or a reason from the ledger, as any output has it. They were looked at when they were written, by the
 * rules of that day: what looks random is shown to nobody.
 */
export function shown(text: string): string {
  return blottedLine(text, []);
}

/** The same for what may be missing. */
export function shownOrNull(text: string | null): string | null {
  return text === null ? null : shown(text);
}
