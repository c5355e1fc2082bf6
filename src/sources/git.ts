import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { type SimpleGitOptions, simpleGit } from "simple-git";
import { type Environment, SAFE_OPTIONS } from "./git-environment.js";
import { SourceError } from "./source.js";

/** Where a git command runs, and under what environment. */
export type GitPlace = { readonly root: string; readonly environment: Environment };

/** How a git command ended: its exit code (null when it was killed), and what it printed. */
export type GitAnswer = {
  readonly exitCode: number | null;
  readonly output: Buffer;
  readonly complaint: string;
};

/**
 * simple-git refuses these settings and variables, for arguments may come from anywhere. Ours are constants that
 * turn programs off (`git-environment.ts`), and the environment is the person's own.
 */
const ALLOWED: NonNullable<SimpleGitOptions["unsafe"]> = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeCustomBinary: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};

/** Runs a git command that reads, and gives back how it ended. Throws SourceError if git cannot be started. */
export async function gitAnswer(place: GitPlace, args: readonly string[]): Promise<GitAnswer> {
  let ended: { exitCode: number | null; stdOut: Buffer[]; stdErr: Buffer[] } | undefined;
  const git = simpleGit({
    baseDir: place.root,
    binary: gitProgram(place.environment),
    unsafe: ALLOWED,
    allowEnvironment: Object.keys(place.environment),
    // The streams' end is waited for: at the process's exit a long listing may still be in the pipe.
    completion: { onClose: true, onExit: false },
    // simple-git takes a failure without words, and a killed process, for success. So we judge by the code.
    errors: (_error, result) => {
      ended = result;
      return undefined;
    },
  });
  // simple-git waits 50 ms more for a process that printed nothing; an empty print at the end spares the hook that.
  git.outputHandler((_command, output) => output.once("end", () => output.emit("data", Buffer.alloc(0))));
  await git.env({ ...place.environment }).raw([...SAFE_OPTIONS, ...args]);
  if (ended === undefined) throw new SourceError("incomplete", `git ${args[0]} did not run.`);
  const complaint = Buffer.concat(ended.stdErr).toString("utf8").trim();
  if (/spawn .*ENOENT/.test(complaint)) throw gitMissing();
  return { exitCode: ended.exitCode, output: Buffer.concat(ended.stdOut), complaint };
}

/** What a git command printed. Throws SourceError if it failed, with git's own words. */
export async function gitOutput(place: GitPlace, args: readonly string[]): Promise<Buffer> {
  const answer = await gitAnswer(place, args);
  if (answer.exitCode !== 0) throw gitFailed(place, args, answer);
  return answer.output;
}

/** Starts a git command whose output is too long to be held; the caller reads it and ends it. */
export function gitStream(place: GitPlace, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(gitProgram(place.environment), [...SAFE_OPTIONS, ...args], {
    cwd: place.root,
    env: { ...place.environment },
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
}

/** The error for a git command that failed. */
export function gitFailed(place: GitPlace, args: readonly string[], answer: GitAnswer): SourceError {
  const how = answer.exitCode === null ? "was stopped" : `failed with exit code ${answer.exitCode}`;
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
