import type { BlobList } from "../../sources/history-blobs.js";

/** Blobs to be read, in the order in which they were first asked for. */
export type BlobQueue = BlobList & {
  /** Asks for the blob to be looked at as this path; a pair is asked for once. */
  readonly add: (blob: string, path: string) => void;
  /** The same blobs with all versions of a file one behind the other, as git packs them. */
  readonly byPath: () => BlobList;
};

/** An empty queue. A history asks for hundreds of thousands of blobs, so ids are packed and paths are shared. */
export function blobQueue(): BlobQueue {
  const ids: string[] = [];
  const indexes = new Map<string, number>();
  const names = new Map<string, string>();
  // Nearly every blob has one path: so many arrays of one would be half of the memory.
  const paths: (string | string[])[] = [];
  const idAt = (index: number): string => Buffer.from(ids[index] ?? "", "latin1").toString("hex");
  const pathsAt = (index: number): readonly string[] => {
    const at = paths[index] ?? [];
    return typeof at === "string" ? [at] : at;
  };
  return {
    get length() {
      return ids.length;
    },
    idAt,
    pathsAt,
    byPath() {
      const order = orderByPath(paths.length, (index) => pathsAt(index)[0] ?? "");
      return {
        length: order.length,
        idAt: (index) => idAt(order[index] ?? 0),
        pathsAt: (index) => pathsAt(order[index] ?? 0),
      };
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

/** The numbers below `count` with those of equal paths together, by their first, and in order among themselves. */
function orderByPath(count: number, pathOf: (index: number) => string): Uint32Array {
  // Number 0 ends a row.
  const next = new Uint32Array(count + 1);
  const lasts = new Map<string, number>();
  const firsts: number[] = [];
  for (let index = 0; index < count; index++) {
    const path = pathOf(index);
    const last = lasts.get(path);
    if (last === undefined) firsts.push(index + 1);
    else next[last] = index + 1;
    lasts.set(path, index + 1);
  }
  const order = new Uint32Array(count);
  let to = 0;
  for (const first of firsts) for (let at = first; at !== 0; at = next[at] ?? 0) order[to++] = at - 1;
  return order;
}
