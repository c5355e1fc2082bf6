import { SourceError, type SourceFile, type SourceItem } from "./source.js";

/** What comes in on a stream, under the name `path`. Its size is not known before: 0. */
export function stdinFile(stream: AsyncIterable<Uint8Array>, path: string): SourceFile {
  return { path, size: 0, chunks: () => bytesOf(stream) };
}

async function* bytesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SourceError("incomplete", `Standard input could not be read to its end: ${why}.`);
  }
}

/** The same as a source of one file, or of none where nothing at all comes in. */
export async function* stdinItems(
  stream: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<SourceItem> {
  const parts = bytesOf(stream);
  const first = await parts.next();
  if (first.done === true) return;
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value as Uint8Array;
    yield* parts;
  }
  yield { kind: "file", file: stdinFile(all(), path) };
}
