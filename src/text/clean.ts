import { isUtf8 } from "node:buffer";

/** Whether the bytes are UTF-8; a character cut off at their end is not invalid. */
export function isUtf8Head(bytes: Buffer): boolean {
  return isUtf8(bytes) || isUtf8(bytes.subarray(0, wholeCharacters(bytes)));
}

/** The length of `bytes` without a UTF-8 character that is cut off at the end. */
export function wholeCharacters(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let at = end - 1; at >= 0 && at >= end - 3; at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return at + (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > end ? at : end;
  }
  return end;
}

/** NUL and the controls that no text uses; tab, line breaks, form feed, backspace and escape are used. */
export function isControl(byte: number): boolean {
  return (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27) || byte === 127;
}

/** How many bytes are controls that no text uses. */
export function countControls(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if (isControl(bytes[at] ?? 0)) count++;
  return count;
}

/** How many bytes are NUL. */
export function countNuls(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) count++;
  return count;
}

/** Whether the bytes are UTF-8 without a control that no text uses. */
export function isCleanText(bytes: Buffer): boolean {
  return isUtf8Head(bytes) && countControls(bytes) === 0;
}

/** Whether at least `length` bytes of ASCII text follow each other somewhere. */
export function hasAsciiStretch(bytes: Buffer, length: number): boolean {
  let run = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    run = byte < 127 && !isControl(byte) ? run + 1 : 0;
    if (run >= length) return true;
  }
  return false;
}
