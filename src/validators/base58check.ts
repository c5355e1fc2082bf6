import { createHash } from "../text/crypto.js";
import { byChecksum, type Check, failed, unknown } from "./check.js";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** In characters: an extended key has 111. Decoding takes the square of the length. */
const LONGEST = 160;

/**
 * Base58Check: bytes whose last four are the start of the SHA-256 of the SHA-256 of the others. Bitcoin's private keys
 * (`5…`, `K…`, `L…`) and extended keys (`xprv…`, `yprv…`, `zprv…`) are written so.
 * https://en.bitcoin.it/wiki/Base58Check_encoding, https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki
 */
export function checkBase58Check(secret: string): Check {
  if (secret.length === 0 || secret.length > LONGEST) return unknown();
  const bytes = decodeBase58(secret);
  if (bytes === null) return failed("no base58");
  if (bytes.length <= 4) return unknown();
  const digest = sha256(sha256(bytes.subarray(0, -4)));
  return byChecksum(digest.subarray(0, 4).equals(bytes.subarray(-4)));
}

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

function decodeBase58(text: string): Buffer | null {
  /** The number so far, the lowest byte first. */
  const bytes: number[] = [];
  for (const letter of text) {
    let carry = ALPHABET.indexOf(letter);
    if (carry < 0) return null;
    for (const [at, byte] of bytes.entries()) {
      carry += byte * 58;
      bytes[at] = carry & 0xff;
      carry >>= 8;
    }
    if (carry > 0) bytes.push(carry);
  }
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return Buffer.from([...Array<number>(zeros).fill(0), ...bytes.reverse()]);
}
