import { decodeBase32 } from "./base32.js";
import { byChecksum, type Check, failed, unknown } from "./check.js";

/** The version byte of a secret seed: its first character is then always `S`. */
const SEED = 18 << 3;

/**
 * Stellar's secret seeds: base32 of a version byte, 32 bytes, and the CRC-16 (XModem) of those, the lower byte first.
 * https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0023.md
 */
export function checkStellarSeed(secret: string): Check {
  if (!/^S[A-Z0-9]{55}$/.test(secret)) return unknown();
  const bytes = decodeBase32(secret);
  if (bytes === null || bytes[0] !== SEED) return failed("no Stellar seed");
  return byChecksum(crc16(bytes.subarray(0, -2)) === bytes.readUInt16LE(bytes.length - 2));
}

function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
