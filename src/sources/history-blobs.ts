import { type Blob, readBlobs } from "./blobs.js";
import type { Repository } from "./repository.js";
import { SourceError, type SourceFile, type SourceItem } from "./source.js";

/** Blobs to be read, each under every path that it is to be looked at. */
export type BlobList = {
  readonly length: number;
  readonly idAt: (index: number) => string;
  readonly pathsAt: (index: number) => readonly string[];
};

/** A content that stands at several paths is held between them up to so many bytes; a longer one is read again. */
const HELD = 16 << 20;

/** These blobs as files, one for each of their paths: all from one git process, and each asked for once. */
export async function* blobFiles(repository: Repository, list: BlobList): AsyncGenerator<SourceItem> {
  const again: { id: string; path: string }[] = [];
  let at = 0;
  for await (const blob of readBlobs(repository, { length: list.length, at: list.idAt })) {
    const paths = list.pathsAt(at++);
    if (blob.kind === "unreadable") {
      for (const path of paths) yield notRead(blob.id, path, blob.reason);
      continue;
    }
    const [first = "", ...others] = paths;
    if (others.length === 0 || blob.size > HELD) {
      yield { kind: "file", file: fileOf(blob, first, blob.chunks) };
      for (const path of others) again.push({ id: blob.id, path });
      continue;
    }
    const pieces = await heldContent(blob);
    for (const path of paths) {
      if (pieces instanceof SourceError) yield notRead(blob.id, path, pieces.message);
      else yield { kind: "file", file: fileOf(blob, path, () => inOrder(pieces)) };
    }
  }
  if (again.length > 0) {
    yield* blobFiles(repository, {
      length: again.length,
      idAt: (index) => again[index]?.id ?? "",
      pathsAt: (index) => again.slice(index, index + 1).map(({ path }) => path),
    });
  }
}

function notRead(blob: string, path: string, reason: string): SourceItem {
  return { kind: "skipped", path, reason, incomplete: true, blob };
}

function fileOf(blob: Blob & { kind: "blob" }, path: string, chunks: SourceFile["chunks"]): SourceFile {
  return { path, size: blob.size, blob: blob.id, chunks };
}

/** The content, or why git could not give all of it. */
async function heldContent(blob: Blob & { kind: "blob" }): Promise<readonly Uint8Array[] | SourceError> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of blob.chunks()) pieces.push(piece);
    return pieces;
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}

async function* inOrder(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
