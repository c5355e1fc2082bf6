import type { Marker } from "./unit.js";

// Both are made when they are asked for: V8 takes a millisecond to read their classes, and most files hold no marker.

// A word of its own: no e-mail address, no host (`x@aura-local`, `dev.@aura-local`), no longer word (`@aura-localhost`,
// `@aura-local-only`). Whatever else stands around it, `*`, a bracket, a dash, a full stop, is punctuation.
const LOCAL = () => /(?<![\p{L}\p{N}\p{M}_.@-])@aura-local(?!-?[\p{L}\p{N}\p{M}_])/u;

// The same, and no part of a path or an address (`https://x.net/@aura-public/doc`): this one opens a door.
const PUBLIC = () => /(?<![\p{L}\p{N}\p{M}_.@-]|[^\s/]\/+)@aura-public(?!-?[\p{L}\p{N}\p{M}_]|\/(?!\/|\*))/u;

/** The marker in the text of a comment. Where both stand, `@aura-local` wins: keeping is the mistake that can be undone. */
export function markerIn(text: string): Marker | null {
  if (LOCAL().test(text)) return "@aura-local";
  return PUBLIC().test(text) ? "@aura-public" : null;
}
