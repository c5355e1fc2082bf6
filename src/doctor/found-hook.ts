import { existsSync, readFileSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { realAsFarAsPossible } from "../install/hook-folders.js";
import { foreignLanguage, type HookName } from "../install/hook-text.js";
import { isPreCommits, lefthookSettings } from "../install/lefthook-file.js";
import { isInside } from "../sources/repository.js";
import { type LefthookGate, lefthookGate } from "./lefthook-gate.js";
import { callsUs, ownWords } from "./own-words.js";
import type { PlainGit } from "./plain-git.js";

/** What git finds under a hook's name, followed to the text that counts. */
export type FoundHook = {
  readonly name: HookName;
  /** The file that git runs. */
  readonly path: string;
  /** husky's own file runs one in the folder above. */
  readonly husky: boolean;
  readonly words:
    | { readonly is: "missing" | "not-executable" | "unreadable"; readonly path: string }
    /** A manager of hooks runs here what its own file says. */
    | { readonly is: "lefthook"; readonly config: string; readonly gate: LefthookGate }
    | { readonly is: "pre-commit"; readonly config: string; readonly names: boolean }
    | { readonly is: "foreign" | "mixed" | "unheard"; readonly path: string }
    /** No Bourne shell runs it. */
    | { readonly is: "language"; readonly path: string; readonly language: string; readonly calls: boolean }
    | { readonly is: "ours"; readonly path: string; readonly share: "all" }
    | {
        readonly is: "ours";
        readonly path: string;
        readonly share: "part";
        readonly text: string;
        readonly before: number;
      };
};

const LEFTHOOK = /\blefthook\b/i;
const PRE_COMMIT = /\bpre-commit\.com\b|\bpre_commit\b/;
const PRE_COMMIT_CONFIG = ".pre-commit-config.yaml";

/** The folder in which git looks for hooks, as git itself tells; relative settings hold for each working tree anew. */
export async function hooksFolder(git: PlainGit, top: string): Promise<string> {
  const answer = await git(["rev-parse", "--git-path", "hooks"]);
  if (answer.code !== 0) throw new Error(answer.said);
  return resolve(top, answer.out.replace(/\r?\n$/, ""));
}

/** Tells whether a hook is the repository's own, and not one that others may use too. */
export async function ownedBy(git: PlainGit, top: string): Promise<(hook: FoundHook) => boolean> {
  const answer = await git(["rev-parse", "--git-common-dir"]);
  if (answer.code !== 0) throw new Error(answer.said);
  const own = [top, resolve(top, answer.out.replace(/\r?\n$/, ""))].map(realAsFarAsPossible);
  return ({ path }) => own.some((folder) => isInside(folder, realAsFarAsPossible(path)));
}

/** The hook of that name in the folder where git looks, in the working tree at `top`. */
export async function foundHook(folder: string, name: HookName, top: string): Promise<FoundHook> {
  const path = join(folder, name);
  const stats = statsOf(path);
  const husky = basename(folder) === "_" && existsSync(join(folder, "h"));
  if (stats === null || !stats.isFile()) return { name, path, husky, words: { is: "missing", path } };
  if (!runs(stats)) return { name, path, husky, words: { is: "not-executable", path } };
  const script = husky ? join(dirname(folder), name) : path;
  return { name, path, husky, words: await wordsOf(script, name, top, husky) };
}

async function wordsOf(
  path: string,
  name: HookName,
  top: string,
  husky: boolean,
): Promise<FoundHook["words"]> {
  if (statsOf(path) === null) return { is: "missing", path };
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch {
    return { is: "unreadable", path };
  }
  // pre-commit.com's own is written in Python, or in a shell.
  if (isPreCommits(path)) return legacyOf(path) ?? preCommits(top);
  const language = husky ? null : foreignLanguage(text);
  if (language !== null) return { is: "language", path, language, calls: text.split("\n").some(callsUs) };
  // husky gives its files to `sh -e`.
  const own = ownWords(text, husky);
  if (own.share === "all") return { is: "ours", path, share: "all" };
  if (own.share === "part") return { is: "ours", path, ...own };
  if (own.share === "mixed" || own.share === "unheard") return { is: own.share, path };
  if (LEFTHOOK.test(text))
    return { is: "lefthook", config: lefthookConfig(top), gate: await lefthookGate(top, name) };
  return PRE_COMMIT.test(text) ? preCommits(top) : { is: "foreign", path };
}

/** pre-commit.com first runs the hook that it found in its place. */
function legacyOf(path: string): FoundHook["words"] | null {
  const legacy = `${path}.legacy`;
  const stats = statsOf(legacy);
  if (stats === null || !stats.isFile() || !runs(stats)) return null;
  const text = readFileSync(legacy, "latin1");
  const own = foreignLanguage(text) === null ? ownWords(text) : null;
  if (own?.share === "all") return { is: "ours", path: legacy, share: "part", text, before: 0 };
  return own?.share === "part" ? { is: "ours", path: legacy, ...own } : null;
}

function preCommits(top: string): FoundHook["words"] {
  const names = isNamedIn(join(top, PRE_COMMIT_CONFIG));
  return { is: "pre-commit", config: PRE_COMMIT_CONFIG, names };
}

function lefthookConfig(top: string): string {
  const config = lefthookSettings(top);
  return config === null ? "lefthook.yml" : relative(top, config).replaceAll(sep, "/");
}

function isNamedIn(config: string): boolean {
  try {
    return /^[^#\n]*\baura-scan\b/m.test(readFileSync(config, "utf8"));
  } catch {
    return false;
  }
}

function runs({ mode }: Stats): boolean {
  return process.platform === "win32" || (mode & 0o111) !== 0;
}

/** Null also where a file stands in the place of a folder above. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
