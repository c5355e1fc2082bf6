import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
} from "node:fs";
import { isProblem, orProblem, type Problem } from "./problem.js";
import { SourceError, type SourceItem } from "./source.js";

/** A path in the working tree: the bytes to open it by, and the name it goes by in reports. */
export type WorkingPath = {
  /** Absolute. Bytes, for names need not be UTF-8. */
  readonly bytes: Buffer;
  readonly path: string;
  /** What it means that nothing is there. */
  readonly ifGone: { readonly reason: string; readonly incomplete: boolean };
};

/** A listed file that is gone when its turn comes leaves nothing to read. */
export const VANISHED = { reason: "vanished while the scan ran", incomplete: false };

/** Bytes read at once; a smaller file is one piece. */
const PIECE = 1 << 20;

/** A file is read to its end, which may move on; but not for ever after a program that writes as fast as we read. */
const MOST_GROWTH = 64 << 20;

/** Not followed should it have become a link, and not waited for should it have become a pipe. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * What stands at a path: a regular file open for reading until the next item is asked for, or the text of a
 * symbolic link, which is never followed, or the reason why there is nothing to read.
 */
export function* workingFile(place: WorkingPath): Generator<SourceItem> {
  const stat = orProblem(() => lstatSync(place.bytes));
  if (isProblem(stat)) yield problemItem(place, stat);
  else if (stat.isSymbolicLink()) yield linkItem(place);
  else if (stat.isFile()) yield* openFile(place, stat);
  else yield { kind: "skipped", path: place.path, reason: specialKind(stat), incomplete: false };
}

function* openFile(place: WorkingPath, seen: Stats): Generator<SourceItem> {
  const handle = orProblem(() => openSync(place.bytes, OPEN_FLAGS));
  if (isProblem(handle)) {
    yield problemItem(place, handle);
    return;
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile() || stat.ino !== seen.ino || stat.dev !== seen.dev) {
      yield {
        kind: "skipped",
        path: place.path,
        reason: "was replaced while the scan ran",
        incomplete: true,
      };
    } else {
      const { path } = place;
      yield {
        kind: "file",
        file: { path, size: stat.size, chunks: () => chunksOf(handle, path, stat.size) },
      };
    }
  } finally {
    closeSync(handle);
  }
}

/**
 * The bytes of a regular file that fits into `buffer`, looking into it; null for anything else, and for whatever keeps it
 * from being read: `workingFile` tells what. Where the system follows links, nothing is read so.
 */
export function smallFile({ bytes }: WorkingPath, buffer: Buffer): Buffer | null {
  if (constants.O_NOFOLLOW === undefined) return null;
  const handle = orProblem(() => openSync(bytes, OPEN_FLAGS));
  if (isProblem(handle)) return null;
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile() || stat.size >= buffer.length) return null;
    const length = readSync(handle, buffer, 0, buffer.length, 0);
    // One that grows or shrinks meanwhile is read in the other way.
    return length === stat.size ? buffer.subarray(0, length) : null;
  } catch {
    return null;
  } finally {
    closeSync(handle);
  }
}

async function* chunksOf(handle: number, path: string, size: number): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    if (position > size + MOST_GROWTH) throw new SourceError("incomplete", `${path} grows while it is read.`);
    // One byte more than there should be: the file's end then shows without another buffer.
    const expected = position < size ? size - position + 1 : position === 0 ? 1 << 12 : PIECE;
    const piece = Buffer.allocUnsafe(Math.min(expected, PIECE));
    const filled = filledFrom(handle, piece, position, path);
    if (filled > 0) yield piece.subarray(0, filled);
    if (filled < piece.length) return;
    position += filled;
  }
}

/** Fills the buffer from `position` on; fewer bytes only at the file's end. */
function filledFrom(handle: number, piece: Buffer, position: number, path: string): number {
  let filled = 0;
  while (filled < piece.length) {
    const read = orProblem(() => readSync(handle, piece, filled, piece.length - filled, position + filled));
    if (isProblem(read)) throw new SourceError("incomplete", `${path} could not be read: ${read.reason}.`);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

function linkItem(place: WorkingPath): SourceItem {
  const target = orProblem(() => readlinkSync(place.bytes, { encoding: "buffer" }));
  if (isProblem(target)) return problemItem(place, target);
  return {
    kind: "file",
    file: {
      path: place.path,
      size: target.length,
      async *chunks() {
        yield target;
      },
    },
  };
}

function specialKind(stat: Stats): string {
  if (stat.isDirectory()) return "folder";
  if (stat.isFIFO()) return "named pipe";
  if (stat.isSocket()) return "socket";
  return "device";
}

function problemItem(place: WorkingPath, problem: Problem): SourceItem {
  const isGone = problem.code === "ENOENT" || problem.code === "ENOTDIR";
  if (isGone) return { kind: "skipped", path: place.path, ...place.ifGone };
  return { kind: "skipped", path: place.path, reason: problem.reason, incomplete: true };
}
