import { decodeBase32 } from "./base32.js";
import { type Check, failed, passed, unknown } from "./check.js";

/**
 * AWS key ids: four letters for the kind, 16 of base32. In newer ones the first bit is set and the next 40
 * are the account's number; it has twelve decimal digits, so one random id in twelve names no account. What older ones
 * hold is not known. The number itself is not told: it is half of the id, and whoever knows it can write down the
 * letters that the preview hides.
 * https://labs.withsecure.com/publications/a-bitwise-analysis-of-aws-access-key-identifiers
 */
export function checkAwsKeyId(secret: string): Check {
  const [, body] = /^A[A-Z0-9]{3}([A-Z0-9]{16})$/.exec(secret) ?? [];
  if (body === undefined) return unknown();
  const bytes = decodeBase32(body);
  // AWS prints examples of its own that are no base32: AKIAI44QH8DHBEXAMPLE.
  if (bytes === null) return failed("no base32");
  const head = bytes.readUIntBE(0, 6);
  if (head < 2 ** 47) return unknown();
  const account = Math.floor(head / 2 ** 7) % 2 ** 40;
  if (account >= 1e12) return failed("names no account");
  return passed("its account number is well-formed");
}
