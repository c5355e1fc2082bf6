import { decodeBase64Text } from "./base64.js";
import { type Check, impossible, passed, unknown } from "./check.js";

/**
 * User and password in base64, joined by `:`, as in the header `Authorization: Basic` and in `auth` of Docker's
 * configuration.
 * https://www.rfc-editor.org/rfc/rfc7617, https://docs.docker.com/reference/cli/docker/login/
 */
export function checkBasicAuth(secret: string): Check {
  const text = decodeBase64Text(secret.replace(/^Basic\s{1,4}/i, "").trim());
  if (text === null || /\p{Cc}/u.test(text.replace(/\n$/, ""))) return impossible("no text in base64");
  const colon = text.indexOf(":");
  if (colon < 0) return impossible("no password in it");
  if (EXAMPLES.has(text)) return unknown("documentation example");
  const password = text.slice(colon + 1).trim();
  if (password === "") return colon === 0 ? impossible("no password in it") : unknown("no password");
  return passed();
}

/** Of RFC 7617 and of Mozilla's pages. */
const EXAMPLES: ReadonlySet<string> = new Set(["Aladdin:open sesame", "Aladdin:OpenSesame", "test:123£"]);
