import { randomBytes } from "../text/crypto.js";

/** Crockford's base32: no I, L, O or U, and in the order of ASCII. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

/** A record id, or a writer's name. */
export const RECORD_ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/**
 * Makes ids of 26 characters: 10 of time, 16 at random, so that they sort as they were made and two writers never
 * make the same. Within a millisecond, and while the clock is behind, they count on from the last.
 */
export function recordIds(now: () => number): () => string {
  let time = -1;
  let tail: number[] = [];
  return () => {
    const at = Math.floor(now());
    if (at > time || !countOn(tail)) {
      time = Math.max(at, time + (at > time ? 0 : 1));
      tail = [...randomBytes(RANDOM_DIGITS)].map((byte) => byte % 32);
    }
    return timeDigits(time) + tail.map((digit) => DIGITS[digit]).join("");
  };
}

/** Adds one; whether there was room. */
function countOn(digits: number[]): boolean {
  for (let at = digits.length - 1; at >= 0; at--) {
    const digit = (digits[at] ?? 0) + 1;
    digits[at] = digit % 32;
    if (digit < 32) return true;
  }
  return false;
}

function timeDigits(time: number): string {
  let rest = Math.max(0, time);
  let text = "";
  for (let at = 0; at < TIME_DIGITS; at++) {
    text = `${DIGITS[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
}
