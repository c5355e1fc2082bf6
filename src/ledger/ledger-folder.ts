import {
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { replaceFile } from "../files/replace-file.js";
import { LedgerError, orAbsent, orLedgerError } from "./ledger-error.js";

/** Where the ledger's files lie below its folder. */
export const placesIn = (folder: string) => ({
  segments: join(folder, "segments"),
  bodies: join(folder, "bodies"),
  /** One file for each writer that is at work: who it is. */
  writers: join(folder, "writers"),
  compacting: join(folder, "compacting"),
});

/** Makes the ledger's folders, for nobody but their owner; refuses those of others, and links. */
export function makeLedgerFolder(folder: string): void {
  const places = placesIn(folder);
  const outer = outerFolders(folder);
  for (const path of outer) makeFolder(path, 0o777, false);
  const above = dirname(resolve(folder));
  // A ledger may be put anywhere; only a repository's own place is made and looked at step by step.
  if (outer.length === 0) orLedgerError("make a folder", above, () => mkdirSync(above, { recursive: true }));
  for (const path of [folder, places.segments, places.bodies, places.writers]) makeFolder(path, 0o700, true);
  const ignore = join(folder, ".gitignore");
  orLedgerError("keep its files out of git", ignore, () => {
    if (orAbsent(() => readFileSync(ignore, "utf8")) !== "*\n")
      replaceFile(ignore, Buffer.from("*\n"), 0o600);
  });
}

/** Whether there is a ledger to read. A link in the place of one of its folders is refused: it could lead anywhere. */
export function isLedgerFolder(folder: string): boolean {
  return [...outerFolders(folder), folder, placesIn(folder).segments].every((path) => {
    const stats = orLedgerError("look at a folder", path, () => orAbsent(() => lstatSync(path)));
    if (stats !== null) refuseOther(path, stats);
    return stats !== null;
  });
}

/** The folders above it, from `.aura` down: what a repository could bring along as links. */
function outerFolders(folder: string): readonly string[] {
  const above: string[] = [];
  for (let path = dirname(resolve(folder)); path !== dirname(path); path = dirname(path)) {
    above.unshift(path);
    if (basename(path) === ".aura") return above;
  }
  return [];
}

/** Makes one folder where there is none yet; what it is in is on disk afterwards. */
export function makeFolder(path: string, mode: number, ours: boolean): void {
  orLedgerError("make a folder", path, () => {
    try {
      mkdirSync(path, { mode });
      syncFolder(dirname(path));
    } catch (error) {
      const stats = orAbsent(() => lstatSync(path));
      if (stats === null) throw error;
      refuseOther(path, stats);
      if (ours) tighten(path, stats);
    }
  });
}

function refuseOther(path: string, stats: Stats): void {
  if (stats.isDirectory()) return;
  const what = stats.isSymbolicLink() ? "a symbolic link stands" : "a file stands";
  throw new LedgerError(
    "damaged",
    `The ledger cannot use its folder: ${what} in its place (${path}). Move it away; the ledger makes its own folders and follows no link.`,
  );
}

function tighten(path: string, stats: Stats): void {
  // Windows has neither owner nor mode of this kind: a folder takes its rights from the one above.
  const user = process.getuid?.();
  if (user === undefined) return;
  if (stats.uid !== user) {
    throw new LedgerError(
      "no-access",
      `The ledger cannot use its folder: it belongs to another user (${path}, uid ${stats.uid}). Run aura-scan as that user, or give the folder to this one: chown -R.`,
    );
  }
  if ((stats.mode & 0o077) !== 0) chmodSync(path, 0o700);
}

/** Puts on disk which files are in the folder. */
export function syncFolder(path: string): void {
  // Windows opens no folder as a file, and keeps a new name with the file itself.
  if (process.platform === "win32") return;
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Opens a file to read it, and no link. */
export function openToRead(path: string): number {
  return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
}

const SEGMENT_FILE = /^([0-9A-HJKMNP-TV-Z]{26})-(\d{6,})\.jsonl$/;

/** A segment's name is its file's without the ending: who wrote it, and which of the writer's it is. */
export type SegmentName = { readonly name: string; readonly writer: string; readonly number: number };

/** What a segment of a writer is called. */
export function segmentName(writer: string, number: number): string {
  return `${writer}-${String(number).padStart(6, "0")}`;
}

/** All segments, in the order in which their writers began. */
export function segmentsIn(folder: string): readonly SegmentName[] {
  const { segments } = placesIn(folder);
  const names = orLedgerError(
    "list its segments",
    segments,
    () => orAbsent(() => readdirSync(segments)) ?? [],
  );
  return names
    .flatMap((file) => {
      const [, writer, number] = SEGMENT_FILE.exec(file) ?? [];
      if (writer === undefined || number === undefined) return [];
      return [{ name: `${writer}-${number}`, writer, number: Number(number) }];
    })
    .sort((a, b) => (a.writer < b.writer ? -1 : a.writer > b.writer ? 1 : a.number - b.number));
}

/** Where a segment lies. */
export function segmentPath(folder: string, name: string): string {
  return join(placesIn(folder).segments, `${name}.jsonl`);
}
