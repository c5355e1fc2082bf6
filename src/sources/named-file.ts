import { createReadStream, realpathSync, type Stats, statSync } from "node:fs";
import { isProblem, orProblem } from "./problem.js";
import type { SourceItem } from "./source.js";
import { type WorkingPath, workingFile } from "./working-file.js";

/**
 * What somebody asked for by its very name: behind a link, the file that it leads to; of a pipe or a device
 * (`/dev/stdin`, `<(…)`), whatever comes out of it. A link that leads nowhere is read as git sees it, by its text.
 */
export function* namedFile(place: WorkingPath): Generator<SourceItem> {
  const stat = orProblem(() => statSync(place.bytes));
  if (isProblem(stat)) yield* workingFile(place);
  else if (stat.isFile()) yield* workingFile({ ...place, bytes: realPath(place.bytes) });
  else if (isStream(stat))
    yield { kind: "file", file: { path: place.path, size: 0, chunks: () => streamed(place.bytes) } };
  else yield* workingFile(place);
}

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
