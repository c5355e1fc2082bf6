import type { BuiltString } from "./built-string.js";
import { nameBefore } from "./name-before.js";

const TOKEN = /(["'`])([A-Za-z0-9_+/=.-]{20,200})\1/g;

/**
 * Every quoted token of 20 to 200 characters, read from its end: for whoever looks for what is written backwards with
 * nothing near that says so.
 */
export function reversedLiterals(text: string): readonly BuiltString[] {
  return [...text.matchAll(TOKEN)].map(({ 2: written = "", index }) => {
    const span = { start: index + 1, end: index + 1 + written.length };
    return {
      value: [...written].reverse().join(""),
      pieces: [{ at: 0, length: written.length, span, step: 0 }],
      how: "reversed",
      name: nameBefore(text, index),
    };
  });
}
