import { existsSync, readFileSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { HookName } from "../install/hook-text.js";
import { ownWords } from "./own-words.js";
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
    | { readonly is: "managed"; readonly manager: string; readonly config: string; readonly names: boolean }
    | { readonly is: "foreign" | "mixed"; readonly path: string }
    | { readonly is: "ours"; readonly path: string; readonly share: "all" }
    | {
        readonly is: "ours";
        readonly path: string;
        readonly share: "part";
        readonly text: string;
        readonly before: number;
      };
};

const MANAGERS: readonly {
  readonly name: string;
  readonly sign: RegExp;
  readonly files: readonly string[];
}[] = [
  {
    name: "lefthook",
    sign: /\blefthook\b/i,
    files: ["", "."].flatMap((dot) =>
      ["yml", "yaml", "toml", "json"].flatMap((ending) => [
        `${dot}lefthook.${ending}`,
        `.config/${dot}lefthook.${ending}`,
      ]),
    ),
  },
  {
    name: "pre-commit",
    sign: /\bpre-commit\.com\b|\bpre_commit\b/,
    files: [".pre-commit-config.yaml"],
  },
];

/** The folder in which git looks for hooks, as git itself tells; relative settings hold for each working tree anew. */
export async function hooksFolder(git: PlainGit, top: string): Promise<string> {
  const answer = await git(["rev-parse", "--git-path", "hooks"]);
  if (answer.code !== 0) throw new Error(answer.said);
  return resolve(top, answer.out.replace(/\r?\n$/, ""));
}

/** The hook of that name in the folder where git looks, in the working tree at `top`. */
export function foundHook(folder: string, name: HookName, top: string): FoundHook {
  const path = join(folder, name);
  const stats = statsOf(path);
  const husky = basename(folder) === "_" && existsSync(join(folder, "h"));
  if (stats === null || !stats.isFile()) return { name, path, husky, words: { is: "missing", path } };
  if (process.platform !== "win32" && (stats.mode & 0o111) === 0)
    return { name, path, husky, words: { is: "not-executable", path } };
  const script = husky ? join(dirname(folder), name) : path;
  return { name, path, husky, words: wordsOf(script, top) };
}

function wordsOf(path: string, top: string): FoundHook["words"] {
  if (statsOf(path) === null) return { is: "missing", path };
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch {
    return { is: "unreadable", path };
  }
  const own = ownWords(text);
  if (own.share === "all") return { is: "ours", path, share: "all" };
  if (own.share === "part") return { is: "ours", path, ...own };
  if (own.share === "mixed") return { is: "mixed", path };
  const manager = MANAGERS.find(({ sign }) => sign.test(text));
  if (manager === undefined) return { is: "foreign", path };
  const config = manager.files.find((file) => existsSync(join(top, file))) ?? manager.files[0] ?? "";
  return { is: "managed", manager: manager.name, config, names: isNamedIn(join(top, config)) };
}

function isNamedIn(config: string): boolean {
  try {
    return /^[^#\n]*\baura-scan\b/m.test(readFileSync(config, "utf8"));
  } catch {
    return false;
  }
}

function statsOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}
