import type { BlobList } from "../sources/history-blobs.js";

/** Blobs to be read, in the order in which they were first asked for. */
export type BlobQueue = BlobList & {
  /** Asks for the blob to be looked at as this path; a pair is asked for once. */
  readonly add: (blob: string, path: string) => void;
};

/** An empty queue. */
export function blobQueue(): BlobQueue {
  const ids: string[] = [];
  const indexes = new Map<string, number>();
  // Nearly every blob has one path: so many arrays of one would be half of the memory.
  const paths: (string | string[])[] = [];
  return {
    get length() {
      return ids.length;
    },
    idAt: (index) => ids[index] ?? "",
    pathsAt(index) {
      const at = paths[index] ?? [];
      return typeof at === "string" ? [at] : at;
    },
    add(blob, path) {
      const index = indexes.get(blob);
      if (index === undefined) {
        indexes.set(blob, ids.length);
        ids.push(blob);
        paths.push(path);
        return;
      }
      const at = paths[index] ?? [];
      paths[index] = typeof at === "string" ? [at, path] : [...at, path];
    },
  };
}
