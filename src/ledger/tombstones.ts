import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../files/replace-file.js";
import { bodyPath, isBodyHash } from "./bodies.js";
import { LedgerError, orAbsent, orLedgerError } from "./ledger-error.js";
import { makeFolder, placesIn, syncFolder } from "./ledger-folder.js";

const ENDING = ".scrubbed";

/** Where it is told that a body was scrubbed: beside the place of the body. */
export function tombstonePath(folder: string, hash: string): string {
  return bodyPath(folder, hash).replace(/\.br$/, ENDING);
}

/** Lays a tombstone where a body is, or was: from here on no process keeps that text again. On disk when it returns. */
export function layTombstone(folder: string, hash: string, at: string): void {
  if (!isBodyHash(hash) || scrubbedAt(folder, hash) !== null) return;
  const path = tombstonePath(folder, hash);
  const shelf = join(path, "..");
  makeFolder(shelf, 0o700, true);
  orLedgerError("write down that a body was scrubbed", path, () => {
    replaceFile(path, Buffer.from(`${at}\n`), 0o600);
    syncFolder(shelf);
  });
}

/** When the text of this hash was scrubbed, in ISO 8601; null where it was not. */
export function scrubbedAt(folder: string, hash: string): string | null {
  const path = tombstonePath(folder, hash);
  const text = orLedgerError("look whether a body was scrubbed", path, () =>
    orAbsent(() => readFileSync(path, "utf8")),
  );
  return text === null ? null : text.trim();
}

/** Throws a LedgerError where the text of this hash was scrubbed. */
export function refuseScrubbed(folder: string, hash: string): void {
  const at = scrubbedAt(folder, hash);
  if (at === null) return;
  const day = Number.isNaN(Date.parse(at)) ? "an unknown day" : at.slice(0, 10);
  const text = `its text was scrubbed from the ledger on ${day}: what had to be scrubbed does not leave again; take the secret out`;
  throw new LedgerError("scrubbed", text);
}

/** Or what was left of one by a process that was killed. */
const TOMBSTONE = /^([0-9a-f]{62})\.scrubbed(?:\..*)?$/;

/** Takes the tombstones away whose hash no record names any more. */
export function sweepTombstones(folder: string, named: ReadonlySet<string>): void {
  const { bodies } = placesIn(folder);
  const list = (path: string): readonly string[] => orAbsent(() => readdirSync(path)) ?? [];
  orLedgerError("take tombstones away", bodies, () => {
    for (const shelf of list(bodies)) {
      if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
      for (const file of list(join(bodies, shelf))) {
        const rest = TOMBSTONE.exec(file)?.[1];
        if (rest !== undefined && !named.has(shelf + rest))
          rmSync(join(bodies, shelf, file), { force: true });
      }
    }
  });
}
