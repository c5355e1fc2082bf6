import type { Hash, Hmac } from "node:crypto";

// Node's cryptography takes longer to load than most commits to be read, and most need none of it.
const crypto = (): typeof import("node:crypto") => process.getBuiltinModule("node:crypto");

/** `createHash` of node:crypto, which is loaded by the first call. */
export function createHash(algorithm: string): Hash {
  return crypto().createHash(algorithm);
}

/** `createHmac`, likewise. */
export function createHmac(algorithm: string, key: Uint8Array | string): Hmac {
  return crypto().createHmac(algorithm, key);
}

/** `randomBytes`, likewise. */
export function randomBytes(size: number): Buffer {
  return crypto().randomBytes(size);
}
