import { lstatSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HALF_WRITTEN } from "../files/replace-file.js";
import { LEAVING } from "./bodies.js";
import { orAbsent, orLedgerError } from "./ledger-error.js";
import { placesIn, syncFolder } from "./ledger-folder.js";

/** A body that was kept, or asked for, so short a time ago, in milliseconds, may be about to be named. */
const YOUNG = 3_600_000;

type Shelved = {
  readonly path: string;
  readonly hash: string;
  readonly size: number;
  readonly ending: string;
};

/** The bodies that are there, by hash, and their sizes on disk. */
export function bodiesIn(folder: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { hash, size, ending } of shelved(folder)) if (ending !== HALF_WRITTEN) sizes.set(hash, size);
  return sizes;
}

/** Deletes the bodies that are not named, but for the young ones; how many bytes that frees. */
export function sweepBodies(folder: string, named: ReadonlySet<string>): number {
  const { bodies } = placesIn(folder);
  return orLedgerError("delete the bodies that no record names", bodies, () => {
    let freed = 0;
    const shelves = new Set<string>();
    for (const body of shelved(folder)) {
      const isGone = named.has(body.hash) ? stay(body) : leave(body);
      if (!isGone) continue;
      freed += body.size;
      shelves.add(join(body.path, ".."));
    }
    for (const shelf of shelves) syncFolder(shelf);
    return freed;
  });
}

/** What was about to leave when compaction was stopped comes back. */
function stay({ path, ending }: Shelved): boolean {
  if (ending === HALF_WRITTEN) return leaveNow(path);
  if (ending === LEAVING) putBack(path);
  return false;
}

/**
 * A writer that wants the body at the same time gives it a new time, or finds it gone and writes it anew. So it is moved
 * aside first: a new time that it had by then comes along, and whoever looks for it later does not find it.
 */
function leave({ path, ending }: Shelved): boolean {
  if (ending === HALF_WRITTEN) return leaveNow(path);
  if (isYoung(path)) {
    if (ending === LEAVING) putBack(path);
    return false;
  }
  const aside = ending === LEAVING ? path : path + LEAVING;
  if (ending !== LEAVING && orAbsent(() => renameSync(path, aside) ?? true) === null) return false;
  if (isYoung(aside)) {
    putBack(aside);
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}

function leaveNow(path: string): boolean {
  if (isYoung(path)) return false;
  rmSync(path, { force: true });
  return true;
}

function putBack(path: string): void {
  orAbsent(() => renameSync(path, path.slice(0, -LEAVING.length)));
}

function isYoung(path: string): boolean {
  const time = orAbsent(() => lstatSync(path).mtimeMs);
  return time !== null && Date.now() - time < YOUNG;
}

const BODY_FILE = /^([0-9a-f]{62})\.br(.*)$/;

function shelved(folder: string): readonly Shelved[] {
  const { bodies } = placesIn(folder);
  const list = (path: string): readonly string[] => orAbsent(() => readdirSync(path)) ?? [];
  return list(bodies)
    .filter((shelf) => /^[0-9a-f]{2}$/.test(shelf))
    .flatMap((shelf) =>
      list(join(bodies, shelf)).flatMap((file) => {
        const [, rest, tail] = BODY_FILE.exec(file) ?? [];
        if (rest === undefined || tail === undefined) return [];
        const ending = tail === "" || tail === LEAVING ? tail : HALF_WRITTEN;
        const path = join(bodies, shelf, file);
        const size = orAbsent(() => lstatSync(path).size);
        return size === null ? [] : [{ path, hash: shelf + rest, size, ending }];
      }),
    );
}
