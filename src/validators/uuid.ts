import { type Check, impossible, unknown } from "./check.js";
import { isUuid } from "./hash-shapes.js";

/**
 * A UUID that is a secret: nothing in it tells, but the nil one, those that people type, and those that documents print
 * are none.
 * https://www.rfc-editor.org/rfc/rfc9562
 */
export function checkUuid(secret: string): Check {
  if (!isUuid(secret)) return unknown();
  const groups = secret
    .toLowerCase()
    .replace(/^urn:uuid:|[{}]/g, "")
    .split("-");
  const digits = groups.join("");
  if (PRINTED.has(digits)) return impossible("documentation example");
  if (groups.every(isOneDigit) || new Set(digits).size <= 2) return impossible("no random digits");
  if (groups.every(isCounted) || TYPED.some((start) => digits.startsWith(start))) {
    return impossible("digits in order");
  }
  return unknown();
}

/** Of RFC 9562 and its forerunners, of Wikipedia, and the name spaces that every implementation holds. */
const PRINTED: ReadonlySet<string> = new Set([
  "f81d4fae7dec11d0a76500a0c91e6bf6",
  "123e4567e89b12d3a456426614174000",
  "123e4567e89b12d3a456426655440000",
  "550e8400e29b41d4a716446655440000",
  "6ba7b8109dad11d180b400c04fd430c8",
  "6ba7b8119dad11d180b400c04fd430c8",
  "6ba7b8129dad11d180b400c04fd430c8",
  "6ba7b8149dad11d180b400c04fd430c8",
]);

/** How people begin when they fill one in by hand. */
const TYPED = [
  "0123456789abcdef",
  "123456789abcdef0",
  "1234567890abcdef",
  "a1b2c3d4e5f6",
  "abcdef0123456789",
];

const isOneDigit = (group: string): boolean => new Set(group).size === 1;

/** 12345678-1234-1234-1234-123456789012 */
const isCounted = (group: string): boolean =>
  ["0123456789abcdef", "1234567890123456"].some((row) => row.startsWith(group));
