import { isAscii } from "node:buffer";
import type { Engine } from "../../scan/engine.js";
import { type QuietVersion, quietVersion } from "../../scan/quiet-version.js";
import { openFile } from "../../scan/scan-text.js";
import type { Clean } from "../../sources/ahead.js";
import type { LookAtOnce } from "../../sources/history-blobs.js";
import { PIECE_UNITS } from "../../text/piece.js";
import { quickLook } from "../quick-look.js";

/** A shorter content may be a pointer to another one, and costs nothing. */
const SHORTEST = 256;

/**
 * Looks at the versions of files: of one that differs little from the version before only what changed is looked at.
 * Nothing more is looked at once the run's time limit has run out.
 */
export function versionLook(engine: Engine): LookAtOnce {
  const { limits } = engine.settings;
  const until = limits.seconds === 0 ? Number.POSITIVE_INFINITY : Date.now() + limits.seconds * 1000;
  const longest = Math.min(PIECE_UNITS, limits.unit_file_bytes);
  let last: { readonly path: string; readonly isPlain: boolean; version: QuietVersion | null } | null = null;

  function look(path: string, content: Buffer): Clean | null {
    if (last?.path !== path)
      last = { path, isPlain: openFile(engine, path, "git").inPath.length === 0, version: null };
    const isShort = content.length >= SHORTEST && content.length <= longest;
    if (last.isPlain && isShort && isAscii(content) && !content.includes(0)) {
      const version = quietVersion(engine, path, content, last.version);
      last.version = version ?? last.version;
      if (version !== null) return { bytes: content.length, units: 0 };
    }
    return quickLook(engine, path, content);
  }

  return (path, content) => {
    if (Date.now() > until) return null;
    try {
      return look(path, content);
    } catch {
      // Whoever tells of the file tells what went wrong.
      return null;
    }
  };
}
