import type { Span } from "../text/lines.js";

/** Characters of base64 and base64url, by their code. */
const IS_BASE64 = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") {
  IS_BASE64[character.charCodeAt(0)] = 1;
}

/** Whether a UTF-16 unit is a character of base64 or base64url. */
export function isBase64(unit: number): boolean {
  return IS_BASE64[unit] === 1;
}

/** Every run of at least `length` such characters: only each `length`-th place is looked at where there is none. */
export function* base64Stretches(text: string, length: number): Generator<Span> {
  let behind = 0;
  for (let at = length - 1; at < text.length; at += length) {
    if (!isBase64(text.charCodeAt(at))) continue;
    let start = at;
    let end = at + 1;
    while (start > behind && isBase64(text.charCodeAt(start - 1))) start--;
    while (isBase64(text.charCodeAt(end))) end++;
    behind = end;
    if (end - start >= length) yield { start, end };
    at = Math.max(at, end - 1);
  }
}
