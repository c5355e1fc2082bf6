/**
 * The hash by which GitHub's code scanning knows a line again, `primaryLocationLineHash`: of the first hundred characters
 * from the line's beginning on, spaces and tabs left out, running on into later lines; 64 bits, rolling, so that a text is
 * gone through once. Behind it stands the how-manieth line of the text this is with that hash: `c129715d7a2bc9a3:1`.
 */

/** Characters that one hash is made of. */
const WINDOW = 100;

/** h = 37 * h + c, all modulo 2^64. */
const BASE = 37;

/** What stands behind a text's last character, once; then come zeros. */
const END = 65535;

const LEAVING = BigInt.asUintN(64, BigInt(BASE) ** BigInt(WINDOW));
const LEAVING_HIGH = Number(LEAVING >> 32n);
const LEAVING_LOW = Number(LEAVING & 0xffffffffn);

const TWO_32 = 2 ** 32;

/** A line's hash, and where in the text the hundred characters end that it is made of. */
export type LineHash = { readonly hash: string; readonly end: number };

/** The hashes of the lines (from 1) of `text` that `wanted` holds; a byte order mark counts as a character. */
export function lineHashes(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, LineHash> {
  const found = new Map<number, LineHash>();
  const counts = new Map<string, number>();
  const last = Math.max(0, ...wanted);
  const window = new Uint16Array(WINDOW);
  // Which line begins at this place of the window; 0: none does.
  const begins = new Float64Array(WINDOW);
  let high = 0;
  let low = 0;
  let at = 0;
  let line = 0;
  let isLineStart = true;

  const tell = (end: number): void => {
    const told = begins[at] ?? 0;
    if (told === 0) return;
    begins[at] = 0;
    const digits = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, "0");
    const count = (counts.get(digits) ?? 0) + 1;
    counts.set(digits, count);
    if (wanted.has(told)) found.set(told, { hash: `${digits}:${count}`, end });
  };
  const take = (unit: number): void => {
    const leaving = window[at] ?? 0;
    window[at] = unit;
    // Every product stays below 2^53, so that doubles are exact.
    const grown = low * BASE + unit;
    const gone = LEAVING_LOW * leaving;
    const grownLow = grown >>> 0;
    const goneLow = gone >>> 0;
    const grownHigh = Math.imul(high, BASE) + Math.floor(grown / TWO_32);
    const goneHigh = Math.imul(LEAVING_HIGH, leaving) + Math.floor(gone / TWO_32);
    high = (grownHigh - goneHigh - (grownLow < goneLow ? 1 : 0)) >>> 0;
    low = (grownLow - goneLow) >>> 0;
    at = (at + 1) % WINDOW;
  };
  const put = (unit: number, end: number): void => {
    tell(end);
    if (isLineStart) begins[at] = ++line;
    isLineStart = unit === 10;
    take(unit);
  };

  let isAfterCr = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const isSecondOfBreak = isAfterCr && unit === 10;
    isAfterCr = unit === 13;
    if (unit === 32 || unit === 9 || isSecondOfBreak) continue;
    put(unit === 13 ? 10 : unit, index);
    if (found.size === wanted.size && line > last) return found;
  }
  put(END, text.length);
  for (let zeros = 0; zeros < WINDOW; zeros++) {
    tell(text.length);
    take(0);
  }
  return found;
}
