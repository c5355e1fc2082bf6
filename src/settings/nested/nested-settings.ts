import { lstatSync, realpathSync } from "node:fs";
import { join, posix } from "node:path";
import { isInside } from "../../pattern/repository-path.js";
import { settingsFileIn, settingsText } from "../load.js";
import type { Settings } from "../settings.js";
import { type NestedFile, parseNested } from "./parse-nested.js";

/** The settings files in folders below the root, found as paths are asked about: no tree is walked. */
export type NestedSettings = {
  /**
   * What holds for the path, relative to the root, by the nearest settings file above it; null where that is the root's.
   * At once where the folder is known. Rejects with `ConfigError` for a file that cannot be used.
   */
  readonly at: (path: string) => NestedFile | null | Promise<NestedFile | null>;
  /** The files that were found so far, in no order. */
  readonly files: () => readonly string[];
  /** Forgets what was not there, so that a file written since is found. */
  readonly lookAgain: () => void;
};

/** The nested settings below the repository's `root`, which has the settings `top`. */
export function nestedSettings(root: string, top: Settings): NestedSettings {
  type Answer = NestedFile | null | Promise<NestedFile | null>;
  /** By folder; where the folder has no file of its own, that of the nearest above. */
  let known = new Map<string, Answer>();
  const loaded = new Map<string, Promise<NestedFile>>();

  const inFolder = (folder: string): Answer => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const answer = hasFile(folder) ? load(folder) : inFolder(parentOf(folder));
    known.set(folder, answer);
    return answer;
  };
  known.set("", null);

  const hasFile = (folder: string): boolean =>
    isThere(root, folder) && !top.nested.ignore.some((glob) => glob.matches(folder));

  const load = (folder: string): Answer => {
    const file = settingsFileIn(folder);
    const reading = loaded.get(file) ?? read(folder, file);
    loaded.set(file, reading);
    // Who asks next need not wait.
    reading.then(
      (nested) => known.get(folder) === reading && known.set(folder, nested),
      () => undefined,
    );
    return reading;
  };

  const read = async (folder: string, file: string): Promise<NestedFile> => {
    const above: Settings[] = [];
    for (let at = parentOf(folder); at !== ""; at = parentOf(at))
      if (hasFile(at)) above.push(await settingsIn(at));
    const [nearest = top, ...others] = [...above, top];
    const mayWiden = top.nested.widen.some((glob) => glob.matches(folder));
    const text = settingsText(root, folder);
    if (text === null) return { settings: nearest, outweighed: [] };
    return parseNested(text, { folder, file, above: [nearest, ...others], mayWiden });
  };

  const settingsIn = async (folder: string): Promise<Settings> => (await inFolder(folder))?.settings ?? top;

  return {
    at(path) {
      const plain = path.includes("./") || path.includes("//") ? posix.normalize(path) : path;
      return isOutside(plain) ? null : inFolder(parentOf(plain));
    },
    files: () => [...loaded.keys()],
    lookAgain() {
      known = new Map([["", null]]);
    },
  };
}

/** A path that no file below the root can have: a loose file's, or one that no file system takes. */
function isOutside(path: string): boolean {
  return path.startsWith("/") || path.includes("\0") || path.split("/").includes("..");
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/**
 * Whether the folder has a settings file of its own; what stands behind a link that leads out of the repository is none
 * of it. Where nobody may look, the reading of the file tells why.
 */
function isThere(root: string, folder: string): boolean {
  try {
    const aura = lstatSync(join(root, folder, ".aura"), { throwIfNoEntry: false });
    if (aura === undefined) return false;
    if (!isInside(realpathSync.native(root), realpathSync.native(join(root, folder)))) return false;
    // What a link leads to, or that it leads nowhere, the reading of the file tells.
    if (aura.isSymbolicLink()) return true;
    return lstatSync(join(root, settingsFileIn(folder)), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // The path may be one of the past: a file or a link may stand there now, or the name be too long for this system.
    const code = error instanceof Error && "code" in error ? error.code : null;
    return code !== "ENOTDIR" && code !== "ENAMETOOLONG" && code !== "ELOOP";
  }
}
