import { type Check, failed, impossible, passed, unknown } from "./check.js";
import { HASH_FORMS } from "./password-hash-forms.js";

/**
 * A password's hash, alone, or after a user's name as in `.htpasswd` and in a shadow file. It passes when it has the
 * form and the length of an algorithm, and fails when it begins like one and has another length.
 */
export function checkPasswordHash(secret: string): Check {
  const text = secret.trim();
  const alone = checkHash(text);
  if (alone.outcome !== "unknown" || !text.includes(":")) return alone;
  return checkHash(text.split(":", 2)[1] ?? "");
}

function checkHash(hash: string): Check {
  // A locked account, or one whose hash stands elsewhere.
  if (/^[!*x]{1,2}$/.test(hash)) return impossible("no hash");
  if (EMPTY.has(hash.toLowerCase())) return unknown("hash of no password");
  const form = HASH_FORMS.find(({ start }) => start.test(hash));
  if (form === undefined) return unknown();
  return form.whole.test(hash) ? passed(form.note(hash)) : failed("hash is cut");
}

/** The NT hash, MD5 and SHA-1 of nothing, and the LM and NT hashes of nothing. */
const EMPTY: ReadonlySet<string> = new Set([
  "31d6cfe0d16ae931b73c59d7e0c089c0",
  "d41d8cd98f00b204e9800998ecf8427e",
  "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "aad3b435b51404eeaad3b435b51404ee:31d6cfe0d16ae931b73c59d7e0c089c0",
]);
