import { readFileSync, statSync } from "node:fs";
import { createHash } from "../../text/crypto.js";

/** Files that somebody may change at any time. */
export type WatchedFiles = {
  /** Whether they hold something else than when this or `mark` was last asked. */
  readonly changed: () => boolean;
  /** Watches these from now on, as they are now. */
  readonly mark: (files: readonly string[]) => void;
};

/** They are looked at no more often than this, in milliseconds: a look takes about ten microseconds a file. */
const PAUSE = 5;

/** A file that was written less than this ago may be written again without its times telling, in milliseconds. */
const SETTLES_IN = 100;

/**
 * Watches files by their size, times and place on the disk: surer than waiting for the system to tell, and soon enough,
 * for whoever is about to use them asks first.
 */
export function watchedFiles(clock: () => number = Date.now): WatchedFiles {
  let files: readonly string[] = [];
  let signs = "";
  let content = "";
  let isSettled = true;
  let asked = Number.NEGATIVE_INFINITY;

  const look = (): boolean => {
    const now = clock();
    asked = now;
    const seen = files.map((file) => signsOf(file));
    const together = seen.map(({ text }) => text).join("\n");
    if (together === signs && isSettled) return false;
    const before = content;
    signs = together;
    isSettled = seen.every(({ written }) => written < now - SETTLES_IN || written > now + SETTLES_IN);
    content = contentOf(files);
    return content !== before;
  };

  return {
    changed() {
      const now = clock();
      // A clock that goes back is no reason to wait.
      return now >= asked && now - asked < PAUSE ? false : look();
    },
    mark(these) {
      files = these;
      signs = "";
      look();
    },
  };
}

function signsOf(file: string): { readonly text: string; readonly written: number } {
  try {
    const { dev, ino, size, mode, mtimeNs, ctimeNs, mtimeMs } = statSync(file, { bigint: true });
    return { text: [dev, ino, size, mode, mtimeNs, ctimeNs].join(" "), written: Number(mtimeMs) };
  } catch (error) {
    return { text: codeOf(error), written: 0 };
  }
}

function contentOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    try {
      const bytes = readFileSync(file);
      hash.update(`${bytes.length} `).update(bytes);
    } catch (error) {
      hash.update(`- ${codeOf(error)} `);
    }
  }
  return hash.digest("hex");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
}
