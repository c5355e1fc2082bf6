/** Whether `value` is a UUID, in the form of RFC 9562, with braces or `urn:uuid:` or without. */
export function isUuid(value: string): boolean {
  return /^(?:urn:uuid:|\{)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(value);
}

/** In characters: MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512. */
const HEX_LENGTHS: ReadonlySet<number> = new Set([32, 40, 56, 64, 96, 128]);

/**
 * Whether `value` looks like a hash of content: hex of a hash's length in one case, with `sha256:` and the like before
 * it or without; subresource integrity (`sha384-` and base64, https://www.w3.org/TR/SRI/); a line of go.sum (`h1:`,
 * https://go.dev/ref/mod#go-sum-files); an IPFS content id (`Qm…`, `bafy…`, https://github.com/multiformats/cid).
 * Many keys are 32 digits of hex too, so this alone tells nothing of them.
 */
export function isHashShape(value: string): boolean {
  const hex = value.replace(/^(?:md5|sha-?(?:1|224|256|384|512)|blake2[bs]|blake3)[:=-]/i, "");
  if (HEX_LENGTHS.has(hex.length) && (/^[0-9a-f]+$/.test(hex) || /^[0-9A-F]+$/.test(hex))) return true;
  return isIntegrity(value) || /^h1:[0-9A-Za-z+/]{43}=$/.test(value) || isContentId(value);
}

/** A value of `integrity` may hold several hashes, and options after each. */
function isIntegrity(value: string): boolean {
  const hash =
    /^(?:sha1-[0-9A-Za-z+/]{27}=|sha256-[0-9A-Za-z+/]{43}=|sha384-[0-9A-Za-z+/]{64}|sha512-[0-9A-Za-z+/]{86}==)(?:\?\S*)?$/;
  return value.length > 0 && value.split(" ").every((part) => hash.test(part));
}

function isContentId(value: string): boolean {
  return /^Qm[1-9A-HJ-NP-Za-km-z]{44}$/.test(value) || /^baf[ky][a-z2-7]{55}$/.test(value);
}
