import type { BuiltString } from "./built-string.js";
import { nameBefore } from "./name-before.js";

const TOKEN = /(["'`])[A-Za-z0-9_+/=.-]{20,200}\1/g;

/**
 * Every quoted token of 20 to 200 characters, read from its end: for whoever looks for what is written backwards with
 * nothing near that says so.
 */
export function reversedLiterals(text: string): readonly BuiltString[] {
  return [...text.matchAll(TOKEN)].map(({ 0: quoted, index }) => {
    const written = quoted.slice(1, -1);
    const span = { start: index + 1, end: index + 1 + written.length };
    return {
      value: reversed(written),
      pieces: [{ at: 0, length: written.length, span, step: 0 }],
      how: "reversed",
      name: nameBefore(text, index),
    };
  });
}

/** All of these tokens read from their ends, in any order, with quotes between: enough to see that no keyword stands there. */
export function reversedTokens(text: string): string {
  return reversed((text.match(TOKEN) ?? []).join("\n"));
}

/** ASCII from its end to its beginning. */
function reversed(written: string): string {
  return Buffer.from(written, "latin1").reverse().toString("latin1");
}
