/** Of a decoded text, at least nine in ten bytes are printable: more than any chance, less than a stray accent. */
const READABLE = 0.9;

/** Whether bytes are text: printable ASCII and white space, but for one in ten. */
export function isReadable(bytes: Uint8Array): boolean {
  let printable = 0;
  for (const byte of bytes) if (isPrintable(byte)) printable++;
  return bytes.length > 0 && printable >= bytes.length * READABLE;
}

function isPrintable(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

/** Bytes as text: UTF-16 where every other one is zero, as PowerShell encodes its commands, else UTF-8. */
export function readableText(bytes: Buffer): string {
  for (let at = 1; at < bytes.length; at += 2) if (bytes[at] !== 0) return bytes.toString("utf8");
  return bytes.length < 2 ? bytes.toString("utf8") : bytes.toString("utf16le");
}
