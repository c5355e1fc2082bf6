/** So much is read between two looks at the heap, in bytes: a few files of a commit never come to one. */
const BETWEEN = 2 << 20;

/** A heap above this is tidied: a run's own tables take 15 MB, all else is what files left behind. In bytes. */
const MOST = 60 << 20;

/**
 * Keeps the heap small over many files; to be told how much was read. V8 by itself lets garbage grow to several times that
 * before it looks for it, as the machine's memory allows: a run over a tree of any size would take what others need.
 */
export function heapKeeper(): (bytes: number) => void {
  let read = 0;
  let tidy: (() => void) | null = null;
  return (bytes) => {
    read += bytes;
    if (read < BETWEEN) return;
    read = 0;
    if (process.memoryUsage().heapUsed < MOST) return;
    tidy ??= garbageCollector();
    tidy();
  };
}

/** V8's own, which it gives to new contexts once it is asked to. */
function garbageCollector(): () => void {
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  const { runInNewContext } = process.getBuiltinModule("node:vm");
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("gc");
  return typeof found === "function" ? () => found() : () => {};
}
