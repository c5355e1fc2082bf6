import { type Check, failed, passed, unknown } from "./check.js";
import { decodeJsonObject } from "./json-object.js";
import { publicHost } from "./public-host.js";

/**
 * Tokens of 1Password's service accounts: `ops_` and base64url of a JSON object that holds the sign-in address and the
 * keys.
 * https://developer.1password.com/docs/service-accounts/security/
 */
export function checkOnepasswordToken(secret: string): Check {
  const [, encoded] = /^ops_(eyJ[\w-]+={0,2})$/.exec(secret) ?? [];
  if (encoded === undefined) return unknown();
  const object = decodeJsonObject(encoded);
  if (object === null) return failed("no JSON in it");
  const address = object["signInAddress"];
  if (typeof address !== "string") return failed("no sign-in address in it");
  return passed(publicHost(address));
}
