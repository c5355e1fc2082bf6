import { type Check, failed, passed, unknown } from "./check.js";
import { decodeJsonObject } from "./json-object.js";

/**
 * Sentry's organization tokens: `sntrys_`, base64 of a JSON object with `iat`, `url`, `region_url` and `org`, `_`, and
 * 43 random characters. Its user tokens (`sntryu_`) say nothing of themselves.
 * https://github.com/getsentry/rfcs/blob/main/text/0091-ci-upload-tokens.md
 */
export function checkSentryToken(secret: string): Check {
  const [, facts] = /^sntrys_(eyJ[0-9A-Za-z+/=_-]+)_[0-9A-Za-z+/]{43}$/.exec(secret) ?? [];
  if (facts === undefined) return unknown();
  const object = decodeJsonObject(facts);
  const isWhole = object !== null && object["iat"] !== undefined && typeof object["org"] === "string";
  return isWhole ? passed() : failed("no facts in it");
}
