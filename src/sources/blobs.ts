import { byteReader } from "./byte-reader.js";
import { gitMissing, gitStream } from "./git.js";
import { feed } from "./git-with-input.js";
import { notFetched } from "./not-fetched.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** One object asked for by its id: a blob to be read at once, or the reason why there is none. */
export type Blob =
  | {
      readonly kind: "blob";
      readonly id: string;
      /** Bytes. */
      readonly size: number;
      /** All of a short content; null: it comes in pieces. */
      readonly whole: Buffer | null;
      /** The content; to be read before the next blob is asked for, or not at all. Throws SourceError. */
      readonly chunks: () => AsyncIterable<Uint8Array>;
    }
  | { readonly kind: "unreadable"; readonly id: string; readonly reason: string };

/** Ids in order; an array of them, or whatever can name one after the other. */
export type IdList = { readonly length: number; readonly at: (index: number) => string | undefined };

/** Pieces of a content are as large as this, for fewer turns of the loop than a pipe's 64 KiB; a shorter one is whole. */
const PIECE = 1 << 20;

/** A damaged object ends git's process, which is then started anew; but not for ever where every object ends it. */
const MOST_ENDS = 64;

const BLOBS = ["cat-file", "--batch"];

/** The command by which `readBlobs` reads: its answers come when there are many, or when all is asked. */
export const BLOBS_IN_ORDER: readonly string[] = [...BLOBS, "--buffer"];

/**
 * The objects with these ids, in this order, through one `git cat-file --batch`, in flat memory. An object that is
 * missing or damaged is an item, not an end.
 */
export async function* readBlobs(repository: Repository, ids: IdList): AsyncGenerator<Blob> {
  let ends = 0;
  for (let at = 0; at < ids.length; ) {
    const batch = startBatch(repository, BLOBS_IN_ORDER);
    try {
      batch.askAll(linesFrom(ids, at));
      for (let running = true; running && at < ids.length; ) {
        const blob = await batch.next(ids.at(at) ?? "");
        if (blob !== null) {
          at++;
          ends = 0;
          yield blob;
          running = await batch.skipRest();
        } else {
          const reason = await batch.complaint();
          const lost = ++ends < MOST_ENDS ? at + 1 : ids.length;
          for (; at < lost; at++) yield { kind: "unreadable", id: ids.at(at) ?? "", reason };
          running = false;
        }
      }
    } finally {
      batch.end();
    }
  }
}

function* linesFrom(ids: IdList, from: number): Generator<string> {
  for (let at = from; at < ids.length; at++) yield `${ids.at(at)}\n`;
}

/** Reads single blobs while others are being read; one process, started when first asked. */
export type BlobAsker = {
  /** The blob's bytes, or null if it is missing, damaged, no blob, or longer than `longest` bytes. */
  readonly bytes: (id: string, longest: number) => Promise<Uint8Array | null>;
  readonly end: () => void;
};

/** A new asker; `end` it. */
export function blobAsker(repository: Repository): BlobAsker {
  let batch: Batch | null = null;
  let before: Promise<unknown> = Promise.resolve();
  const answer = async (id: string, longest: number): Promise<Uint8Array | null> => {
    batch ??= startBatch(repository, BLOBS);
    batch.ask(id);
    const blob = await batch.next(id);
    const wanted = blob?.kind === "blob" && blob.size <= longest;
    const pieces: Uint8Array[] = [];
    if (wanted) for await (const piece of blob.chunks()) pieces.push(piece);
    if (blob !== null && (await batch.skipRest())) return wanted ? Buffer.concat(pieces) : null;
    batch.end();
    batch = null;
    return null;
  };
  return {
    bytes(id, longest) {
      const next = before.then(() => answer(id, longest));
      before = next.catch(() => undefined);
      return next;
    },
    end: () => batch?.end(),
  };
}

/** A running `git cat-file --batch`. */
type Batch = {
  readonly ask: (id: string) => void;
  /** Asks for these, a line each, and for nothing more. */
  readonly askAll: (lines: Iterable<string>) => void;
  /** The next answer; null if git has ended. */
  readonly next: (id: string) => Promise<Blob | null>;
  /** Passes over what is left of the last content; false if git ended in it. */
  readonly skipRest: () => Promise<boolean>;
  /** Why git ended. */
  readonly complaint: () => Promise<string>;
  readonly end: () => void;
};

// https://git-scm.com/docs/git-cat-file#_batch_output
//   <id> SP blob SP <bytes> LF <content> LF      or      <what was asked> SP missing LF
function startBatch(repository: Repository, args: readonly string[]): Batch {
  const child = gitStream(repository, args);
  const words: Buffer[] = [];
  let failure: Error | null = null;
  child.stderr.on("data", (part: Buffer) => words.push(part));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.on("error", (error) => {
    failure = error;
  });
  // A closed pipe shows on the other side: the answers end.
  child.stdin.on("error", () => undefined);
  const output = byteReader(child.stdout);
  /** Bytes of the current content that were not read yet, and its line break; 0 between two answers. */
  let left = 0;

  async function* content(id: string, whole: Buffer | null): AsyncGenerator<Uint8Array> {
    if (whole !== null && whole.length > 0) yield whole;
    while (left > 1) {
      const piece = await output.take(Math.min(left - 1, PIECE));
      if (piece === null) throw new SourceError("incomplete", `git ended in the middle of object ${id}.`);
      left -= piece.length;
      yield piece;
    }
  }
  return {
    ask: (id) => void child.stdin.write(`${id}\n`),
    askAll: (lines) => feed(child, lines),
    async next(id) {
      const line = await output.line();
      if (line === null) return null;
      const [, type, bytes] = line.split(" ");
      if (type === "missing") return { kind: "unreadable", id, reason: `object ${id} is missing` };
      const size = Number(bytes);
      if (!Number.isSafeInteger(size)) throw new SourceError("incomplete", `git answered "${line}".`);
      left = size + 1;
      if (type !== "blob") return { kind: "unreadable", id, reason: `object ${id} is a ${type}` };
      // Where git ends in the middle, whoever reads the pieces is told.
      const taken = size < PIECE ? await output.take(left) : null;
      if (taken !== null) left = 0;
      const whole = taken?.subarray(0, size) ?? null;
      return { kind: "blob", id, size, whole, chunks: () => content(id, whole) };
    },
    async skipRest() {
      while (left > 0) {
        const piece = await output.take(Math.min(left, PIECE));
        if (piece === null) return false;
        left -= piece.length;
      }
      return true;
    },
    async complaint() {
      await ended;
      if (failure !== null) throw gitMissing();
      const said = Buffer.concat(words).toString("utf8").trim().replace(/\s+/g, " ");
      return notFetched(said) ?? (said === "" ? "git ended without an answer" : said);
    },
    end: () => void child.kill(),
  };
}
