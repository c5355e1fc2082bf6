import type { BlobList } from "../../sources/history-blobs.js";

/** Blobs to be read, in the order in which they were first asked for. */
export type BlobQueue = BlobList & {
  /** Asks for the blob to be looked at as this path; a pair is asked for once. */
  readonly add: (blob: string, path: string) => void;
};

/** An empty queue. A history asks for hundreds of thousands of blobs, so ids are packed and paths are shared. */
export function blobQueue(): BlobQueue {
  const ids: string[] = [];
  const indexes = new Map<string, number>();
  const names = new Map<string, string>();
  // Nearly every blob has one path: so many arrays of one would be half of the memory.
  const paths: (string | string[])[] = [];
  return {
    get length() {
      return ids.length;
    },
    idAt: (index) => Buffer.from(ids[index] ?? "", "latin1").toString("hex"),
    pathsAt(index) {
      const at = paths[index] ?? [];
      return typeof at === "string" ? [at] : at;
    },
    add(blob, path) {
      const name = names.get(path) ?? path;
      names.set(name, name);
      const id = Buffer.from(blob, "hex").toString("latin1");
      const index = indexes.get(id);
      if (index === undefined) {
        indexes.set(id, ids.length);
        ids.push(id);
        paths.push(name);
        return;
      }
      const at = paths[index] ?? [];
      paths[index] = typeof at === "string" ? [at, name] : [...at, name];
    },
  };
}
