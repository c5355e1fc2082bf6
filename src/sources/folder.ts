import { readdirSync } from "node:fs";
import { inTurn, type LookAhead, noLook, skippedTurn, type Turn } from "./ahead.js";
import { pathText } from "./path-name.js";
import { isProblem, orProblem, type Problem } from "./problem.js";
import type { SourceItem } from "./source.js";
import { VANISHED, workingFile } from "./working-file.js";

/**
 * Every file below a folder outside of git, sorted by path; no ignore rules hold there. git's own folders are left
 * out. `prefix` stands before every path: "" or something that ends with a slash.
 */
export async function* folderFiles(
  folder: string,
  prefix = "",
  look: LookAhead = noLook,
): AsyncGenerator<SourceItem> {
  yield* inTurn(walk(Buffer.from(folder), prefix), look);
}

function* walk(folder: Buffer, prefix: string): Generator<Turn> {
  const entries = folderEntries(folder);
  if (isProblem(entries)) {
    const path = prefix === "" ? "." : prefix.slice(0, -1);
    const reason = `the folder could not be listed: ${entries.reason}`;
    yield skippedTurn({ kind: "skipped", path, reason, incomplete: true });
    return;
  }
  for (const entry of entries) {
    const path = `${prefix}${entry.name}`;
    const bytes = Buffer.concat([folder, Buffer.from("/"), entry.bytes]);
    if (entry.name === ".git") {
      yield skippedTurn({ kind: "skipped", path, reason: "git's own folder", incomplete: false });
    } else if (entry.isFolder) yield* walk(bytes, `${path}/`);
    else {
      const place = { bytes, path, ifGone: VANISHED };
      yield { place, items: () => workingFile(place) };
    }
  }
}

type Entry = {
  readonly bytes: Buffer;
  readonly name: string;
  readonly isFolder: boolean;
  readonly order: string;
};

/** A folder's entries in the order of the full paths below it. */
function folderEntries(folder: Buffer): Entry[] | Problem {
  const found = orProblem(() => readdirSync(folder, { withFileTypes: true, encoding: "buffer" }));
  if (isProblem(found)) return found;
  return found
    .map((entry) => {
      const name = pathText(entry.name);
      const isFolder = entry.isDirectory();
      return { bytes: entry.name, name, isFolder, order: isFolder ? `${name}/` : name };
    })
    .sort((a, b) => (a.order < b.order ? -1 : 1));
}
