import { existsSync, readdirSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isInside, type Repository } from "../sources/repository.js";
import { type RemovalOutcome, uninstallHook } from "./hook-file.js";
import { hookPlaces } from "./hook-folders.js";
import { HOOK_NAMES, type HookName } from "./hook-text.js";
import { type LefthookFile, lefthookSettings, uninstallJobs } from "./lefthook-file.js";
import { type ForgetOutcome, forgetProgram } from "./note-program.js";

/** What was taken out, file by file; what held nothing of ours is not among it. */
export type Uninstallation = {
  readonly hooks: readonly ({ readonly name: HookName; readonly path: string } & RemovalOutcome)[];
  readonly lefthook: LefthookFile | null;
  readonly note: ForgetOutcome & { readonly path: string };
  /** What aura-scan made or reads here and leaves where it is, relative to the root. */
  readonly left: readonly string[];
  /** Where `core.hooksPath` leads if no folder can be there, else null. */
  readonly nowhere: string | null;
};

/** What people wrote, and what was written down for them. */
const LEFT = [".aura/live.toml", ".aura/baseline.txt", ".aura/live/audit", ".aura/cache"];

/** Beside a hook, the names that pre-commit.com and lefthook give to one that they found in their place. */
const MOVED = ["", ".legacy", ".old"];

/**
 * Takes out exactly what `installHooks` put in, wherever it could have been put: also where hooks were at another time.
 * Throws SourceError if git refuses.
 */
export async function uninstallHooks(repository: Repository): Promise<Uninstallation> {
  const { root } = repository;
  const places = await hookPlaces(repository);
  const folders = [
    ...places.folders.map(({ path }) => path),
    join(places.commonDir, "hooks"),
    join(root, ".husky"),
  ];
  const hooks = [...new Set(folders)].flatMap((folder) =>
    HOOK_NAMES.flatMap((name) =>
      MOVED.map((ending) => {
        const path = join(folder, name + ending);
        return { name, path, ...uninstallHook({ path, owns: places.owns }) };
      }),
    ),
  );
  for (const { path, result } of hooks)
    if (result === "deleted") removeEmpty(dirname(path), root, places.commonDir);
  const settings = lefthookSettings(root);
  return {
    hooks: hooks.filter(({ result }) => result !== "absent"),
    lefthook: settings === null ? null : await uninstallJobs(settings),
    note: { path: join(places.commonDir, "config"), ...(await forgetProgram(repository)) },
    left: LEFT.filter((path) => existsSync(join(root, path))),
    nowhere: places.nowhere,
  };
}

/** The folders of the working tree that were made for our hooks alone. git knows none that is empty. */
function removeEmpty(folder: string, root: string, commonDir: string): void {
  if (folder === root || !isInside(root, folder) || isInside(commonDir, folder)) return;
  if (existsSync(folder)) {
    if (readdirSync(folder).length > 0) return;
    rmdirSync(folder);
  }
  removeEmpty(dirname(folder), root, commonDir);
}
