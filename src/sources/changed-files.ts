import { type Blob, type BlobAsker, blobAsker, readBlobs } from "./blobs.js";
import { looseBlob, looseFolder } from "./loose-blob.js";
import { missingFromPartial } from "./not-fetched.js";
import type { Change, Entry } from "./raw-changes.js";
import type { Repository } from "./repository.js";
import { SourceError, type SourceItem } from "./source.js";

const SUBMODULE = "160000";

/** Earlier versions are held in memory to tell added lines; where one is longer, in bytes, it counts as unknown. */
const LONGEST_PREVIOUS = 64 << 20;

const LINE_BREAK = Buffer.from("\n");

/**
 * The contents that these changes bring, in their order, through one git process; those that are known to be `absent`
 * are only named. Throws SourceError.
 */
export async function* changedFiles(
  repository: Repository,
  changes: readonly Change[],
  absent: ReadonlySet<string> = new Set(),
): AsyncGenerator<SourceItem> {
  const reasonToSkip = (change: Change): Reason | null => reasonOf(change, absent);
  const blobs = blobsOf(
    repository,
    changes.filter((change) => reasonToSkip(change) === null).map(({ id }) => id),
  );
  const asker = blobAsker(repository);
  try {
    for (const change of changes) {
      const { path } = change;
      const reason = reasonToSkip(change);
      if (reason !== null) yield { kind: "skipped", path, ...reason };
      else yield itemOf(change, await nextBlob(blobs), asker);
    }
  } finally {
    asker.end();
    await blobs.return(undefined);
  }
}

/** So many are read one by one; where there are more, git unpacks them beside us. */
const FEW = 200;

/** The blobs with these ids, in this order; what was added lately needs no process to read it. */
async function* blobsOf(repository: Repository, ids: readonly string[]): AsyncGenerator<Blob> {
  const folder = ids.length > FEW ? null : looseFolder(repository);
  let read = 0;
  for (; folder !== null && read < ids.length; read++) {
    const id = ids[read] ?? "";
    const content = looseBlob(folder, id);
    if (content === null) break;
    yield { kind: "blob", id, size: content.length, whole: content, chunks: () => allAtOnce(content) };
  }
  yield* readBlobs(repository, ids.slice(read));
}

async function* allAtOnce(content: Uint8Array): AsyncGenerator<Uint8Array> {
  if (content.length > 0) yield content;
}

/** Whether the change is another commit of a submodule: that content is in another repository. */
export function isSubmodule({ mode }: Entry): boolean {
  return mode === SUBMODULE;
}

type Reason = { readonly reason: string; readonly incomplete: boolean };

function reasonOf(change: Change, absent: ReadonlySet<string>): Reason | null {
  if (change.status === "U") {
    return { reason: "not merged yet: resolve the conflict and git add the file", incomplete: true };
  }
  if (isSubmodule(change)) return { reason: "submodule", incomplete: false };
  return absent.has(change.id) ? { reason: missingFromPartial(change.id), incomplete: true } : null;
}

async function nextBlob(blobs: AsyncGenerator<Blob>): Promise<Blob> {
  const next = await blobs.next();
  if (next.done === true)
    throw new SourceError("incomplete", "git answered for fewer objects than were asked.");
  return next.value;
}

function itemOf(change: Change, blob: Blob, asker: BlobAsker): SourceItem {
  const { path, commit } = change;
  if (blob.kind === "unreadable") return { kind: "skipped", path, reason: blob.reason, incomplete: true };
  const file = {
    path,
    size: blob.size,
    chunks: blob.chunks,
    previous: () => contentBefore(change, asker),
  };
  return { kind: "file", file: commit === null ? file : { ...file, commit } };
}

/** What the parents hold, one after the other; null if no parent holds such a file or none can be read. */
async function contentBefore(change: Change, asker: BlobAsker): Promise<Uint8Array | null> {
  // A link's or a submodule's past under this name is no earlier version of a file.
  const alike = change.before.filter(({ mode }) => kindOf(mode) === kindOf(change.mode));
  const contents: Uint8Array[] = [];
  for (const id of new Set(alike.map((entry) => entry.id))) {
    const content = await asker.bytes(id, LONGEST_PREVIOUS);
    if (content === null) continue;
    const last = contents.at(-1);
    if (last !== undefined && !endsLine(last)) contents.push(LINE_BREAK);
    contents.push(content);
  }
  return contents.length === 0 ? null : Buffer.concat(contents);
}

/** Whether a content ends with a line break, in UTF-8 or UTF-16; else its last line would run on into what follows. */
function endsLine(content: Uint8Array): boolean {
  return content.at(-1) === 10 || (content.at(-1) === 0 && content.at(-2) === 10);
}

/** `100` for a file, executable or not, `120` for a symbolic link, `160` for a submodule. */
function kindOf(mode: string): string {
  return mode.slice(0, 3);
}
