import { byChecksum, type Check, failed, unknown } from "./check.js";

const ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/**
 * Bech32: a name, `1`, and data whose last six characters are a checksum of both. Secret keys of age
 * (`AGE-SECRET-KEY-1…`, https://age-encryption.org/v1) and of Nostr (`nsec1…`, NIP-19) are written so.
 * https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki
 */
export function checkBech32(secret: string): Check {
  const text = secret.toLowerCase();
  const separator = text.lastIndexOf("1");
  if (secret.length > 4096 || separator < 1 || /[^!-~]/.test(text)) return unknown();
  if (secret !== text && secret !== secret.toUpperCase()) return failed("upper and lower case");
  const values = [...text.slice(separator + 1)].map((letter) => ALPHABET.indexOf(letter));
  if (values.length < 6 || values.includes(-1)) return failed("no bech32");
  const name = [...Buffer.from(text.slice(0, separator))];
  return byChecksum(
    polynomial([...name.map((byte) => byte >> 5), 0, ...name.map((byte) => byte & 31), ...values]) === 1,
  );
}

function polynomial(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATORS.entries()) if ((top >> bit) & 1) sum ^= generator;
  }
  return sum;
}
