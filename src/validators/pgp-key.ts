import { decodeBase64 } from "./base64.js";
import { type Check, failed, impossible, passed, unknown } from "./check.js";
import { firstPemBlock } from "./pem.js";
import { isPgpKeyEncrypted, pgpPackets, SECRET_KEY } from "./pgp-packet.js";

/** In characters of base64: below it nobody began to write a key. */
const SHORTEST_START = 16;

/**
 * An OpenPGP private key in ASCII armor: headers, base64, and in most a line of `=` and the CRC-24 of the bytes, which
 * are packets, a secret key's first.
 * https://www.rfc-editor.org/rfc/rfc9580#name-forming-ascii-armor
 */
export function checkPgpKey(secret: string): Check {
  const block = firstPemBlock(secret);
  if (block === null) return unknown();
  if (block.body.length < SHORTEST_START) return impossible("no key between the markers");
  const hasChecksum = block.body.at(-5) === "=";
  const bytes = decodeBase64(hasChecksum ? block.body.slice(0, -5) : block.body);
  // A pattern of bounded length may end before a long key does.
  if (!block.closed) return unknown();
  if (bytes === null) return failed("key does not decode");
  if (hasChecksum && crc24(bytes) !== decodeBase64(block.body.slice(-4))?.readUIntBE(0, 3)) {
    return failed("checksum does not hold");
  }
  const packets = pgpPackets(bytes);
  if (packets?.[0]?.type !== SECRET_KEY)
    return hasChecksum ? passed("checksum holds") : failed("key does not parse");
  const encrypted = isPgpKeyEncrypted(packets[0].body);
  return passed(encrypted === true ? "PGP, encrypted" : encrypted === false ? "PGP, not encrypted" : "PGP");
}

function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x800000 ? 0x1864cfb : 0);
  }
  return crc & 0xffffff;
}
