// DER, as far as an X.509 certificate needs it: every value is its tag, its length and its content (X.690, section 8).

/** One value: 30 03 02 01 05 is a SEQUENCE of 3 bytes that holds the INTEGER 5. */
function value(tag, ...content) {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

/** Below 128 one byte; else the number of length bytes with the top bit set, then those bytes. */
function lengthOf(length) {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = bytesOf(length);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function bytesOf(number) {
  const bytes = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes.length === 0 ? [0] : bytes;
}

export const sequence = (...items) => value(0x30, ...items);
export const set = (...items) => value(0x31, ...items);
export const boolean = (truth) => value(0x01, Buffer.from([truth ? 0xff : 0]));
export const utf8 = (text) => value(0x0c, Buffer.from(text));
export const octets = (bytes) => value(0x04, bytes);
/** Bits; `unused` of the last byte's do not count. */
export const bits = (bytes, unused = 0) => value(0x03, Buffer.from([unused]), bytes);
/** `[number] IMPLICIT` for plain bytes, `explicit` for a value within. */
export const implicit = (number, bytes) => value(0x80 | number, bytes);
export const explicit = (number, ...items) => value(0xa0 | number, ...items);

/** A number that is not negative, as its big-endian bytes: no needless zero in front, one where the top bit is set. */
export function integer(bytes) {
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const trimmed = bytes.subarray(from);
  return value(0x02, trimmed[0] & 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed);
}

/** `1.2.840.10045.4.3.2`: the first two numbers in one byte, the others in seven bits a byte, the last byte's top bit 0. */
export function objectId(dotted) {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const groups = rest.map((number) => {
    const sevens = [number % 128];
    for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128))
      sevens.unshift(0x80 | (left % 128));
    return Buffer.from(sevens);
  });
  return value(0x06, Buffer.from([first * 40 + second]), ...groups);
}

/** Until 2049 UTCTime with two digits of the year, from 2050 GeneralizedTime (RFC 5280, section 4.1.2.5). */
export function time(date) {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:T]/g, "");
  return date.getUTCFullYear() < 2050
    ? value(0x17, Buffer.from(digits.slice(2)))
    : value(0x18, Buffer.from(digits));
}
