import { type NameClass, nameClass } from "./name-class.js";
import { isSecretSetting } from "./value-judgement.js";

/** What a table's column holds: what its name says of a value, or a digest whose name says nothing else. */
export type ColumnClass = NameClass | "digest";

/** Behind a password's name they say how it is kept. */
const KEPT = /[_ -]?(?:hash(?:ed)?|digest|encrypted|crypt|enc|md5|sha\d{0,3}|salted|bcrypt)$/i;

/** Before one they say no more: `encrypted_password`, `hashed_password`. */
export function columnClass(name: string): ColumnClass {
  if (/^(?:hash|digest)$/i.test(name)) return "digest";
  return nameClass(name.replace(KEPT, "") || name);
}

/**
 * Whether `value` counts in a column of that class: every digest, a password however plain, and of a secret what is a
 * token. A column of keys counts nothing: most of them number rows.
 */
export function isColumnSecret(value: string, column: ColumnClass): boolean {
  if (column === "none" || column === "key") return false;
  if (column === "digest") return isDigest(value);
  return isDigest(value) || isSecretSetting(value, column);
}

/** A digest of MD5, SHA-1, SHA-2 or MySQL, or what `crypt` makes. */
export function isDigest(value: string): boolean {
  return (
    /^(?:(?:0x)?[0-9a-f]{32}|\*?[0-9a-f]{40}|(?:0x)?[0-9a-f]{64}|[0-9a-f]{128})(?::[0-9a-z]{2,40})?$/i.test(
      value,
    ) || /^\$(?:wp\$)?[0-9a-zA-Z]{1,12}\$.{20,200}$/.test(value)
  );
}
