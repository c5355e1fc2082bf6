import { createHash, createHmac } from "../../text/crypto.js";

/**
 * Marks for values that are the same on every machine with the same `key`: 128 bits, keyed, so that whoever has the
 * report and not the key cannot try values on them.
 */
export function valueMarks(key: string): (secret: string) => string {
  const secretKey = createHash("sha256").update(`aura-scan/shard-key/1\n${key}`).digest();
  return (secret) => createHmac("sha256", secretKey).update(secret, "utf8").digest("hex").slice(0, 32);
}
