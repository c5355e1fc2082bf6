import { decodeBase64 } from "./base64.js";
import { type Check, passed, unknown } from "./check.js";

/**
 * HashiCorp Vault's tokens. A service token (`hvs.`) that every server can check by itself is base64url of a version, a
 * code of 32 bytes and the token, in protocol buffers; a batch token (`hvb.`) begins with the number of its key. Others
 * are random characters, which tell nothing.
 * https://developer.hashicorp.com/vault/docs/concepts/tokens
 */
export function checkVaultToken(secret: string): Check {
  const [, kind, encoded] = /^(hv[sb])\.([\w-]{32,600}={0,2})$/.exec(secret) ?? [];
  const bytes = encoded === undefined ? null : decodeBase64(encoded);
  if (bytes === null) return unknown();
  return (kind === "hvs" ? isSigned(bytes) : bytes.readUInt16BE(0) === 0) ? passed() : unknown();
}

const VERSION_1 = [0x08, 0x01];
const CODE_LENGTH = 32;

/** Field 1, the version; field 2, the code; field 3, the token, up to the end. */
function isSigned(bytes: Buffer): boolean {
  const head = [...VERSION_1, 0x12, CODE_LENGTH];
  const token = head.length + CODE_LENGTH;
  return (
    head.every((byte, at) => bytes[at] === byte) &&
    bytes[token] === 0x1a &&
    bytes[token + 1] === bytes.length - token - 2
  );
}
