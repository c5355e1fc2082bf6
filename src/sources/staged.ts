import { type Blob, type BlobAsker, blobAsker, readBlobs } from "./blobs.js";
import { gitOutput } from "./git.js";
import { byPath, nulSeparated, pathText } from "./path-name.js";
import type { Repository } from "./repository.js";
import { SourceError, type SourceItem } from "./source.js";

/** A path whose staged content differs from HEAD's. */
type Change = {
  readonly path: string;
  readonly status: string;
  readonly mode: string;
  readonly id: string;
  readonly previousMode: string;
  readonly previousId: string;
};

/** git knows the tree without entries by heart; before the first commit it stands for HEAD. */
const EMPTY_TREE = {
  sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
};

const SUBMODULE = "160000";

/** HEAD's version of a file is held in memory to tell added lines; for longer ones every line counts as added. */
const LONGEST_PREVIOUS = 64 << 20;

/**
 * The content staged for the next commit, where it differs from HEAD's: the index's blobs, never the working tree,
 * whatever the attributes say. Sorted by path; yields nothing if nothing is staged. Throws SourceError.
 */
export async function* stagedFiles(repository: Repository): AsyncGenerator<SourceItem> {
  const changes = await stagedChanges(repository);
  const readable = changes.filter((change) => reasonToSkip(change) === null);
  const blobs = readBlobs(
    repository,
    readable.map((change) => change.id),
  );
  const asker = blobAsker(repository);
  try {
    for (const change of changes) {
      const reason = reasonToSkip(change);
      if (reason !== null) yield { kind: "skipped", path: change.path, ...reason };
      else yield item(change, await nextBlob(blobs), asker);
    }
  } finally {
    asker.end();
    await blobs.return(undefined);
  }
}

async function nextBlob(blobs: AsyncGenerator<Blob>): Promise<Blob> {
  const next = await blobs.next();
  if (next.done === true)
    throw new SourceError("incomplete", "git answered for fewer objects than were asked.");
  return next.value;
}

function item(change: Change, blob: Blob, asker: BlobAsker): SourceItem {
  const { path } = change;
  if (blob.kind === "unreadable") return { kind: "skipped", path, reason: blob.reason, incomplete: true };
  // A link's or a submodule's past under this name is no earlier version of a file.
  const isNew = /^0+$/.test(change.previousId) || kindOf(change.previousMode) !== kindOf(change.mode);
  const previous = () => (isNew ? Promise.resolve(null) : asker.bytes(change.previousId, LONGEST_PREVIOUS));
  return { kind: "file", file: { path, size: blob.size, chunks: blob.chunks, previous } };
}

/** `100` for a file, executable or not, `120` for a symbolic link, `160` for a submodule. */
function kindOf(mode: string): string {
  return mode.slice(0, 3);
}

function reasonToSkip(change: Change): { readonly reason: string; readonly incomplete: boolean } | null {
  if (change.status === "U") {
    return { reason: "not merged yet: resolve the conflict and git add the file", incomplete: true };
  }
  if (change.mode === SUBMODULE) return { reason: "submodule", incomplete: false };
  return null;
}

async function stagedChanges(repository: Repository): Promise<Change[]> {
  if (repository.isBare) {
    throw new SourceError("usage", `${repository.root} is a bare repository: nothing can be staged in it.`);
  }
  const base = repository.hasHead ? "HEAD" : EMPTY_TREE[repository.objectFormat];
  const output = await gitOutput(repository, [
    "diff-index",
    "--cached",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    "--diff-filter=d",
    base,
    "--",
  ]);
  const changes = parsedRaw(output);
  const unmerged = new Set(changes.filter(({ status }) => status === "U").map(({ path }) => path));
  return changes.filter(({ path, status }) => status === "U" || !unmerged.has(path)).sort(byPath);
}

// https://git-scm.com/docs/diff-format#_raw_output_format
//   :100644 100644 <HEAD's id> <staged id> M NUL <path> NUL
function parsedRaw(output: Buffer): Change[] {
  const fields = nulSeparated(output);
  const changes: Change[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const head = fields[at]?.toString("latin1") ?? "";
    const path = fields[at + 1];
    const match = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*$/.exec(head);
    if (match === null || path === undefined)
      throw new SourceError("incomplete", `git diff-index answered "${head}".`);
    const [, previousMode = "", mode = "", previousId = "", id = "", status = ""] = match;
    changes.push({ path: pathText(path), status, mode, id, previousMode, previousId });
  }
  return changes;
}
