/** `0-9A-Za-z`, as GitHub and npm write numbers. */
export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The whole number `value` from 0 to 2^53 in the digits of `alphabet`, filled up in front to `width` of them. */
export function writeNumber(value: number, alphabet: string, width: number): string {
  let out = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / alphabet.length)) {
    out = `${alphabet[rest % alphabet.length]}${out}`;
  }
  return out.padStart(width, alphabet[0]);
}
