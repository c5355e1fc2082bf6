import { closeSync, fstatSync, readFileSync } from "node:fs";
import { codeOf, ledgerError } from "./ledger-error.js";
import { openToRead, type SegmentName, segmentPath } from "./ledger-folder.js";
import { type LedgerRecord, readLine, type Stamp } from "./record.js";

/** Something in the ledger that is not as it was written. `line` counts from 1. */
export type LedgerProblem = {
  readonly segment: string;
  readonly line: number | null;
  readonly what: "torn" | "changed" | "missing" | "unknown-version" | "anchor" | "body";
  readonly message: string;
};

/** A segment as it was read. */
export type Segment = {
  /** Its own name, as its first record has it: a file can be moved. */
  readonly name: string;
  readonly file: SegmentName;
  readonly records: readonly LedgerRecord[];
  /** How many records it holds, those of later versions included, and how many lines. */
  readonly count: number;
  readonly lines: number;
  /** The last one's stamp; null where there is none. */
  readonly head: Omit<Stamp, "v"> | null;
  /** Where in the chain each line stood that is asked for afterwards. */
  readonly chainAt: (seq: number) => string | null;
  readonly problems: readonly LedgerProblem[];
  readonly bytes: Buffer;
  /** When it was written to last, in milliseconds. */
  readonly modified: number;
};

const LINE_FEED = 0x0a;

/** So often is a half line looked at again that a writer may just be writing. */
const LOOKS = 3;

/** Reads a segment of the folder; null where it is gone. */
export function readSegment(folder: string, file: SegmentName): Segment | null {
  let read = readOnce(folder, file);
  for (let look = 1; look < LOOKS && read !== null && hasHalfLine(read.bytes); look++) {
    const again = readOnce(folder, file);
    if (again?.bytes.length === read.bytes.length) break;
    read = again;
  }
  return read === null ? null : segmentOf(file, read.bytes, read.modified);
}

function readOnce(folder: string, file: SegmentName): { bytes: Buffer; modified: number } | null {
  const path = segmentPath(folder, file.name);
  try {
    const opened = openToRead(path);
    try {
      return { bytes: readFileSync(opened), modified: fstatSync(opened).mtimeMs };
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw ledgerError(error, "read a segment", path);
  }
}

const hasHalfLine = (bytes: Buffer): boolean => bytes.length > 0 && bytes[bytes.length - 1] !== LINE_FEED;

/** What the bytes of a segment's file say. */
export function segmentOf(file: SegmentName, bytes: Buffer, modified = 0): Segment {
  const reading = readLines(file.name, bytes);
  const opening = reading.records[0];
  const name = opening?.kind === "open" && opening.seq === 0 ? opening.segment : file.name;
  const moved = name !== file.name || reading.stamps.some(({ writer }) => writer !== file.writer);
  if (moved)
    reading.tell(1, "changed", `the file holds ${other(name, file.name)}: files were moved or mixed`);
  return {
    ...{ name, file, bytes, modified },
    records: reading.records,
    count: reading.stamps.length,
    lines: reading.lines,
    head: reading.stamps.at(-1) ?? null,
    chainAt: (seq) => reading.stamps.find((stamp) => stamp.seq === seq)?.chain ?? null,
    problems: reading.problems,
  };
}

const other = (name: string, file: string): string =>
  name === file ? "records of another writer" : `the segment ${name}`;

function readLines(segment: string, bytes: Buffer) {
  const records: LedgerRecord[] = [];
  const stamps: Omit<Stamp, "v">[] = [];
  const problems: LedgerProblem[] = [];
  const tell = (line: number, what: LedgerProblem["what"], message: string): void => {
    problems.push({ segment, line, what, message: `${segment}, line ${line}: ${message}.` });
  };
  let expected = 0;
  let prev: string | null = "";
  let line = 0;
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    line++;
    const read = readLine(bytes.subarray(start, end));
    start = end + 1;
    if (read.what === "broken") {
      tell(line, "changed", "this is no record as it was written; it was changed since");
      prev = null;
      continue;
    }
    const stamp = read.what === "record" ? read.record : read.stamp;
    if (stamp.seq < expected) tell(line, "changed", `record ${stamp.seq} stands where ${expected} was`);
    else if (prev !== null && stamp.seq > expected)
      tell(line, "missing", `records ${expected} to ${stamp.seq - 1} before it are gone`);
    else if (prev !== null && stamp.prev !== prev)
      tell(Math.max(1, line - 1), "changed", "this is not the line that the next was written behind");
    if (read.what === "later") tell(line, "unknown-version", "a later version of aura-scan wrote this");
    else records.push(read.record);
    stamps.push(stamp);
    expected = stamp.seq + 1;
    prev = stamp.chain;
  }
  if (start < bytes.length) tellTail(bytes.subarray(start), (what, message) => tell(line + 1, what, message));
  return { records, stamps, lines: line, problems, tell };
}

/** What stands behind the last line feed was never written to its end, unless it was and then its line feed changed. */
function tellTail(tail: Buffer, tell: (what: LedgerProblem["what"], message: string) => void): void {
  if (readLine(tail.subarray(0, -1)).what !== "broken")
    tell("changed", "its line feed was changed since it was written");
  else tell("torn", `it breaks off after ${tail.length} bytes and does not count; its writer was stopped`);
}
