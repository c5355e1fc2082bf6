import { promises as files, lstatSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { HALF_WRITTEN } from "../files/replace-file.js";
import { createHash, randomBytes } from "../text/crypto.js";
import { atOnce } from "./at-once.js";
import { bodyPath, removeBody, zlib } from "./bodies.js";
import { groupCommit } from "./group-commit.js";
import { type LedgerError, ledgerError, orAbsent } from "./ledger-error.js";
import { makeFolder } from "./ledger-folder.js";
import { refuseScrubbed } from "./tombstones.js";

/** Bodies are small and there are many: the levels above cost ten times as much and gain a few in a hundred. */
const QUALITY = 6;

/** Node has four threads for files: twice as many keep them busy, and open few files. */
const WIDTH = 8;

type Body = { readonly hash: string; readonly text: string; readonly path: string; readonly shelf: string };

type Kept = { readonly hash: string } | { readonly refusal: LedgerError };

/**
 * Puts bodies on disk, each once, and gives back the hash of each. What is asked for at once goes there together: all
 * are written, then all files, and then each of their folders once, are put on disk.
 *
 * One that is there gets a new time: compaction leaves the young ones, which a record may be about to name. One that was
 * scrubbed is refused with a LedgerError.
 */
export function bodyKeeper(folder: string): (wireBody: string) => Promise<string> {
  const onDisk = new Set<string>();
  const { add } = groupCommit((texts: readonly string[]) => keepAll(folder, texts, onDisk));
  return async (wireBody) => {
    const [kept] = await add([wireBody]);
    if (kept === undefined || "refusal" in kept) throw kept?.refusal;
    return kept.hash;
  };
}

async function keepAll(
  folder: string,
  texts: readonly string[],
  onDisk: Set<string>,
): Promise<readonly Kept[]> {
  const hashes = texts.map((text) => createHash("sha256").update(text).digest("hex"));
  const bodies = new Map<string, Body>();
  for (const [at, hash] of hashes.entries()) {
    const path = bodyPath(folder, hash);
    bodies.set(hash, { hash, text: texts[at] ?? "", path, shelf: dirname(path) });
  }
  const refusals = new Map<string, LedgerError>();
  const all = [...bodies.values()];
  /** Goes through the bodies that nothing kept from it so far; gives those for which the step tells yes. */
  const step = async (
    some: readonly Body[],
    work: (body: Body) => boolean | Promise<boolean>,
  ): Promise<readonly Body[]> => {
    const done: Body[] = [];
    await atOnce(some, WIDTH, async (body) => {
      try {
        if (await work(body)) done.push(body);
      } catch (error) {
        refusals.set(body.hash, ledgerError(error, "keep a body", body.path));
      }
    });
    return done;
  };
  const found = new Set<Body>();
  const allowed = await step(all, (body) => {
    refuseScrubbed(folder, body.hash);
    if (touch(body.path)) found.add(body);
    return true;
  });
  const fresh = allowed.filter((body) => !found.has(body));
  const written = await putWhole(fresh, step);
  // Another writer may have put a body there a moment ago.
  const unsure = [...allowed.filter((body) => found.has(body) && !onDisk.has(body.hash)), ...written];
  const safe = await syncShelves(unsure, step);
  for (const { hash } of safe) onDisk.add(hash);
  // Who scrubs lays the tombstone first and then removes the body: one of the two sees the other.
  await step(allowed, (body) => {
    try {
      refuseScrubbed(folder, body.hash);
    } catch (error) {
      onDisk.delete(body.hash);
      if (!found.has(body)) removeBody(folder, body.hash);
      throw error;
    }
    return true;
  });
  return hashes.map((hash) => {
    const refusal = refusals.get(hash);
    return refusal === undefined ? { hash } : { refusal };
  });
}

type Step = (
  some: readonly Body[],
  work: (body: Body) => boolean | Promise<boolean>,
) => Promise<readonly Body[]>;

/** Writes all beside their places, then puts all on disk, and only then in their places: none is ever there half. */
async function putWhole(bodies: readonly Body[], step: Step): Promise<readonly Body[]> {
  const shelves = new Set<string>();
  const beside = new Map(
    bodies.map((body) => [body, `${body.path}.${randomBytes(4).toString("hex")}${HALF_WRITTEN}`]),
  );
  const at = (body: Body): string => beside.get(body) ?? body.path;
  try {
    const written = await step(bodies, async (body) => {
      const packed = await compressed(body.text);
      if (!shelves.has(body.shelf)) makeFolder(body.shelf, 0o700, true);
      shelves.add(body.shelf);
      writeFileSync(at(body), packed, { flag: "wx", mode: 0o600 });
      return true;
    });
    const safe = await step(written, (body) => putOnDisk(at(body), "r+"));
    return await step(safe, (body) => {
      renameSync(at(body), body.path);
      beside.delete(body);
      return true;
    });
  } finally {
    for (const path of beside.values()) rmSync(path, { force: true });
  }
}

async function compressed(text: string): Promise<Buffer> {
  const { brotliCompress, constants } = zlib();
  const bytes = Buffer.from(text);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return promisify(brotliCompress)(bytes, { params });
}

/** Puts on disk which bodies the shelves hold, each shelf once. */
async function syncShelves(bodies: readonly Body[], step: Step): Promise<readonly Body[]> {
  const shelves = new Map<string, Promise<boolean>>();
  return step(bodies, ({ shelf }) => {
    // Windows opens no folder as a file, and keeps a new name with the file itself.
    const synced = shelves.get(shelf) ?? (process.platform === "win32" ? true : putOnDisk(shelf, "r"));
    shelves.set(shelf, Promise.resolve(synced));
    return synced;
  });
}

async function putOnDisk(path: string, flags: "r" | "r+"): Promise<true> {
  const file = await files.open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return true;
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
