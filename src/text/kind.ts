import { isAscii } from "node:buffer";
import { countControls, countNuls, hasAsciiStretch, isControl, isUtf8Head } from "./clean.js";
import { containerName } from "./container.js";
import { isLfsPointer, LFS_POINTER } from "./lfs-pointer.js";

/** How a text's bytes become characters. A byte order mark is no part of the text, whatever the name says. */
export type Encoding =
  | "utf-8"
  | "utf-8-bom"
  | "utf-16le"
  | "utf-16be"
  | "utf-32le"
  | "utf-32be"
  /** No valid UTF-8, so one character a byte: whatever it is meant to be, its ASCII is right. */
  | "latin1";

/** What a content is. */
export type ContentKind =
  | { readonly kind: "text"; readonly encoding: Encoding }
  /** Read by its printable strings. */
  | { readonly kind: "binary" }
  /** An archive, image, font, recording or document, whose bytes say nothing before it is unpacked; a Git LFS pointer. */
  | { readonly kind: "container"; readonly what: string };

/** Bytes at a content's beginning that tell its kind; all of them, for a shorter one. */
export const HEAD_BYTES = 64 * 1024;

/** A text may hold a stray NUL or two, as a quoted byte or a torn write; a binary holds many. */
const STRAY_NULS = 1 / 200;

/** Old text encodings use no control characters; compressed data is full of them. */
const MOST_CONTROLS = 1 / 50;

/** What kind of content begins with `head`: its first `HEAD_BYTES` bytes, or all of it. */
export function contentKind(head: Uint8Array): ContentKind {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES));
  const marked = markedEncoding(bytes);
  if (marked !== null) return marked;
  const hasNul = bytes.includes(0);
  const isText = isUtf8Head(bytes);
  if (isText && !hasNul)
    return isLfsPointer(bytes) ? { kind: "container", what: LFS_POINTER } : text("utf-8");
  const what = containerName(bytes);
  if (what !== null) return { kind: "container", what };
  const wide = hasNul ? unmarkedUtf16(bytes) : null;
  if (wide !== null) return text(wide);
  if (isText) return isStray(countNuls(bytes), bytes) ? text("utf-8") : { kind: "binary" };
  const isOldText = !hasNul && countControls(bytes) <= bytes.length * MOST_CONTROLS;
  return isOldText ? text("latin1") : { kind: "binary" };
}

function isStray(nuls: number, bytes: Buffer): boolean {
  return nuls <= bytes.length * STRAY_NULS;
}

function text(encoding: Encoding): ContentKind {
  return { kind: "text", encoding };
}

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ["utf-8-bom", [0xef, 0xbb, 0xbf]],
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

function markedEncoding(bytes: Buffer): ContentKind | null {
  const mark = MARKS.find(([, start]) => start.every((byte, at) => bytes[at] === byte));
  if (mark === undefined) return null;
  const [encoding, start] = mark;
  const rest = bytes.subarray(start.length);
  const isMislabelled = encoding !== "utf-8-bom" && (isNarrow(rest) || hasAsciiStretch(rest, NARROW_STRETCH));
  return isMislabelled ? { kind: "binary" } : text(encoding);
}

/**
 * ASCII in what is taken for UTF-16 would be read as rare ideographs, and its secrets not at all. Ideographs have such
 * bytes too, but hardly sixteen in a row; so these contents are read by their strings, of one byte and of two.
 */
const NARROW_STRETCH = 32;

/** Whether it is ASCII all through, one byte a character. */
function isNarrow(bytes: Buffer): boolean {
  return bytes.length > 0 && isAscii(bytes) && isStray(countNuls(bytes), bytes);
}

/** UTF-16 without a mark: nearly every other byte is NUL, always on the same side, and no unit is a control. */
function unmarkedUtf16(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  const units = bytes.length >> 1;
  if (units < 2 || hasAsciiStretch(bytes, NARROW_STRETCH)) return null;
  let even = 0;
  let odd = 0;
  let evenControls = 0;
  let oddControls = 0;
  for (let at = 0; at < units * 2; at += 2) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    if (first === 0) even++;
    if (second === 0) odd++;
    if (second === 0 && isControl(first)) evenControls++;
    if (first === 0 && isControl(second)) oddControls++;
  }
  // Four in ten: much of a text in any language is spaces, digits, line breaks and marks.
  const most = units * 0.4;
  const few = units * STRAY_NULS;
  if (odd >= most && even <= few && evenControls <= few) return "utf-16le";
  if (even >= most && odd <= few && oddControls <= few) return "utf-16be";
  return null;
}
