import { ASCII, type CharSet, OTHERS } from "./ast.js";

/** The columns of a row behind those of the ASCII characters: one for each kind of `OTHERS`, and for what is no character. */
const REST = ASCII;
const SPACE = ASCII + 1;
const LONG_S = ASCII + 2;
const KELVIN = ASCII + 3;
/** Half a character, or one of two units: see `TWO`. */
const SURROGATE = ASCII + 4;
/** Behind the text. */
export const END = ASCII + 5;

/** What a row says of a column: that the class does not hold it, that it does, that it does and may be of two units. */
export const ONE = 1;
export const TWO = 2;

const WIDTH = 256;

let table = new Uint8Array(64 * WIDTH);
let used = 0;
const rows = new Map<string, number>();
const sets = [new WeakMap<CharSet, number>(), new WeakMap<CharSet, number>()] as const;

/** All rows: what a class holds is told by one look, at its row plus a column. Rows stay where they are; the table may not. */
export function rowTable(): Uint8Array {
  return table;
}

/** Where the row of `set` begins; `end`: the end of the text counts as held. */
export function rowOf(set: CharSet, end = false): number {
  const ofSets = sets[end ? 1 : 0];
  const known = ofSets.get(set);
  if (known !== undefined) return known;
  const key = `${set.words.join()},${set.others},${end}`;
  const row = rows.get(key) ?? made(set, end);
  rows.set(key, row);
  ofSets.set(set, row);
  return row;
}

function made({ words, others }: CharSet, end: boolean): number {
  const row = used;
  used += WIDTH;
  if (used > table.length) {
    const larger = new Uint8Array(table.length * 2);
    larger.set(table);
    table = larger;
  }
  for (let code = 0; code < ASCII; code++) table[row + code] = ((words[code >> 5] ?? 0) >>> (code & 31)) & 1;
  table[row + REST] = others & OTHERS.rest ? ONE : 0;
  table[row + SPACE] = others & OTHERS.spaces ? ONE : 0;
  table[row + LONG_S] = others & OTHERS.longS ? ONE : 0;
  table[row + KELVIN] = others & OTHERS.kelvin ? ONE : 0;
  table[row + SURROGATE] = others & OTHERS.rest ? TWO : 0;
  table[row + END] = end ? ONE : 0;
  return row;
}

/** The column of a UTF-16 unit. */
export function columnOf(unit: number): number {
  return unit < ASCII ? unit : columnBeyond(unit);
}

/** The column of what stands at `at`. */
export function columnAt(text: string, at: number): number {
  return at < text.length ? columnOf(text.charCodeAt(at)) : END;
}

function columnBeyond(unit: number): number {
  if (isSurrogate(unit)) return SURROGATE;
  if (unit === 0x17f) return LONG_S;
  if (unit === 0x212a) return KELVIN;
  return isSpace(unit) ? SPACE : REST;
}

/** The white space of Unicode beyond ASCII (https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt). */
function isSpace(unit: number): boolean {
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  if (unit < 0x2000) return unit === 0x1680;
  return (
    unit <= 0x200a ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}

/** Whether one character of two units stands at `at`. */
export function isPairAt(text: string, at: number): boolean {
  const [high, low] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
}
