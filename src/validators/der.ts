/** One value of DER: its tag and what it holds. */
export type DerValue = { readonly tag: number; readonly content: Buffer };

export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OID = 0x06;
export const SEQUENCE = 0x30;

/**
 * The values of DER (ITU-T X.690) that `bytes` hold one after another, as far as they are whole, and what is left over:
 * null where nothing is, `cut` where a value says that it is longer than what is there, else `other`.
 */
export function readDer(bytes: Buffer): {
  readonly values: readonly DerValue[];
  readonly rest: null | "cut" | "other";
} {
  const values: DerValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = readHeader(bytes, at);
    if (header === null) return { values, rest: "other" };
    if (header.end > bytes.length) return { values, rest: "cut" };
    values.push({ tag: header.tag, content: bytes.subarray(header.start, header.end) });
    at = header.end;
  }
  return { values, rest: null };
}

/** The values that fill `bytes` exactly; null where they do not. */
export function derValues(bytes: Buffer): readonly DerValue[] | null {
  const { values, rest } = readDer(bytes);
  return rest === null ? values : null;
}

function readHeader(bytes: Buffer, at: number): { tag: number; start: number; end: number } | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const width = first & 0x7f;
  if (width === 0 || width > 4 || at + 2 + width > bytes.length) return null;
  const start = at + 2 + width;
  return { tag, start, end: start + bytes.readUIntBE(at + 2, width) };
}
