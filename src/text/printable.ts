/** Characters in a run that is worth looking at: shorter ones are chance, and no secret is that short. */
export const SHORTEST_RUN = 6;

/** Takes the printable strings out of bytes that come in pieces; the same text however they are cut. */
export type StringsFinder = {
  /** The runs in these bytes, each with a line break after it; an unfinished run goes on in the next call. */
  readonly find: (bytes: Uint8Array) => string;
};

const NEWLINE = 10;

/**
 * A finder of runs of at least `SHORTEST_RUN` printable ASCII characters, and of such characters in UTF-16 (each
 * beside a NUL), for one content.
 */
export function stringsFinder(): StringsFinder {
  /** The last characters of a run that is not long enough yet; a run grows on in `out` once it is. */
  const narrow = Buffer.alloc(SHORTEST_RUN);
  const wide = Buffer.alloc(SHORTEST_RUN);
  let narrowLength = 0;
  let wideLength = 0;
  let previous = 0;
  /** Whether a character of a UTF-16 run was completed by the byte before. */
  let isWideTurn = false;

  return {
    find(bytes) {
      // At most a byte of text for a byte read, runs held back before, and a line break for each run.
      const out = Buffer.allocUnsafe(bytes.length * 2 + 4 * SHORTEST_RUN);
      let filled = 0;
      const grow = (run: Buffer, length: number, byte: number): number => {
        if (length >= SHORTEST_RUN) {
          out[filled++] = byte;
          return length;
        }
        run[length] = byte;
        if (length + 1 === SHORTEST_RUN) filled += run.copy(out, filled);
        return length + 1;
      };
      const close = (length: number): number => {
        if (length >= SHORTEST_RUN) out[filled++] = NEWLINE;
        return 0;
      };
      for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at] ?? 0;
        const isPrintable = isPrintableByte(byte);
        if (isPrintable) {
          if (!isWideTurn && wideLength > 0) wideLength = close(wideLength);
          if (narrowLength >= SHORTEST_RUN) out[filled++] = byte;
          else narrowLength = grow(narrow, narrowLength, byte);
        } else {
          narrowLength = close(narrowLength);
          // The last character of a big-endian run has no NUL behind it.
          const completes = isPrintableByte(previous) && (byte === 0 || wideLength > 0);
          if (completes) wideLength = grow(wide, wideLength, previous);
          if (!completes || byte !== 0) wideLength = close(wideLength);
        }
        isWideTurn = !isPrintable && wideLength > 0;
        previous = byte;
      }
      return out.toString("latin1", 0, filled);
    },
  };
}

function isPrintableByte(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9;
}
