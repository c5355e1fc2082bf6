import { createHash } from "../text/crypto.js";
import { type Check, impossible, unknown } from "./check.js";

/** The order of secp256k1 (https://www.secg.org/sec2-v2.pdf): a private key is below it. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** An Ethereum private key: 32 bytes in hex, from one to the order of the curve. It carries no checksum. */
export function checkEthereumKey(secret: string): Check {
  const [, digits] = /^(?:0x)?([0-9a-f]{64})$/i.exec(secret) ?? [];
  if (digits === undefined) return unknown();
  if (new Set(digits.toLowerCase()).size === 1) return impossible("one digit only");
  const value = BigInt(`0x${digits}`);
  if (value === 0n || value >= ORDER) return impossible("outside the curve");
  const digest = createHash("sha256").update(digits.toLowerCase()).digest("hex");
  return TEST_KEYS.has(digest) ? unknown("test account") : unknown();
}

/** SHA-256 of the first accounts that development networks give to everybody, https://hardhat.org/hardhat-network. */
const TEST_KEYS: ReadonlySet<string> = new Set([
  "bc1a50966c9e6486bc4ebf880b51611a2a97fcb8e7a6976e9b81a9e3e8ca0e3c",
  "8335c55334821eefd4334369ff9c04a8594f161013cf9d87f58802d87297837e",
  "b26ab6529d20ebebb4192256f202984754f785481c64b1a1aed58cac93b3617e",
]);
