/**
 * Marvin32, the hash that Microsoft's keys carry as a checksum, of `bytes` with the 64 bits of `seed`: 32 bits.
 * https://github.com/microsoft/security-utilities/blob/main/src/Marvin, US patent 20130262421
 */
export function marvin32(bytes: Buffer, seed: bigint): number {
  let low = Number(seed & 0xffffffffn);
  let high = Number(seed >> 32n);
  const mix = (word: number): void => {
    low = (low + word) >>> 0;
    high ^= low;
    low = (rotated(low, 20) + high) >>> 0;
    high = rotated(high, 9) ^ low;
    low = (rotated(low, 27) + high) >>> 0;
    high = rotated(high, 19);
  };
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) mix(bytes.readUInt32LE(at));
  // What is left over, and a bit that marks its end.
  const last = Buffer.alloc(4);
  bytes.copy(last, 0, whole);
  last[bytes.length - whole] = 0x80;
  mix(last.readUInt32LE(0));
  mix(0);
  return (low ^ high) >>> 0;
}

const rotated = (word: number, by: number): number => ((word << by) | (word >>> (32 - by))) >>> 0;
