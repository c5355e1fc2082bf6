// Node's compression is loaded by the first call: most commits need none of it.
const zlib = (): typeof import("node:zlib") => process.getBuiltinModule("node:zlib");

/** `crc32` of node:zlib. */
export function crc32(text: string | Uint8Array): number {
  return zlib().crc32(text);
}

/** `gzipSync` of node:zlib. */
export function gzipSync(text: string): Buffer {
  return zlib().gzipSync(text);
}

/** `inflateRawSync` of node:zlib. */
export function inflateRawSync(bytes: Uint8Array): Buffer {
  return zlib().inflateRawSync(bytes);
}

/** What was compressed into exactly these bytes, by zlib's format; null for anything else, and for more than `most` bytes. */
export function inflatedWhole(bytes: Uint8Array, most: number): Buffer | null {
  try {
    const { buffer, engine } = zlib().inflateSync(bytes, {
      maxOutputLength: most,
      info: true,
    }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return engine.bytesWritten === bytes.length ? buffer : null;
  } catch {
    return null;
  }
}
