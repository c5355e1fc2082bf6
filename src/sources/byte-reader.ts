/** Reads lines and counted bytes from a stream; null at its end. */
export type ByteReader = {
  readonly line: () => Promise<string | null>;
  /** Exactly `count` bytes, in the memory that they came in where they came in one go. */
  readonly take: (count: number) => Promise<Buffer | null>;
};

/** A reader of what `stream` gives. */
export function byteReader(stream: AsyncIterable<Buffer>): ByteReader {
  const source = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  return {
    async line() {
      let end = held.indexOf(10);
      while (end < 0) {
        const next = await source.next();
        if (next.done === true) return null;
        held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
        end = held.indexOf(10);
      }
      const line = held.toString("utf8", 0, end);
      held = held.subarray(end + 1);
      return line;
    },
    async take(count) {
      const parts = [held];
      let size = held.length;
      while (size < count) {
        const next = await source.next();
        if (next.done === true) {
          held = Buffer.concat(parts);
          return null;
        }
        parts.push(next.value);
        size += next.value.length;
      }
      const last = parts[parts.length - 1] ?? held;
      const rest = size - count;
      held = last.subarray(last.length - rest);
      return parts.length === 1 ? last.subarray(0, count) : Buffer.concat(parts, count);
    },
  };
}
