import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Readable } from "node:stream";
import { type GitPlace, gitFailed, gitMissing, gitStream } from "./git.js";

/**
 * What a git command prints, as it comes, while it is given `input`; neither is held in memory. Throws SourceError
 * if it fails. To be read to the end; a reader that stops before ends the process.
 */
export async function* gitChunksFor(
  place: GitPlace,
  args: readonly string[],
  input: Iterable<string>,
): AsyncGenerator<Buffer> {
  const child = gitStream(place, args);
  const ended = ending(child);
  feed(child, input);
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    const { exitCode, complaint } = await ended;
    if (exitCode !== 0) throw gitFailed(place, args, { exitCode, output: Buffer.alloc(0), complaint });
  } finally {
    child.kill();
    ended.catch(() => undefined);
  }
}

/** So many words are handed to a process at once. */
const AT_ONCE = 1000;

/** Writes `input` to the process as fast as it reads, and then closes its input. */
export function feed(child: ChildProcessWithoutNullStreams, input: Iterable<string>): void {
  // A process that has ended shows on the other side: its output ends.
  child.stdin.on("error", () => undefined);
  const lots = inLots(input);
  const first = lots.next();
  const second = lots.next();
  // What a small commit asks needs no stream to flow.
  if (second.done === true) child.stdin.end(first.value ?? "");
  else Readable.from(all([first.value ?? "", second.value], lots)).pipe(child.stdin);
}

function* all(first: readonly string[], rest: Iterable<string>): Generator<string> {
  yield* first;
  yield* rest;
}

function* inLots(input: Iterable<string>): Generator<string, undefined> {
  let lot: string[] = [];
  for (const word of input) {
    if (lot.push(word) < AT_ONCE) continue;
    yield lot.join("");
    lot = [];
  }
  if (lot.length > 0) yield lot.join("");
}

async function ending(
  child: ChildProcessWithoutNullStreams,
): Promise<{ readonly exitCode: number | null; readonly complaint: string }> {
  const words: Buffer[] = [];
  child.stderr.on("data", (part: Buffer) => words.push(part));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", () => reject(gitMissing()));
    child.once("close", resolve);
  });
  return { exitCode, complaint: Buffer.concat(words).toString("utf8").trim() };
}
