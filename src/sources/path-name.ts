import { isUtf8 } from "node:buffer";

/**
 * A path of git's or the file system's bytes as text for people. A name that is no valid UTF-8 shows every byte
 * above ASCII as `\xNN`, so that two different names never look the same.
 */
export function pathText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return bytes.toString("latin1").replace(/[\x80-\xff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
}

/** Below zero, zero or above: the order of UTF-16 units, the same on every machine and in every language. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** The fields of git's `-z` output; each ends with a NUL. */
export function nulSeparated(output: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let start = 0; start < output.length; ) {
    const found = output.indexOf(0, start);
    const end = found < 0 ? output.length : found;
    fields.push(output.subarray(start, end));
    start = end + 1;
  }
  return fields;
}
