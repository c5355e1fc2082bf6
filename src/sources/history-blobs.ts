import type { Clean } from "./ahead.js";
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

/** What is known at once of a short content at a path; null: it has to be looked at. */
export type LookAtOnce = (path: string, content: Buffer) => Clean | null;

/** Looks at nothing at once. */
const noLook: LookAtOnce = () => null;

/**
 * These blobs as files, one for each of their paths: all from one git process, and each asked for once. What `look` finds
 * clean comes as that.
 */
export async function* blobFiles(
  repository: Repository,
  list: BlobList,
  look: LookAtOnce = noLook,
): AsyncGenerator<SourceItem> {
  const again: { id: string; path: string }[] = [];
  let at = 0;
  for await (const blob of readBlobs(repository, { length: list.length, at: list.idAt })) {
    const paths = list.pathsAt(at++);
    if (blob.kind === "unreadable") {
      for (const path of paths) yield notRead(blob.id, path, blob.reason);
      continue;
    }
    if (blob.whole !== null) {
      const { id, size, whole } = blob;
      for (const path of paths) {
        const clean = look(path, whole);
        if (clean !== null) yield { kind: "clean", path, blob: id, ...clean };
        else yield { kind: "file", file: { path, size, blob: id, chunks: () => inOrder([whole]) } };
      }
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
    const rest = {
      length: again.length,
      idAt: (index: number) => again[index]?.id ?? "",
      pathsAt: (index: number) => again.slice(index, index + 1).map(({ path }) => path),
    };
    yield* blobFiles(repository, rest, look);
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
