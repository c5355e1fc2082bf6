/** A line without its end, or that there was one which is longer than allowed. */
export type Line = Buffer | "too-long";

/** Cuts a stream of bytes into lines. What it holds is never more than one line of the greatest length. */
export type LineReader = {
  /** The lines that end in `chunk`, one after the other. A line is valid until the next one is asked for. */
  readonly push: (chunk: Buffer) => Iterable<Line>;
  /** What stood behind the last line's end, when nothing more comes. */
  readonly end: () => Line | null;
};

const LINE_FEED = 10;

/** What is kept between lines, in bytes: most are shorter. */
const KEPT = 64 * 1024;

/** A reader of lines of at most `most` bytes. A longer one is told when it has become too long, and skipped. */
export function lineReader(most: number): LineReader {
  let held = Buffer.alloc(0);
  let length = 0;
  let skipping = false;

  /** Adds to what is held; whether it still is a line. */
  const hold = (part: Buffer): boolean => {
    if (length + part.length > most) {
      release();
      skipping = true;
      return false;
    }
    if (held.length < length + part.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(most, Math.max(KEPT, 2 * (length + part.length))));
      held.copy(larger, 0, 0, length);
      held = larger;
    }
    part.copy(held, length);
    length += part.length;
    return true;
  };
  const release = (): void => {
    length = 0;
    if (held.length > KEPT) held = Buffer.alloc(0);
  };

  return {
    *push(chunk) {
      for (let from = 0; from < chunk.length; ) {
        const at = chunk.indexOf(LINE_FEED, from);
        const part = chunk.subarray(from, at === -1 ? chunk.length : at);
        from = at === -1 ? chunk.length : at + 1;
        if (skipping) {
          skipping = at === -1;
        } else if (at === -1) {
          if (!hold(part)) yield "too-long";
        } else if (length === 0) {
          yield part.length > most ? "too-long" : part;
        } else if (hold(part)) {
          yield held.subarray(0, length);
          release();
        } else {
          skipping = false;
          yield "too-long";
        }
      }
    },
    end() {
      if (length === 0) return null;
      const rest = held.subarray(0, length);
      held = Buffer.alloc(0);
      length = 0;
      return rest;
    },
  };
}
