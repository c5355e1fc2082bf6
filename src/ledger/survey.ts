import { isSigned } from "./anchor.js";
import { atWork, writerPath } from "./at-work.js";
import { type SegmentName, segmentsIn } from "./ledger-folder.js";
import { readSegment, type Segment } from "./read-segment.js";
import type { DroppedSegment, LedgerRecord } from "./record.js";

/** What retention has to know of a segment. */
export type Surveyed = {
  readonly file: SegmentName;
  readonly bytes: number;
  /** When it was written to last, in milliseconds. */
  readonly modified: number;
  /** What an anchor would say of it; null where it holds no record. */
  readonly summary: DroppedSegment | null;
  /** Whether its writer is done with it. */
  readonly isClosed: boolean;
  /** Whether anything but its end is not as it was written: then it stays, for somebody to look at. */
  readonly isDamaged: boolean;
  readonly pushes: ReadonlySet<string>;
  /** The pushes that it says something more about. */
  readonly about: ReadonlySet<string>;
  /** The hashes of the bodies that it names, and of those that it says were scrubbed: when. */
  readonly bodies: ReadonlySet<string>;
  readonly scrubbed: ReadonlyMap<string, string>;
  /** The segments that its first record names. */
  readonly names: readonly string[];
  /** What it signs off. */
  readonly signedOff: readonly DroppedSegment[];
};

/** A writer that cannot be seen from here and was silent for so long, in milliseconds, is done. */
const SILENT = 86_400_000;

/** Looks through all segments. `own` is the writer that asks. */
export function survey(folder: string, own: string, key: Buffer, now: number): readonly Surveyed[] {
  const files = segmentsIn(folder);
  const newest = new Map(files.map(({ writer, number }) => [writer, number]));
  return files.flatMap((file) => {
    // Asked before it is read: what a writer that is done wrote is all there.
    const isLatest = newest.get(file.writer) === file.number;
    const state = isLatest ? writerState(folder, file.writer, own) : "no";
    const segment = readSegment(folder, file);
    if (segment === null) return [];
    const isClosed = state === "no" || (state === "elsewhere" && isSilent(segment, now));
    return [surveyed(segment, isClosed, key)];
  });
}

/**
 * A writer goes on with its latest segment only, and leaves its name for as long as it is at work. So a segment is closed
 * when its writer has a later one, took its name away or is gone. A record that ends a segment would not tell: a writer
 * that was killed leaves none.
 */
function writerState(folder: string, writer: string, own: string) {
  return writer === own ? "yes" : atWork(writerPath(folder, writer));
}

function isSilent({ head, modified }: Segment, now: number): boolean {
  return now - modified > SILENT && (head === null || now - Date.parse(head.at) > SILENT);
}

function surveyed(segment: Segment, isClosed: boolean, key: Buffer): Surveyed {
  const { file, records, bytes, modified, head, problems } = segment;
  const first = records[0];
  const ids = (pick: (record: LedgerRecord) => boolean): ReadonlySet<string> =>
    new Set(records.flatMap((record) => ("record_id" in record && pick(record) ? [record.record_id] : [])));
  return {
    ...{ file, bytes: bytes.length, modified, isClosed },
    isDamaged: problems.some(({ what }) => what !== "torn"),
    summary: head === null ? null : summaryOf(file.name, head, first?.at ?? head.at),
    pushes: ids(({ kind }) => kind === "push"),
    about: ids(({ kind }) => kind !== "push"),
    bodies: bodiesNamed(bytes),
    scrubbed: new Map(
      records.flatMap((record) => (record.kind === "scrub" ? [[record.hash, record.at] as const] : [])),
    ),
    names: first?.kind === "open" ? Object.keys(first.heads) : [],
    signedOff: records.flatMap((record) =>
      record.kind === "anchor" && isSigned(record, key) ? record.segments : [],
    ),
  };
}

function summaryOf(segment: string, head: NonNullable<Segment["head"]>, from: string): DroppedSegment {
  return { segment, head: head.chain, records: head.seq + 1, from, to: head.at };
}

/** Read from the bytes, so that what a line names that cannot be read any more stays, too. */
function bodiesNamed(bytes: Buffer): ReadonlySet<string> {
  const named = bytes.toString("latin1").matchAll(/"hash":"([0-9a-f]{64})"/g);
  return new Set([...named].map(([, hash = ""]) => hash));
}
