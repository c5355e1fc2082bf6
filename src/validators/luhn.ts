import { byChecksum, type Check, impossible, unknown } from "./check.js";

/**
 * A payment card's number: 12 to 19 digits, in groups or not, of which the last is a checksum (ISO/IEC 7812-1). What
 * payment providers print for tests is none.
 * https://docs.stripe.com/testing
 */
export function checkLuhn(secret: string): Check {
  if (secret.length > 40 || !/^\d(?:[ -]?\d)*$/.test(secret)) return unknown();
  const digits = secret.replace(/[ -]/g, "");
  if (digits.length < 12 || digits.length > 19) return unknown();
  if (new Set(digits).size === 1) return impossible("one digit only");
  if (TEST_NUMBERS.has(digits)) return unknown("test card");
  return byChecksum(sum(digits) % 10 === 0);
}

const TEST_NUMBERS: ReadonlySet<string> = new Set(
  "4242424242424242 4000056655665556 5555555555554444 2223003122003222 5200828282828210 5105105105105100 378282246310005 371449635398431 6011111111111117 6011000990139424 3056930009020004 36227206271667 3566002020360505 6200000000000005 4111111111111111 4012888888881881 4000000000000002".split(
    " ",
  ),
);

/** Every second digit from the right counts twice, and of a result above nine its digits' sum. */
function sum(digits: string): number {
  return [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
}
