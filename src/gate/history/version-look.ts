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

/** What is known of the file whose versions are being looked at. */
type File = {
  readonly path: string;
  /** Whether nothing is to be told of its name. */
  readonly isPlain: boolean;
  /** The last quiet one. */
  version: QuietVersion | null;
  /** So many others came since. */
  misses: number;
};

/** Where many versions in a row are not quiet, few of the next are: the first, second, fourth, eighth … is tried. */
function isTried({ misses }: File): boolean {
  return (misses & (misses - 1)) === 0;
}

/**
 * Looks at the versions of files: of one that differs little from the version before only what changed is looked at.
 * Nothing more is looked at once the run's time limit has run out.
 */
export function versionLook(engine: Engine): LookAtOnce {
  const { limits } = engine.settings;
  const until = limits.seconds === 0 ? Number.POSITIVE_INFINITY : Date.now() + limits.seconds * 1000;
  const longest = Math.min(PIECE_UNITS, limits.unit_file_bytes);
  let last: File | null = null;

  function look(path: string, content: Buffer): Clean | null {
    if (last?.path !== path)
      last = { path, isPlain: openFile(engine, path, "git").inPath.length === 0, version: null, misses: 0 };
    const isShort = content.length >= SHORTEST && content.length <= longest;
    if (last.isPlain && isShort && isAscii(content) && !content.includes(0)) {
      const version = isTried(last) ? quietVersion(engine, path, content, last.version) : null;
      last.version = version ?? last.version;
      last.misses = version === null ? last.misses + 1 : 0;
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
