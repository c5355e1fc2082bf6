import { type Check, failed, passed } from "./check.js";
import { sshKeyKind, sshReader } from "./ssh-reader.js";

export const OPENSSH_MAGIC = "openssh-key-v1\0";

/**
 * A key of OpenSSH's own form, which `bytes` begin with the magic of:
 *
 *     "openssh-key-v1\0" cipher kdf kdf-options 1 public-key private-section
 *
 * Where the cipher is `none`, the private section begins with one random number twice, and its padding counts 1, 2, 3.
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function checkOpensshKey(bytes: Buffer): Check {
  const reader = sshReader(bytes.subarray(OPENSSH_MAGIC.length));
  const cipher = reader.text();
  reader.bytes();
  reader.bytes();
  const count = reader.number();
  const publicKey = reader.bytes();
  const secret = reader.bytes();
  if (cipher === null || count === null || publicKey === null || secret === null) return failed("key is cut");
  const kind = sshKeyKind(publicKey);
  if (cipher !== "none") return passed(`${kind}, encrypted`);
  return secret.length >= 8 && secret.readUInt32BE(0) === secret.readUInt32BE(4) && isPadded(secret)
    ? passed(kind)
    : failed("key does not parse");
}

/** To eight bytes, the least that any cipher asks for. */
function isPadded(secret: Buffer): boolean {
  const last = secret[secret.length - 1] ?? 0;
  if (secret.length % 8 !== 0) return false;
  // A key that fills its blocks has no padding, and ends in its comment.
  if (last > 8) return true;
  return secret.subarray(secret.length - last).every((byte, at) => byte === at + 1);
}
