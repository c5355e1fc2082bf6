import { lstatSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { replaceFile } from "../files/replace-file.js";
import { alone } from "./at-work.js";
import { placeOf } from "./heads.js";
import { LedgerError, orAbsent, orLedgerError } from "./ledger-error.js";
import { segmentPath, segmentsIn } from "./ledger-folder.js";
import { readSegment } from "./read-segment.js";

/** By segment: the head that it had when it was last looked at. */
export type Heads = { readonly [segment: string]: string };

/** Whoever is at the file is done within milliseconds: so often, and so long, one waits for it. */
const TRIES = 100;
const PAUSE = 10;

/** A name that cannot be seen from here and is older than this, in milliseconds, was left by a process that was stopped. */
const LEFT = 60_000;

const WORDS = "keep the witness of its segments";

/**
 * What the witness knows: which segments there were, and their heads. It lies outside of the ledger's folder, so that it
 * tells when segments, the end of one, or all of the folder are taken away. Null where there is none: an older version
 * wrote none. Throws a LedgerError where the file is none of ours.
 */
export function readWitness(path: string): Heads | null {
  return orLedgerError("read the witness of its segments", path, () => {
    const text = orAbsent(() => readFileSync(path, "utf8"));
    if (text === null) return null;
    const heads = headsIn(text);
    if (heads !== null) return heads;
    const words = `The ledger cannot use its witness: the file is not as it was written (${path}). Find out who changed it, then move it away: the ledger makes another.`;
    throw new LedgerError("damaged", words);
  });
}

function headsIn(text: string): Heads | null {
  try {
    const { v, heads }: { v?: unknown; heads?: unknown } = Object(JSON.parse(text));
    const isWhole =
      v === 1 &&
      typeof heads === "object" &&
      heads !== null &&
      Object.values(heads).every((head) => typeof head === "string" && placeOf(head) !== null);
    return isWhole ? { ...heads } : null;
  } catch {
    return null;
  }
}

/**
 * Adds heads that are on disk: the writer's `own`, and those that it found of others. What the witness knows of the same
 * segments stays where it lies further on, or where it is not what stands there now: a segment that somebody wrote anew
 * does not make itself true by being longer. A segment that is gone by now is not added: who dropped it takes it out of the
 * witness afterwards.
 *
 * One process at a time reads, merges and writes. Where others are at it for too long nothing is added: a witness that
 * knows less is never wrong.
 */
export function addToWitness(
  path: string,
  folder: string,
  { own, others }: { readonly own: Heads; readonly others: Heads },
): Promise<void> {
  return changed(path, (known) => {
    const added = Object.entries({ ...others, ...own }).filter(([segment, head]) => {
      const before = placeOf(known[segment] ?? "");
      if (before === null) return orAbsent(() => lstatSync(segmentPath(folder, segment))) !== null;
      const isFurther = before.seq < (placeOf(head)?.seq ?? -1);
      return isFurther && (segment in own || chainIn(folder, segment, before.seq) === before.chain);
    });
    return added.length === 0 ? known : { ...known, ...Object.fromEntries(added) };
  });
}

/** Where the chain of a segment stands at a place; null where it is gone, or has no such place. */
function chainIn(folder: string, segment: string, seq: number): string | null {
  const file = segmentsIn(folder).find(({ name }) => name === segment);
  return file === undefined ? null : (readSegment(folder, file)?.chainAt(seq) ?? null);
}

/** Takes out what an anchor signs off and is gone. */
export function shortenWitness(path: string, folder: string, signedOff: ReadonlySet<string>): Promise<void> {
  return changed(path, (known) => {
    const staying = Object.entries(known).filter(
      ([segment]) =>
        !signedOff.has(segment) || orAbsent(() => lstatSync(segmentPath(folder, segment))) !== null,
    );
    return staying.length === Object.keys(known).length ? known : Object.fromEntries(staying);
  });
}

async function changed(path: string, change: (known: Heads) => Heads): Promise<void> {
  const work = async (): Promise<true> => {
    const known = readWitness(path) ?? {};
    const heads = change(known);
    if (heads !== known)
      orLedgerError(WORDS, path, () =>
        replaceFile(path, Buffer.from(`${JSON.stringify({ v: 1, heads })}\n`), 0o600),
      );
    return true;
  };
  for (let time = 0; time < TRIES; time++) {
    if ((await alone(`${path}.busy`, work, { what: WORDS, left: LEFT })) !== null) return;
    await pause(PAUSE);
  }
}
