import type { Marker } from "./unit.js";

// A word of its own: no e-mail address, no host (`x@aura-local`, `dev.@aura-local`), no longer word (`@aura-localhost`,
// `@aura-local-only`). Whatever else stands around it, `*`, a bracket, a dash, a full stop, is punctuation.
const WORD = /(?<![\p{L}\p{N}\p{M}_.@-])@aura-(local|public)(?!-?[\p{L}\p{N}\p{M}_])/gu;

/** The marker in the text of a comment. Where both stand, `@aura-local` wins: keeping is the mistake that can be undone. */
export function markerIn(text: string): Marker | null {
  let marker: Marker | null = null;
  for (const match of text.matchAll(WORD)) {
    if (match[1] === "local") return "@aura-local";
    marker = "@aura-public";
  }
  return marker;
}
