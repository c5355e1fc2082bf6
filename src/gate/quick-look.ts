import { isUtf8 } from "node:buffer";
import { MARK } from "../allow/directive.js";
import type { Engine } from "../scan/engine.js";
import { openFile, scanPiece } from "../scan/scan-text.js";
import type { Clean } from "../sources/ahead.js";
import { isLfsPointer } from "../text/lfs-pointer.js";
import { PIECE_UNITS, wholePiece } from "../text/piece.js";
import { pieceOf } from "./scan-source-file.js";

/**
 * What was read of a file with these bytes, if there is nothing to tell of it at all; null: `scanSourceFile` has to look.
 * Most files of a tree are UTF-8 in one piece, and need none of what others need. Throws what `scanPiece` throws.
 */
export function quickLook(engine: Engine, path: string, bytes: Buffer): Clean | null {
  // A larger one of a language that is taken apart has that told of it.
  const most = Math.min(PIECE_UNITS, engine.settings.limits.unit_file_bytes);
  if (bytes.length > most || !isUtf8(bytes) || bytes.includes(0) || bytes.includes(MARK)) return null;
  if (isLfsPointer(bytes)) return null;
  const text = startsMarked(bytes) ? bytes.subarray(3) : bytes;
  const context = openFile(engine, path, "git");
  if (context.inPath.length > 0) return null;
  const { located, units, markers } = scanPiece(engine, context, pieceOf(wholePiece(text), true));
  return located.length + markers.size === 0 ? { bytes: bytes.length, units } : null;
}

/** Whether it begins with a byte order mark, which is no part of the text. */
function startsMarked(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
