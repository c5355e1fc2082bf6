import { isUtf8 } from "node:buffer";

/**
 * The bytes of `text` in base64, of either alphabet and with or without padding (RFC 4648 sections 4 and 5); null where
 * it holds anything else, or ends as no encoder ends it.
 */
export function decodeBase64(text: string): Buffer | null {
  const digits = text.replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/_-]*$/.test(digits) || !endsWhole(digits)) return null;
  return Buffer.from(digits, "base64");
}

/** Of the last digit, the bits that fill no byte are zero. */
function endsWhole(digits: string): boolean {
  const tail = digits.slice(digits.length - (digits.length % 4));
  return Buffer.from(tail, "base64").toString("base64url") === tail.replaceAll("+", "-").replaceAll("/", "_");
}

/** The text of `encoded`, in base64; null where it is not base64 of UTF-8. */
export function decodeBase64Text(encoded: string): string | null {
  const bytes = decodeBase64(encoded);
  return bytes !== null && isUtf8(bytes) ? bytes.toString("utf8") : null;
}
