import { existsSync } from "node:fs";
import { join } from "node:path";
import { isInside, type Repository } from "../sources/repository.js";
import { type HookOutcome, installHook } from "./hook-file.js";
import { type HookFolder, type HookPlaces, hookPlaces } from "./hook-folders.js";
import { HOOK_NAMES, type HookName } from "./hook-text.js";
import {
  installJobs,
  isLefthooks,
  isPreCommits,
  type LefthookFile,
  lefthookSettings,
} from "./lefthook-file.js";
import { type NoteOutcome, noteProgram } from "./note-program.js";
import { ownHook } from "./own-files.js";

/** One hook, and what became of it. */
export type InstalledHook = { readonly name: HookName; readonly path: string } & HookOutcome;

/** What an installation did, and what stands in its way. */
export type Installation = {
  readonly hooks: readonly InstalledHook[];
  /** lefthook's settings and what became of them; null where it is not used. */
  readonly lefthook: LefthookFile | null;
  /** The note of where the scanner stands, and the file of settings that it is in. */
  readonly note: NoteOutcome & { readonly path: string };
  /** The folder where git looks for husky's hooks but where husky has not put them, else null. */
  readonly huskyMissing: string | null;
  /** Where `core.hooksPath` leads if no folder can be there, else null. */
  readonly nowhere: string | null;
  /** Whether hooks lie in the working tree, for all who share it, and the repository does not bring the scanner. */
  readonly lacksScanner: boolean;
};

/**
 * Puts aura-scan in front of every commit and push of a repository with a working tree. Doing it again changes
 * nothing. Throws SourceError if git refuses.
 */
export async function installHooks(repository: Repository): Promise<Installation> {
  const places = await hookPlaces(repository);
  const settings = lefthookSettings(repository.root);
  const lefthook = settings === null ? null : await installJobs(settings);
  const hooks = places.folders.flatMap((folder) =>
    HOOK_NAMES.flatMap((name) => installIn(folder, name, places)),
  );
  const shared = places.folders.some(({ path }) => places.owns(path) && !isInside(places.commonDir, path));
  return {
    hooks,
    lefthook,
    note: { path: join(places.commonDir, "config"), ...(await noteProgram(repository)) },
    huskyMissing: places.huskyMissing,
    nowhere: places.nowhere,
    lacksScanner:
      (shared || lefthook !== null) && !existsSync(join(repository.root, "node_modules/.bin/aura-scan")),
  };
}

/** Nothing where lefthook runs the hook: it would write over what we put there. */
function installIn(folder: HookFolder, name: HookName, { owns }: HookPlaces): readonly InstalledHook[] {
  const hook = join(folder.path, name);
  if (!owns(hook)) return [{ name, path: hook, result: "refused", refusal: { kind: "outside" } }];
  if (isLefthooks(hook)) return [];
  const path = isPreCommits(hook) ? `${hook}.legacy` : hook;
  return [{ name, path, ...installHook({ path, own: ownHook(name), runBy: folder.runBy, owns }) }];
}
