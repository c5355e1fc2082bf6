import {
  type ChildProcess,
  type ChildProcessWithoutNullStreams,
  type StdioOptions,
  spawn,
} from "node:child_process";
import { closeSync, existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { type Environment, SAFE_OPTIONS } from "./git-environment.js";
import { allIn, namelessFile } from "./nameless-file.js";
import { notFetched } from "./not-fetched.js";
import { SourceError } from "./source.js";

/** Where a git command runs, and under what environment. */
export type GitPlace = { readonly root: string; readonly environment: Environment };

/** How a git command ended: its exit code (null when it was killed), and what it printed. */
export type GitAnswer = {
  readonly exitCode: number | null;
  readonly output: Buffer;
  readonly complaint: string;
};

/** Runs a git command that reads, and gives back how it ended. Throws SourceError if git cannot be started. */
export function gitAnswer(place: GitPlace, args: readonly string[], input = ""): Promise<GitAnswer> {
  const known = input === "" ? taken(answersAhead, keyOf(place, args)) : null;
  return known ?? answerOf(place, args, input);
}

async function answerOf(place: GitPlace, args: readonly string[], input: string): Promise<GitAnswer> {
  const child = started(place, args, [input === "" ? "ignore" : "pipe", "pipe", "pipe"]);
  const printed: Buffer[] = [];
  const words: Buffer[] = [];
  child.stdout?.on("data", (part: Buffer) => printed.push(part));
  child.stderr?.on("data", (part: Buffer) => words.push(part));
  // git may end before it has read everything: then its exit code tells.
  child.stdin?.on("error", () => undefined);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", () => reject(gitMissing()));
    // Not `exit`: then a long listing may still be in the pipe.
    child.once("close", resolve);
    child.stdin?.end(input);
  });
  const complaint = Buffer.concat(words).toString("utf8").trim();
  return { exitCode, output: Buffer.concat(printed), complaint };
}

/**
 * What a git command printed that was given `input` to read. Throws SourceError if it failed, with git's own words.
 */
export async function gitOutput(place: GitPlace, args: readonly string[], input = ""): Promise<Buffer> {
  const answer = await gitAnswer(place, args, input);
  if (answer.exitCode !== 0) throw gitFailed(place, args, answer);
  return answer.output;
}

/** Starts a git command whose output is too long to be held; the caller reads it and ends it. */
export function gitStream(place: GitPlace, args: readonly string[]): ChildProcessWithoutNullStreams {
  return taken(streamsAhead, keyOf(place, args)) ?? startedStream(place, args);
}

/** What was asked before anybody wanted it, by place and arguments. */
const answersAhead = new Map<string, Promise<GitAnswer>>();
const streamsAhead = new Map<string, ChildProcessWithoutNullStreams>();

/**
 * Asks git what is likely to be wanted: whoever asks the same in the same place gets this answer, once. `endAhead` ends
 * what nobody asked for.
 */
export function askAhead(place: GitPlace, args: readonly string[]): Promise<GitAnswer> {
  const answer = answerThroughFile(place, args);
  // Nobody may be there to hear of a failure.
  answer.catch(() => undefined);
  answersAhead.set(keyOf(place, args), answer);
  return answer;
}

/** The answer by way of a file: to read from a pipe, Node first has to compile its streams. */
async function answerThroughFile(place: GitPlace, args: readonly string[]): Promise<GitAnswer> {
  const file = namelessFile();
  if (file === null) return answerOf(place, args, "");
  try {
    const child = started(place, args, ["ignore", file, "ignore"]);
    const exitCode = await new Promise<number | null>((resolve) => {
      child.once("error", () => resolve(null));
      child.once("exit", resolve);
    });
    if (exitCode === 0) return { exitCode, output: allIn(file), complaint: "" };
  } finally {
    closeSync(file);
  }
  // Asked again where it can say what is wrong; perhaps there was no room for a file.
  return answerOf(place, args, "");
}

/** The same for a command that waits for its input: `gitStream` hands it out. */
export function startAhead(place: GitPlace, args: readonly string[]): void {
  const child = startedStream(place, args);
  // Whoever takes a process that could not be started hears that no output came.
  child.on("error", () => streamsAhead.delete(keyOf(place, args)));
  streamsAhead.set(keyOf(place, args), child);
}

/** Ends every process that was started ahead and not asked for. */
export function endAhead(): void {
  for (const child of streamsAhead.values()) child.kill();
  streamsAhead.clear();
  answersAhead.clear();
}

function taken<T>(ahead: Map<string, T>, key: string): T | null {
  const known = ahead.get(key) ?? null;
  ahead.delete(key);
  return known;
}

function keyOf({ root, environment }: GitPlace, args: readonly string[]): string {
  return JSON.stringify([root, environment, args]);
}

function startedStream(place: GitPlace, args: readonly string[]): ChildProcessWithoutNullStreams {
  return started(place, args, ["pipe", "pipe", "pipe"]) as ChildProcessWithoutNullStreams;
}

/** Where nothing is to be read, `ignore` spares a stream. */
function started(place: GitPlace, args: readonly string[], stdio: StdioOptions): ChildProcess {
  return spawn(gitProgram(place.environment), [...SAFE_OPTIONS, ...args], {
    cwd: place.root,
    env: { ...place.environment },
    stdio,
    windowsHide: true,
  });
}

/** The error for a git command that failed. */
export function gitFailed(place: GitPlace, args: readonly string[], answer: GitAnswer): SourceError {
  const how = answer.exitCode === null ? "was stopped" : `failed with exit code ${answer.exitCode}`;
  const missing = notFetched(answer.complaint);
  if (missing !== null) return new SourceError("incomplete", `${place.root} cannot be read: ${missing}.`);
  const words = answer.complaint === "" ? "" : `\n${answer.complaint}`;
  return new SourceError("incomplete", `git ${args[0]} ${how} in ${place.root}.${words}`);
}

/** The error for a machine without git. */
export function gitMissing(): SourceError {
  return new SourceError("incomplete", "git was not found. Install git, or put it on the PATH.");
}

/**
 * Windows looks for a program in the current folder before the PATH, where the repository could offer a `git.exe`
 * of its own; so there the PATH is searched here.
 */
function gitProgram(environment: Environment): string {
  if (process.platform !== "win32") return "git";
  const path = Object.entries(environment).find(([name]) => name.toUpperCase() === "PATH")?.[1] ?? "";
  const found = path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, "git.exe"))
    .find((program) => existsSync(program));
  if (found === undefined) throw gitMissing();
  return found;
}
