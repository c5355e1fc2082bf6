/** Named stretches of bytes in one file. */
export type PackParts = ReadonlyMap<string, Uint8Array>;

/** Written into the file; a pack of another form is not read. */
const FORM = "aura-scan/pack/1";

/** The first bytes tell how long the header is, which is JSON. */
const LENGTH_BYTES = 4;

/** Parts begin at multiples of this, so that they can be looked at as numbers of any size. */
const ALIGNED = 8;

type Header = {
  readonly form: string;
  readonly bytes: number;
  readonly parts: readonly (readonly [name: string, at: number, length: number])[];
};

/** The parts in one buffer: `partsOf` gives them back. */
export function packed(parts: PackParts): Buffer {
  let end = 0;
  const places = [...parts].map(([name, { length }]) => {
    const at = end;
    end = aligned(at + length);
    return [name, at, length] as const;
  });
  const header: Header = { form: FORM, bytes: end, parts: places };
  const told = Buffer.from(JSON.stringify(header));
  const bodyAt = aligned(LENGTH_BYTES + told.length);
  const pack = Buffer.alloc(bodyAt + end);
  pack.writeUInt32LE(told.length, 0);
  told.copy(pack, LENGTH_BYTES);
  for (const [name, at] of places) pack.set(parts.get(name) ?? [], bodyAt + at);
  return pack;
}

/** The parts of a pack, looking into its bytes; null for what is no whole pack of this form. */
export function partsOf(pack: Uint8Array): PackParts | null {
  const bytes = Buffer.from(pack.buffer, pack.byteOffset, pack.byteLength);
  if (bytes.length < LENGTH_BYTES) return null;
  const headerEnd = LENGTH_BYTES + bytes.readUInt32LE(0);
  if (headerEnd > bytes.length) return null;
  const header = headerIn(bytes.toString("utf8", LENGTH_BYTES, headerEnd));
  const bodyAt = aligned(headerEnd);
  if (header === null || bytes.length !== bodyAt + header.bytes) return null;
  return new Map(
    header.parts.map(([name, at, length]) => [name, bytes.subarray(bodyAt + at, bodyAt + at + length)]),
  );
}

function headerIn(text: string): Header | null {
  try {
    const header = JSON.parse(text) as Header;
    return header.form === FORM ? header : null;
  } catch {
    return null;
  }
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGNED) * ALIGNED;
}
