// Which source files of a repository changed since they were last asked for.
import { readdirSync, statSync, watch } from "node:fs";
import path from "node:path";

const SOURCES = /\.(rs|[cm]?[jt]s|[jt]sx)$/;
const NOT_OURS = /^(\.git|\.aura|node_modules|target)$/;
/** A watcher may lose events when many come at once, so every so many ticks all files are looked at even so. */
const LOOK_EVERY = 30;

/** Where the system itself watches a whole tree; elsewhere Node would watch each folder, node_modules' too. */
const WATCHES_TREES = process.platform === "darwin" || process.platform === "win32";

/**
 * `take` gives the paths (relative, forward slashes) of the files that are new or changed, each once; `again` has a path
 * given once more, or every path. With `watching`, ticks in which nothing happened cost nothing.
 */
export function openChanges(root, watching = WATCHES_TREES) {
  const known = new Map(); // path → how it looked
  let ticks = 0;
  let touched = true;
  let watcher = null;
  if (watching) {
    watcher = watch(root, { recursive: true }, () => {
      touched = true;
    });
    // Without a watcher every tick looks.
    watcher.on("error", () => {
      watcher = null;
    });
  }

  return {
    take() {
      if (watcher !== null && !touched && ++ticks % LOOK_EVERY !== 0) return [];
      touched = false;
      const looks = new Map(sourceFiles(root, ""));
      for (const file of known.keys()) if (!looks.has(file)) known.delete(file);
      const changed = [...looks].filter(([file, look]) => known.get(file) !== look);
      for (const [file, look] of changed) known.set(file, look);
      return changed.map(([file]) => file).sort();
    },
    again(file) {
      touched = true;
      if (file === undefined) known.clear();
      else known.delete(file);
    },
    close: () => watcher?.close(),
  };
}

/** What tells one state of a file from another; null where there is none. */
export function lookOf(file) {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? null : `${stat.mtimeNs} ${stat.ctimeNs} ${stat.size} ${stat.ino}`;
}

/** Symbolic links are left alone: what they lead to is under its own name, or is not the repository's. */
function* sourceFiles(root, folder) {
  let entries = [];
  try {
    entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch {
    return; // gone since its parent was read, or not ours to read: nothing of it leaves
  }
  for (const entry of entries) {
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!NOT_OURS.test(entry.name)) yield* sourceFiles(root, name);
    } else if (entry.isFile() && SOURCES.test(name)) {
      const look = lookOf(path.join(root, name));
      if (look !== null) yield [name, look];
    }
  }
}
