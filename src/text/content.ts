import { isUtf8 } from "node:buffer";
import { decoderFor } from "./decode.js";
import { contentKind, type Encoding, HEAD_BYTES } from "./kind.js";
import { PIECE_UNITS, pieceCutter, type TextPiece, wholePiece } from "./piece.js";
import { stringsFinder } from "./printable.js";

/** How much is read. */
export type ContentLimits = {
  /** Bytes of a binary whose strings are looked at. */
  readonly binaryBytes: number;
};

/** A content on its way through: its text in pieces, or the name of what it is packed in. */
export type Content =
  | {
      readonly kind: "text" | "binary";
      /** How a text's bytes became characters; null for a binary. */
      readonly encoding: Encoding | null;
      /** To be read once. There is at least one piece; a binary's are its printable strings, one a line. */
      readonly pieces: AsyncIterable<TextPiece>;
      /** Bytes looked at so far; all, once the last piece has come. */
      readonly bytes: () => number;
      /** Whether the limit left a part of a binary unread; known once the last piece has come. */
      readonly truncated: () => boolean;
    }
  | { readonly kind: "container"; readonly what: string };

/**
 * Tells what a content is from its beginning, and reads it in flat memory, whatever its size. Throws what `chunks`
 * throws, here or while the pieces are read; ends `chunks` early where the rest is not read.
 */
export async function readContent(
  chunks: AsyncIterable<Uint8Array>,
  limits: ContentLimits,
): Promise<Content> {
  const source = chunks[Symbol.asyncIterator]();
  const head = await headOf(source);
  const kind = contentKind(head);
  if (kind.kind === "container") {
    await source.return?.();
    return kind;
  }
  const isBinary = kind.kind === "binary";
  const count = { bytes: 0, truncated: false };
  const limit = isBinary ? limits.binaryBytes : Number.POSITIVE_INFINITY;
  const decoder =
    kind.kind === "text" ? decoderFor(kind.encoding) : { decode: stringsFinder().find, end: () => "" };
  return {
    kind: kind.kind,
    encoding: kind.kind === "text" ? kind.encoding : null,
    pieces: piecesOf(
      counted(head, source, limit, count),
      decoder,
      kind.kind === "text" && kind.encoding === "utf-8",
    ),
    bytes: () => count.bytes,
    truncated: () => count.truncated,
  };
}

async function headOf(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let length = 0; length < HEAD_BYTES; ) {
    const next = await source.next();
    if (next.done === true) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
}

/** The head and what follows it, up to `limit` bytes; a byte beyond is what tells that the limit cut something. */
async function* counted(
  head: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  limit: number,
  count: { bytes: number; truncated: boolean },
): AsyncGenerator<Uint8Array> {
  try {
    let part: Uint8Array | null = head;
    while (part !== null) {
      const room = limit - count.bytes;
      const kept: Uint8Array = part.length > room ? part.subarray(0, room) : part;
      count.bytes += kept.length;
      count.truncated = part.length > room;
      if (kept.length > 0) yield kept;
      if (count.truncated) return;
      const next: IteratorResult<Uint8Array, unknown> = await source.next();
      part = next.done === true ? null : next.value;
    }
  } finally {
    await source.return?.();
  }
}

async function* piecesOf(
  chunks: AsyncIterable<Uint8Array>,
  decoder: { readonly decode: (bytes: Uint8Array) => string; readonly end: () => string },
  isUtf8: boolean,
): AsyncGenerator<TextPiece> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    const first = await source.next();
    let next = first.done === true ? first : await source.next();
    if (isUtf8 && first.done !== true && next.done === true && isOnePiece(first.value)) {
      yield wholePiece(Buffer.from(first.value.buffer, first.value.byteOffset, first.value.byteLength));
      return;
    }
    const cutter = pieceCutter();
    if (first.done !== true) yield* cutter.push(decoder.decode(first.value));
    for (; next.done !== true; next = await source.next()) yield* cutter.push(decoder.decode(next.value));
    yield* cutter.push(decoder.end());
    yield cutter.end();
  } finally {
    await source.return?.();
  }
}

function isOnePiece(bytes: Uint8Array): boolean {
  return bytes.length <= PIECE_UNITS && isUtf8(bytes);
}
