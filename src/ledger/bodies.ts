import { lstatSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { replaceFile } from "../files/replace-file.js";
import { createHash } from "../text/crypto.js";
import { codeOf, LedgerError, ledgerError, orAbsent } from "./ledger-error.js";
import { makeFolder, placesIn, syncFolder } from "./ledger-folder.js";

// Loaded by the first body.
const zlib = (): typeof import("node:zlib") => process.getBuiltinModule("node:zlib");

/** Bodies are small and there are many: the levels above cost ten times as much and gain a few in a hundred. */
const QUALITY = 6;

/** What a body that compaction takes away is called until it is gone. */
export const LEAVING = ".leaving";

/** Whether it names a body: a SHA-256, in hex. */
export const isBodyHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash);

/** Where a body lies by its hash. */
export function bodyPath(folder: string, hash: string): string {
  return join(placesIn(folder).bodies, hash.slice(0, 2), `${hash.slice(2)}.br`);
}

/**
 * Puts bodies on disk, each once, and gives back the hash of each.
 *
 * One that is there gets a new time: compaction leaves the young ones, which a record may be about to name.
 */
export function bodyKeeper(folder: string): (wireBody: string) => Promise<string> {
  const onDisk = new Set<string>();
  return async (wireBody) => {
    const hash = createHash("sha256").update(wireBody).digest("hex");
    const path = bodyPath(folder, hash);
    const shelf = join(path, "..");
    try {
      if (!touch(path)) {
        const { brotliCompress, constants } = zlib();
        const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
        const bytes = Buffer.from(wireBody);
        const params = { [BROTLI_PARAM_QUALITY]: QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
        const packed = await promisify(brotliCompress)(bytes, { params });
        makeFolder(shelf, 0o700, true);
        replaceFile(path, packed, 0o600);
      } else if (onDisk.has(hash)) return hash;
      // Another writer may have put it there a moment ago.
      syncFolder(shelf);
      onDisk.add(hash);
      return hash;
    } catch (error) {
      throw ledgerError(error, "keep a body", path);
    }
  };
}

/** Gives a body the present time; whether it is there, whole or at least not empty. */
function touch(path: string): boolean {
  const now = new Date();
  return (
    orAbsent(() => {
      const stats = lstatSync(path);
      if (!stats.isFile() || stats.size === 0) return false;
      utimesSync(path, now, now);
      return true;
    }) === true
  );
}

/** What lies where a body should: its text, nothing, or something else. */
export type ReadBody =
  | { readonly what: "text"; readonly text: string }
  | { readonly what: "missing" }
  | { readonly what: "changed"; readonly message: string };

/** Reads a body and looks whether it is the one that its hash names. */
export function readBody(folder: string, hash: string): ReadBody {
  if (!isBodyHash(hash)) return { what: "missing" };
  const path = bodyPath(folder, hash);
  const packed = readPacked(path) ?? readPacked(path + LEAVING);
  if (packed === null) return { what: "missing" };
  const changed: ReadBody = {
    what: "changed",
    message: `the body ${hash} is not the text that its hash names (${path})`,
  };
  try {
    const bytes = zlib().brotliDecompressSync(packed);
    const real = createHash("sha256").update(bytes).digest("hex");
    return real === hash ? { what: "text", text: bytes.toString("utf8") } : changed;
  } catch (error) {
    // Node's decompression gives its own codes; anything without one is a fault of ours.
    if (codeOf(error) === null) throw error;
    return changed;
  }
}

function readPacked(path: string): Buffer | null {
  try {
    return orAbsent(() => readFileSync(path));
  } catch (error) {
    throw ledgerError(error, "read a body", path);
  }
}

/** The body as it was on the wire; null where there is none. One that was changed since is a LedgerError, never a body. */
export function bodyOf(folder: string, hash: string): string | null {
  const body = readBody(folder, hash);
  if (body.what !== "changed") return body.what === "text" ? body.text : null;
  throw new LedgerError("damaged", `The ledger is damaged: ${body.message}. Run aura-scan audit --verify.`);
}

/** Deletes a body's text for good; how many bytes that frees. */
export function removeBody(folder: string, hash: string): number {
  if (!isBodyHash(hash)) return 0;
  const path = bodyPath(folder, hash);
  let freed = 0;
  try {
    for (const one of [path, path + LEAVING]) {
      freed += orAbsent(() => lstatSync(one).size) ?? 0;
      rmSync(one, { force: true });
    }
    orAbsent(() => syncFolder(join(path, "..")));
  } catch (error) {
    throw ledgerError(error, "delete a body", path);
  }
  return freed;
}
