/** A macaroon in its binary form, version 2, as far as a look from outside goes. */
export type Macaroon = { readonly location: string };

const LOCATION = 1;
const SIGNATURE = 6;
const SIGNATURE_LENGTH = 32;

/**
 * Reads `bytes` as one macaroon: the version, then packets of a type, a length and content, the last of them the
 * signature; a zero ends each section. Null where they are none, or do not end there.
 * https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt
 */
export function readMacaroon(bytes: Buffer): Macaroon | null {
  if (bytes[0] !== 2 || bytes[1] !== LOCATION) return null;
  const first = readPacket(bytes, 1);
  for (let at = 1; at < bytes.length; ) {
    if (bytes[at] === 0) {
      at += 1;
      continue;
    }
    const packet = readPacket(bytes, at);
    if (packet === null || packet.type > SIGNATURE) return null;
    at = packet.end;
    if (packet.type === SIGNATURE) {
      const isLast = at === bytes.length && packet.content.length === SIGNATURE_LENGTH;
      return isLast && first !== null ? { location: first.content.toString("latin1") } : null;
    }
  }
  return null;
}

/** The length is one byte, or two of seven bits each. */
function readPacket(bytes: Buffer, at: number): { type: number; content: Buffer; end: number } | null {
  const [type = 0, low = 0, high = 0] = bytes.subarray(at, at + 3);
  const isLong = low >= 0x80;
  const start = at + (isLong ? 3 : 2);
  const end = start + (isLong ? (low & 0x7f) | (high << 7) : low);
  return end > bytes.length ? null : { type, content: bytes.subarray(start, end), end };
}
