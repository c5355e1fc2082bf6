import { createReadStream, realpathSync, type Stats, statSync } from "node:fs";
import { isProblem, orProblem } from "./problem.js";
import { isInside } from "./repository.js";
import type { SourceItem } from "./source.js";
import { type WorkingPath, workingFile } from "./working-file.js";

/**
 * What somebody asked for by its very name: behind a link, the file that it leads to, unless that lies outside of
 * `root`; of a pipe or a device (`/dev/stdin`, `<(…)`), whatever comes out of it. A link that leads nowhere is read as git
 * sees it, by its text.
 */
export function* namedFile(place: WorkingPath, root: string | null): Generator<SourceItem> {
  const stat = orProblem(() => statSync(place.bytes));
  if (isProblem(stat)) {
    yield* workingFile(place);
    return;
  }
  const real = realPath(place.bytes);
  if (stat.isFile() && root !== null && !isInside(root, real.toString()))
    yield { kind: "skipped", path: place.path, reason: LEADS_OUT, incomplete: true };
  else if (stat.isFile()) yield* workingFile({ ...place, bytes: real });
  else if (isStream(stat))
    yield { kind: "file", file: { path: place.path, size: 0, chunks: () => streamed(place.bytes) } };
  else yield* workingFile(place);
}

/** The repository may be somebody else's, and what it links to is not theirs to show. */
const LEADS_OUT = "a link to a file outside of the repository: name that file by itself";

function realPath(bytes: Buffer): Buffer {
  const real = orProblem(() => realpathSync.native(bytes, { encoding: "buffer" }));
  return isProblem(real) ? bytes : real;
}

function isStream(stat: Stats): boolean {
  return stat.isFIFO() || stat.isCharacterDevice() || stat.isSocket();
}

async function* streamed(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield* createReadStream(bytes);
}
