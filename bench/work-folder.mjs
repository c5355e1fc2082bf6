import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { HOME } from "./contenders/contenders.mjs";

/** Lies in a folder whose contents are ours to remove. */
const MARK = ".aura-bench";

/**
 * Where corpora are made: a temporary folder that goes when the process ends, or `keep`, which must be new, empty or
 * an earlier run's, and not in this checkout.
 */
export function workFolder(keep) {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "aura-bench-")));
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
  const root = keep === null ? scratch : keptFolder(resolve(keep));
  return {
    scratch,
    /** An empty folder for one corpus. */
    folder(name) {
      const folder = join(root, name);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    /** A corpus was measured: it goes at once, unless it is to be kept. */
    done(folder) {
      if (keep === null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function keptFolder(folder) {
  if (!relative(HOME, folder).startsWith("..")) {
    throw new Error(`--keep: ${folder} lies in this checkout; corpora are made outside of it`);
  }
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0 && !existsSync(join(folder, MARK))) {
    throw new Error(`--keep: ${folder} holds files that are not the benchmark's; name a new folder`);
  }
  writeFileSync(
    join(folder, MARK),
    "Corpora of aura-scan's benchmark; the next run with --keep replaces them.\n",
  );
  return folder;
}
