import { closeSync, fstatSync, fsyncSync, readSync } from "node:fs";
import { codeOf, ledgerError } from "./ledger-error.js";
import { openToRead, type SegmentName, segmentPath, segmentsIn } from "./ledger-folder.js";
import { type OpenEntry, type ReadLine, readLine, type Stamp } from "./record.js";

/** A segment's two ends, read without what lies between. */
export type Ends = {
  readonly file: SegmentName;
  readonly first: Omit<Stamp, "v"> | null;
  readonly open: OpenEntry | null;
  readonly last: Omit<Stamp, "v"> | null;
  /** Whether the last whole line is that record's: not, where it was changed. */
  readonly isWhole: boolean;
};

/** Names a record so that one can tell whether it is missing or another stands in its place. */
export function headOf(stamp: Pick<Stamp, "seq" | "chain">): string {
  return `${stamp.seq}:${stamp.chain}`;
}

/** What a head names; null where it names nothing. */
export function placeOf(head: string): { readonly seq: number; readonly chain: string } | null {
  const [, seq, chain] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(head) ?? [];
  return seq === undefined || chain === undefined ? null : { seq: Number(seq), chain };
}

/** The ends of all segments that are there. */
export function endsIn(folder: string): readonly Ends[] {
  return segmentsIn(folder).flatMap((file) => endsOf(folder, file) ?? []);
}

/**
 * The heads that an `open` names: of all segments but those whose present head another one's `open` names already.
 * Naming them all would make as many segments cost the square of their number.
 *
 * Each is put on disk first: a head that outlives its line in a power cut would tell of damage that is none.
 */
export function headsToName(folder: string): { readonly [segment: string]: string } {
  const ends = endsIn(folder);
  const named = new Set(
    ends.flatMap(({ open }) =>
      open === null ? [] : Object.entries(open.heads).map(([name, at]) => `${name} ${at}`),
    ),
  );
  const heads: { [segment: string]: string } = {};
  for (const { file, last } of ends) {
    if (last === null || named.has(`${file.name} ${headOf(last)}`)) continue;
    if (putOnDisk(segmentPath(folder, file.name))) heads[file.name] = headOf(last);
  }
  return heads;
}

/** Whether the file is still there. */
function putOnDisk(path: string): boolean {
  try {
    const file = openToRead(path);
    try {
      fsyncSync(file);
    } catch (error) {
      // Where a file that was opened to be read cannot be put on disk, its writer does so before it tells of anything.
      if (!["EPERM", "EBADF", "EINVAL", "EROFS"].includes(codeOf(error) ?? "")) throw error;
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw ledgerError(error, "put another writer's records on disk", path);
  }
}

function endsOf(folder: string, file: SegmentName): Ends | null {
  const path = segmentPath(folder, file.name);
  try {
    const opened = openToRead(path);
    try {
      const { size } = fstatSync(opened);
      const first = firstLine(opened, size);
      const record = first?.what === "record" ? first.record : null;
      return {
        ...{ file, first: record, open: record?.kind === "open" ? record : null },
        ...lastStamp(opened, size),
      };
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw ledgerError(error, "read a segment", path);
  }
}

/** Most lines are shorter; where one is not, twice as much is read. */
const PIECE = 16_384;

function firstLine(file: number, size: number): ReadLine | null {
  for (let length = PIECE; ; length *= 2) {
    const piece = readAt(file, 0, Math.min(length, size));
    const end = piece.indexOf("\n");
    if (end !== -1) return readLine(piece.subarray(0, end));
    if (length >= size) return null;
  }
}

function lastStamp(file: number, size: number): Pick<Ends, "last" | "isWhole"> {
  let isWhole = true;
  for (let length = PIECE; ; length *= 2) {
    const start = Math.max(0, size - length);
    const piece = readAt(file, start, size - start);
    // What stands before the first line feed may be half a line, unless the file begins there.
    const lines = linesBackwards(piece, start === 0 ? -1 : piece.indexOf("\n"));
    for (const line of lines) {
      const read = readLine(line);
      if (read.what !== "broken") return { last: read.what === "record" ? read.record : read.stamp, isWhole };
      isWhole = false;
    }
    if (start === 0) return { last: null, isWhole: false };
  }
}

function* linesBackwards(piece: Buffer, first: number): Generator<Buffer> {
  for (let end = piece.lastIndexOf("\n"); end > first; ) {
    const before = end === 0 ? -1 : piece.lastIndexOf("\n", end - 1);
    yield piece.subarray(before + 1, end);
    end = before;
  }
}

function readAt(file: number, start: number, length: number): Buffer {
  const piece = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const read = readSync(file, piece, got, length - got, start + got);
    if (read === 0) break;
    got += read;
  }
  return piece.subarray(0, got);
}
