/** One packet of OpenPGP (RFC 9580 section 4.2): its type and its body. */
export type PgpPacket = { readonly type: number; readonly body: Buffer };

export const SECRET_KEY = 5;

/** The packets that fill `bytes` exactly; null where they do not. A body of parts or of no given length is not read. */
export function pgpPackets(bytes: Buffer): readonly PgpPacket[] | null {
  const packets: PgpPacket[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = readHeader(bytes, at);
    if (header === null || header.end > bytes.length) return null;
    packets.push({ type: header.type, body: bytes.subarray(header.start, header.end) });
    at = header.end;
  }
  return packets;
}

type Header = { readonly type: number; readonly start: number; readonly end: number };

function readHeader(bytes: Buffer, at: number): Header | null {
  const first = bytes[at] ?? 0;
  if (first < 0x80 || at + 6 > bytes.length) return null;
  return first >= 0xc0 ? newHeader(bytes, at, first & 0x3f) : oldHeader(bytes, at, first);
}

function newHeader(bytes: Buffer, at: number, type: number): Header | null {
  const length = bytes[at + 1] ?? 0;
  if (length < 192) return { type, start: at + 2, end: at + 2 + length };
  if (length < 224) {
    return { type, start: at + 3, end: at + 3 + (length - 192) * 256 + (bytes[at + 2] ?? 0) + 192 };
  }
  return length === 255 ? { type, start: at + 6, end: at + 6 + bytes.readUInt32BE(at + 2) } : null;
}

/** Type and width of the length share the first byte. */
function oldHeader(bytes: Buffer, at: number, first: number): Header | null {
  const width = [1, 2, 4][first & 3];
  if (width === undefined) return null;
  const start = at + 1 + width;
  return { type: (first >> 2) & 0xf, start, end: start + bytes.readUIntBE(at + 1, width) };
}

/**
 * Whether the secret key packet with `body` says that a passphrase encrypts it; null: it cannot be told. Before the
 * byte that says so stand the fields of the public key, which the algorithm gives their number.
 */
export function isPgpKeyEncrypted(body: Buffer): boolean | null {
  const version = body[0];
  if (version !== 4 || body.length < 8) return null;
  const fields = PUBLIC_FIELDS[body[5] ?? 0];
  if (fields === undefined) return null;
  let at = 6;
  for (const field of fields) {
    if (at + 2 > body.length) return null;
    at +=
      field === "mpi"
        ? 2 + Math.ceil(body.readUInt16BE(at) / 8)
        : field === "bytes"
          ? 1 + (body[at] ?? 0)
          : field;
  }
  const usage = body[at];
  return usage === undefined ? null : usage !== 0;
}

/** By the number of the algorithm (RFC 9580 section 9.1): numbers with their bits, bytes with their length, or fixed bytes. */
const PUBLIC_FIELDS: Readonly<Record<number, readonly ("mpi" | "bytes" | number)[]>> = {
  1: ["mpi", "mpi"],
  2: ["mpi", "mpi"],
  3: ["mpi", "mpi"],
  16: ["mpi", "mpi", "mpi"],
  17: ["mpi", "mpi", "mpi", "mpi"],
  18: ["bytes", "mpi", "bytes"],
  19: ["bytes", "mpi"],
  22: ["bytes", "mpi"],
  25: [32],
  26: [56],
  27: [32],
  28: [57],
};
