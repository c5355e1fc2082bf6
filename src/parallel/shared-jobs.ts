import type { WorkingPath } from "../sources/working-file.js";

/**
 * Files to look at, in memory that all threads share: whoever is free takes the next ones, and writes down what came of
 * each. Nothing is sent.
 */
export type SharedJobs = {
  readonly count: number;
  /** Paths in the file system and names in reports, one behind the other. */
  readonly names: SharedArrayBuffer;
  /** Where each begins: two for a file, and the end. */
  readonly places: SharedArrayBuffer;
  /** For each file: see `STATE`. */
  readonly states: SharedArrayBuffer;
  readonly bytes: SharedArrayBuffer;
  readonly units: SharedArrayBuffer;
  /** The next file that nobody took, and a number that grows with each that is done. */
  readonly control: SharedArrayBuffer;
};

/** `open`: not done yet; `clean`: nothing to tell of; `look`: somebody has to look at it. */
export const STATE = { open: 0, clean: 1, look: 2 } as const;

export const NEXT = 0;
export const DONE = 1;

/** So many files are taken at once: few, so that no thread waits for another's last ones. */
export const TAKEN = 8;

/** The jobs for these files, none done. */
export function sharedJobs(files: readonly WorkingPath[]): SharedJobs {
  const parts = files.flatMap(({ bytes, path }) => [bytes, Buffer.from(path)]);
  const names = new SharedArrayBuffer(parts.reduce((sum, part) => sum + part.length, 0));
  const places = new SharedArrayBuffer((parts.length + 1) * 4);
  const [into, starts] = [new Uint8Array(names), new Uint32Array(places)];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    starts[index] = at;
    into.set(part, at);
    at += part.length;
  }
  starts[parts.length] = at;
  return {
    count: files.length,
    names,
    places,
    states: new SharedArrayBuffer(files.length * 4),
    bytes: new SharedArrayBuffer(files.length * 8),
    units: new SharedArrayBuffer(files.length * 4),
    control: new SharedArrayBuffer(8),
  };
}

/** The file of this index. */
export function jobAt({ names, places }: SharedJobs, index: number): WorkingPath {
  const starts = new Uint32Array(places);
  const part = (number: number): Buffer =>
    Buffer.from(Buffer.from(names, starts[number] ?? 0, (starts[number + 1] ?? 0) - (starts[number] ?? 0)));
  return {
    bytes: part(index * 2),
    path: part(index * 2 + 1).toString("utf8"),
    ifGone: { reason: "", incomplete: true },
  };
}
