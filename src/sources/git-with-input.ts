import { type GitPlace, gitFailed, gitMissing, gitStream } from "./git.js";

/** What a git command printed that was given `input` to read. Throws SourceError if it failed, with git's own words. */
export async function gitOutputFor(place: GitPlace, args: readonly string[], input: string): Promise<Buffer> {
  const child = gitStream(place, args);
  const printed: Buffer[] = [];
  const words: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => printed.push(part));
  child.stderr.on("data", (part: Buffer) => words.push(part));
  // git may end before it has read everything: then its exit code tells.
  child.stdin.on("error", () => undefined);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", () => reject(gitMissing()));
    child.once("close", resolve);
    child.stdin.end(input);
  });
  const output = Buffer.concat(printed);
  const complaint = Buffer.concat(words).toString("utf8").trim();
  if (exitCode !== 0) throw gitFailed(place, args, { exitCode, output, complaint });
  return output;
}
