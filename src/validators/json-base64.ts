import { decodeBase64Text } from "./base64.js";
import { type Check, failed, passed } from "./check.js";

/** A value that is JSON, an object or a list, in base64 (RFC 8259, RFC 4648). */
export function checkJsonBase64(secret: string): Check {
  const text = decodeBase64Text(secret.trim());
  if (text === null) return failed("no text in base64");
  if (!/^\s*[[{]/.test(text)) return failed("no JSON in it");
  try {
    JSON.parse(text);
    return passed();
  } catch {
    return failed("no whole JSON");
  }
}
