import { decodeBase64 } from "./base64.js";
import { type Check, failed, passed, unknown } from "./check.js";
import { readMacaroon } from "./macaroon.js";

/**
 * PyPI's tokens: `pypi-` and a macaroon in base64url, made at pypi.org or test.pypi.org.
 * https://docs.pypi.org/api/secrets/, https://github.com/pypi/warehouse/tree/main/warehouse/macaroons
 */
export function checkPypiToken(secret: string): Check {
  const [, encoded] = /^pypi-([\w-]+={0,2})$/.exec(secret) ?? [];
  if (encoded === undefined) return unknown();
  const bytes = decodeBase64(encoded);
  const macaroon = bytes === null ? null : readMacaroon(bytes);
  return macaroon?.location === "pypi.org" || macaroon?.location === "test.pypi.org"
    ? passed(`made at ${macaroon.location}`)
    : failed("no whole macaroon");
}
