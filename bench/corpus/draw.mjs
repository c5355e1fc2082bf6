/**
 * A stream of draws from a seed and keys (a file's number, …): the same seed and keys give the same draws on
 * every machine. The generator is sfc32 (Chris Doty-Humphrey, PractRand), in 32-bit whole numbers only.
 */
export function drawing(seed, ...keys) {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (const key of [seed, ...keys]) {
    a ^= key | 0;
    // Twelve rounds are what sfc32's author asks for before the first draw.
    for (let round = 0; round < 12; round++) next();
  }
  const below = (limit) => Math.floor((next() / 4294967296) * limit);
  return {
    /** A whole number of 32 bits. */
    next,
    /** A whole number from 0, less than `limit`. */
    below,
    /** A whole number from `least` to `most`, both included. */
    between: (least, most) => least + below(most - least + 1),
    /** True with this probability. */
    chance: (probability) => next() < probability * 4294967296,
    /** One of the list. */
    pick: (list) => list[below(list.length)],
  };
}

/** `bytes` random bytes of the stream. */
export function drawnBytes(draw, bytes) {
  const out = Buffer.alloc(Math.ceil(bytes / 4) * 4);
  for (let at = 0; at < out.length; at += 4) out.writeUInt32LE(draw.next(), at);
  return out.subarray(0, bytes);
}
