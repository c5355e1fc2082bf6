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
