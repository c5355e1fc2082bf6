import { lstatSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createHash } from "../text/crypto.js";
import { codeOf, LedgerError, ledgerError, orAbsent } from "./ledger-error.js";
import { placesIn, syncFolder } from "./ledger-folder.js";

/** Loaded by the first body. */
export const zlib = (): typeof import("node:zlib") => process.getBuiltinModule("node:zlib");

/** What a body that compaction takes away is called until it is gone. */
export const LEAVING = ".leaving";

/** Whether it names a body: a SHA-256, in hex. */
export const isBodyHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash);

/** Where a body lies by its hash. */
export function bodyPath(folder: string, hash: string): string {
  return join(placesIn(folder).bodies, hash.slice(0, 2), `${hash.slice(2)}.br`);
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
      const size = orAbsent(() => lstatSync(one).size);
      if (size === null) continue;
      rmSync(one, { force: true });
      orAbsent(() => syncFolder(join(path, "..")));
      freed += size;
    }
  } catch (error) {
    throw ledgerError(error, "delete a body", path);
  }
  return freed;
}
