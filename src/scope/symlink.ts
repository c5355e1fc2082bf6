import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isInside } from "../pattern/repository-path.js";

/**
 * Whether what stands at `path`, relative to the repository's `root`, really lies outside of the repository: the
 * path itself or a folder on the way is a symlink that leads out. A link to nothing, or in a circle, counts as
 * leading out, since nobody can tell. A path at which there is nothing yet goes by its deepest folder that exists.
 * Throws the file system's error where it may not look. Asked at each push: a wait for the event loop takes longer.
 */
export function leavesRepository(root: string, path: string): boolean {
  const home = realpathSync.native(root);
  let at = resolve(join(home, path));
  if (!isInside(home, at)) return true;
  while (at !== home) {
    const real = realPathOf(at);
    if (real === "unknowable") return true;
    if (real !== null) return !isInside(home, real.path);
    at = dirname(at);
  }
  return false;
}

/** The real path of what stands at `path`; null where nothing stands there. */
function realPathOf(path: string): { readonly path: string } | "unknowable" | null {
  try {
    return { path: realpathSync.native(path) };
  } catch (error) {
    if (isCode(error, "ELOOP")) return "unknowable";
    if (!isCode(error, "ENOENT") && !isCode(error, "ENOTDIR")) throw error;
    return isLink(path) ? "unknowable" : null;
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch (error) {
    if (isCode(error, "ENOENT") || isCode(error, "ENOTDIR")) return false;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
