import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";

/** Named stretches of bytes in one file. */
export type PackParts = ReadonlyMap<string, Uint8Array>;

/** Reads some of a part's bytes, when they are wanted. */
export type PartReader = (start: number, end: number) => Uint8Array;

/** A pack on the disk: of its parts the last, and by far the largest, is read piece by piece. */
export type OpenPack = {
  readonly parts: PackParts;
  readonly last: PartReader;
  /** When it was last changed, in milliseconds since 1970. */
  readonly time: number;
};

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
  const head = headOf(pack, pack.length);
  return head === null ? null : partsAt(head, pack, head.parts);
}

/** The packs that this process has open, by file: each stays open, for more of it may be wanted at any time. */
const open = new Map<string, { readonly pack: OpenPack; readonly stats: Stats }>();

/**
 * The pack at `file`; null for what is no whole pack of this form. Throws the file system's error for a file that cannot
 * be read. What is read later is of the file that was opened, whatever has been put in its place.
 */
export function openPack(file: string): OpenPack | null {
  const known = open.get(file);
  const now = statSync(file);
  if (known !== undefined && isSameFile(known.stats, now)) return known.pack;
  const opened = openSync(file, "r");
  const stats = fstatSync(opened);
  const head = headOf(bytesAt(opened, 0, Math.min(stats.size, MOST_HEADER)), stats.size);
  const last = head?.parts.at(-1);
  if (head === null || last === undefined) {
    closeSync(opened);
    return null;
  }
  const [, at] = last;
  const lastAt = head.bodyAt + at;
  const pack: OpenPack = {
    parts: partsAt(head, bytesAt(opened, 0, lastAt), head.parts.slice(0, -1)),
    last: (start, end) => bytesAt(opened, lastAt + start, lastAt + end),
    time: stats.mtimeMs,
  };
  open.set(file, { pack, stats });
  return pack;
}

function isSameFile(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;
}

/** A header is a few hundred bytes. */
const MOST_HEADER = 4096;

type Head = Pick<Header, "parts"> & { readonly bodyAt: number };

/** The head of a pack of `size` bytes that begins with `start`. */
function headOf(start: Uint8Array, size: number): Head | null {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (bytes.length < LENGTH_BYTES) return null;
  const headerEnd = LENGTH_BYTES + bytes.readUInt32LE(0);
  if (headerEnd > bytes.length) return null;
  const header = headerIn(bytes.toString("utf8", LENGTH_BYTES, headerEnd));
  const bodyAt = aligned(headerEnd);
  return header === null || size !== bodyAt + header.bytes ? null : { parts: header.parts, bodyAt };
}

function partsAt({ bodyAt }: Head, bytes: Uint8Array, parts: Header["parts"]): PackParts {
  return new Map(
    parts.map(([name, at, length]) => [name, bytes.subarray(bodyAt + at, bodyAt + at + length)]),
  );
}

/** The bytes from `start` to `end`. Throws where the file ends before. */
function bytesAt(opened: number, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(end - start);
  for (let filled = 0; filled < bytes.length; ) {
    const read = readSync(opened, bytes, filled, bytes.length - filled, start + filled);
    if (read === 0)
      throw new RangeError("the pack of the default rules was cut short: install aura-scan again");
    filled += read;
  }
  return bytes;
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
