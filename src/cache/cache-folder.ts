import { randomBytes } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HALF_WRITTEN, replaceFile } from "../files/replace-file.js";

/** Where files are kept that may be deleted at any moment. */
export type CacheFolder = {
  /** This machine's own key for this repository; 32 bytes. */
  readonly key: Buffer;
  /** What was kept under the name, or null. */
  readonly read: (name: string) => Buffer | null;
  /** Keeps it, whole or not at all; whether it could. */
  readonly write: (name: string, content: Uint8Array) => boolean;
};

/** So many files are kept: one for each set of rules and settings that was used of late. */
const MOST_FILES = 4;

/** A file that somebody who was killed left half-written is swept away after so long, in milliseconds. */
const LEFT = 3_600_000;

/**
 * The folder `.aura/cache` below `root`, or null where it cannot be had: nothing that is cached is worth a fault.
 *
 * The key lies in git's own folder, the one place that no clone brings along: a file that a repository carries in
 * its tree is not signed with it, and is never believed.
 */
export function cacheFolder(root: string, gitDir: string): CacheFolder | null {
  const aura = join(root, ".aura");
  const folder = join(aura, "cache");
  try {
    for (const one of [aura, folder]) makeFolder(one);
    chmodSync(folder, 0o700);
    const key = keyIn(gitDir);
    keepOutOfGit(folder);
    return {
      key,
      read: (name) => orNull(() => readFileSync(join(folder, name))),
      write: (name, content) =>
        orNull(() => {
          replaceFile(join(folder, name), content, 0o600);
          sweep(folder, name);
          return true;
        }) ?? false,
    };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** A link could lead anywhere, so it is no folder of ours. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: path.endsWith("cache") ? 0o700 : 0o777 });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if (!lstatSync(path).isDirectory()) throw error;
  }
}

function keyIn(gitDir: string): Buffer {
  const path = join(gitDir, "aura-scan-cache-key");
  const known = orNull(() => readFileSync(path));
  if (known?.length === 32) return known;
  const key = randomBytes(32);
  replaceFile(path, key, 0o600);
  // Where two start at once, the one that wrote last has the word.
  return readFileSync(path);
}

function keepOutOfGit(folder: string): void {
  const path = join(folder, ".gitignore");
  if (orNull(() => readFileSync(path, "utf8")) !== "*\n") replaceFile(path, Buffer.from("*\n"), 0o600);
}

/** Drops what was left half-written, and of the files the ones used longest ago. */
function sweep(folder: string, justWritten: string): void {
  const files = readdirSync(folder)
    .filter((name) => name !== ".gitignore" && name !== justWritten)
    .flatMap((name) => {
      const stats = orNull(() => lstatSync(join(folder, name)));
      return stats?.isFile() === true ? [{ name, time: stats.mtimeMs }] : [];
    })
    .sort((a, b) => b.time - a.time);
  const whole = files.filter(({ name }) => !name.endsWith(HALF_WRITTEN));
  const half = files.filter(({ name, time }) => name.endsWith(HALF_WRITTEN) && time < Date.now() - LEFT);
  for (const { name } of [...whole.slice(MOST_FILES - 1), ...half]) orNull(() => rmSync(join(folder, name)));
}

/** What the operation gives, or null where the operating system refuses it. */
function orNull<Value>(operation: () => Value): Value | null {
  try {
    return operation();
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return codeOf(error) !== null;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
