import { linkSync, lstatSync, readFileSync } from "node:fs";
import { replaceFile } from "../files/replace-file.js";
import { randomBytes } from "../text/crypto.js";
import { forgetName } from "./at-work.js";
import { codeOf, LedgerError, orAbsent, orLedgerError } from "./ledger-error.js";

const KEY_BYTES = 32;

/** The key in the file, made when it is first asked for. Throws a LedgerError. */
export function auditKey(path: string): Buffer {
  return knownAuditKey(path) ?? makeKey(path);
}

/** The key in the file, or null where none was made yet. Throws a LedgerError where the file holds no key. */
export function knownAuditKey(path: string): Buffer | null {
  return orLedgerError("read the key that signs what retention drops", path, () => {
    const stats = orAbsent(() => lstatSync(path));
    if (stats === null) return null;
    const key = stats.isFile() ? readFileSync(path) : null;
    if (key?.length === KEY_BYTES) return key;
    const text = `The ledger cannot use its key: the file holds none (${path}). Put the right one back; without it, what retention dropped cannot be verified.`;
    throw new LedgerError("damaged", text);
  });
}

function makeKey(path: string): Buffer {
  const own = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  return orLedgerError("keep the key that signs what retention drops", path, () => {
    const key = randomBytes(KEY_BYTES);
    replaceFile(own, key, 0o600);
    try {
      // Unlike a rename, this leaves the key of whoever was first.
      linkSync(own, path);
      return key;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
      return knownAuditKey(path) ?? key;
    } finally {
      forgetName(own);
    }
  });
}
