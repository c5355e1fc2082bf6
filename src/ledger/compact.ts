import { lstatSync, rmSync } from "node:fs";
import { anchorOf } from "./anchor.js";
import { alone, atWork, forgetName, writerPath, writersIn } from "./at-work.js";
import { removeBody } from "./bodies.js";
import { bodiesIn, sweepBodies } from "./body-shelves.js";
import type { Ledger } from "./ledger.js";
import { orAbsent, orLedgerError } from "./ledger-error.js";
import { makeLedgerFolder, placesIn, segmentPath, segmentsIn, syncFolder } from "./ledger-folder.js";
import { ageFrom, type Keep, leftOver, segmentsToDrop, toSignOff } from "./retention.js";
import { type Surveyed, survey } from "./survey.js";
import { layTombstone, sweepTombstones } from "./tombstones.js";
import { readWitness, shortenWitness } from "./witness.js";

export type { Keep } from "./retention.js";

/** How many segments went, and how many bytes with them and their bodies. */
export type Compacted = { readonly dropped: number; readonly freed: number };

const NOTHING: Compacted = { dropped: 0, freed: 0 };

/** A writer's name that is as old as this, in milliseconds, and has no segment beside it, is of one that was stopped. */
const BEGUN = 3_600_000;

/**
 * Drops whole closed segments that are older than is kept, or the oldest while there is too much, and the bodies that
 * only they named. An anchor that signs them off is on disk before the first goes: so it can be stopped at any moment,
 * and the next time goes on with it. Does nothing while another process is at it. Throws a LedgerError.
 */
export async function compactLedger(
  folder: string,
  ledger: Ledger,
  key: () => Buffer,
  keep: Keep,
  now: () => number = Date.now,
): Promise<Compacted> {
  makeLedgerFolder(folder);
  return (
    (await alone(placesIn(folder).compacting, () => compact(folder, ledger, key(), keep, now()))) ?? NOTHING
  );
}

async function compact(
  folder: string,
  ledger: Ledger,
  key: Buffer,
  keep: Keep,
  now: number,
): Promise<Compacted> {
  const segments = survey(folder, ledger.writer, key, now);
  const left = new Set(leftOver(segments));
  const chosen = segmentsToDrop(
    segments.filter((segment) => !left.has(segment)),
    bodiesIn(folder),
    keep,
    ageFrom(segments, ledger.writer, now),
  );
  const drop = [...left, ...chosen];
  const { witness } = ledger;
  const witnessed = witness === null ? [] : Object.keys(readWitness(witness) ?? {});
  const signOff = toSignOff(segments, drop, witnessed);
  if (signOff.length > 0) await ledger.append([anchorOf(signOff, key)]);
  const empty = segments.filter(isEmpty);
  const gone = new Set([...drop, ...empty].filter((segment) => dropSegment(folder, segment)));
  if (gone.size > 0) orLedgerError("drop segments", folder, () => syncFolder(placesIn(folder).segments));
  const staying = segments.filter((segment) => !gone.has(segment));
  if (witness !== null) {
    const done = [...signOff, ...staying.flatMap(({ signedOff }) => signedOff)];
    await shortenWitness(witness, folder, new Set(done.map(({ segment }) => segment)));
  }
  const named = new Set(staying.flatMap(({ bodies }) => [...bodies]));
  const freed = finishScrubs(folder, staying) + sweepBodies(folder, named);
  sweepTombstones(folder, named);
  forgetWriters(folder, ledger.writer);
  return { dropped: gone.size, freed: [...gone].reduce((sum, { bytes }) => sum + bytes, freed) };
}

/** What was stopped between its record and the end of the text, or was scrubbed before there were tombstones; how many bytes that frees. */
function finishScrubs(folder: string, segments: readonly Surveyed[]): number {
  let freed = 0;
  for (const { scrubbed } of segments)
    for (const [hash, at] of scrubbed) {
      layTombstone(folder, hash, at);
      freed += removeBody(folder, hash);
    }
  return freed;
}

/** Its writer was stopped before the first record was whole: there is nothing to sign off. */
function isEmpty({ summary, isClosed, isDamaged }: Surveyed): boolean {
  return summary === null && isClosed && !isDamaged;
}

/** Whether it went: one that grew since it was looked at stays. */
function dropSegment(folder: string, { file, bytes }: Surveyed): boolean {
  const path = segmentPath(folder, file.name);
  return orLedgerError("drop a segment", path, () => {
    if (orAbsent(() => lstatSync(path).size) !== bytes) return false;
    rmSync(path, { force: true });
    return true;
  });
}

/** The names of writers that are gone, or of which nothing is left, say nothing any more. */
function forgetWriters(folder: string, own: string): void {
  const writing = new Set(segmentsIn(folder).map(({ writer }) => writer));
  for (const writer of writersIn(folder)) {
    const path = writerPath(folder, writer);
    const state = writer === own ? "yes" : atWork(path);
    const age = Date.now() - (orAbsent(() => lstatSync(path).mtimeMs) ?? Number.POSITIVE_INFINITY);
    if (state === "no" || (state === "elsewhere" && age > BEGUN && !writing.has(writer))) forgetName(path);
  }
}
