import { existsSync } from "node:fs";
import { join } from "node:path";
import { isInside, type Repository } from "../sources/repository.js";
import { type HookOutcome, installHook } from "./hook-file.js";
import { type HookFolder, type HookPlaces, hookPlaces } from "./hook-folders.js";
import { HOOK_NAMES, type HookName } from "./hook-text.js";
import { type NoteOutcome, noteProgram } from "./note-program.js";
import { ownHook } from "./own-files.js";

/** One hook, and what became of it. */
export type InstalledHook = { readonly name: HookName; readonly path: string } & HookOutcome;

/** What an installation did, and what stands in its way. */
export type Installation = {
  readonly hooks: readonly InstalledHook[];
  /** The note of where the scanner stands, and the file of settings that it is in. */
  readonly note: NoteOutcome & { readonly path: string };
  /** The folder where git looks for husky's hooks but where husky has not put them, else null. */
  readonly huskyMissing: string | null;
  /** Whether hooks lie in the working tree, for all who share it, and the repository does not bring the scanner. */
  readonly lacksScanner: boolean;
};

/**
 * Puts aura-scan in front of every commit and push of a repository with a working tree. Doing it again changes
 * nothing. Throws SourceError if git refuses.
 */
export async function installHooks(repository: Repository): Promise<Installation> {
  const places = await hookPlaces(repository);
  const hooks = places.folders.flatMap((folder) => HOOK_NAMES.map((name) => installIn(folder, name, places)));
  const shared = places.folders.some(({ path }) => places.owns(path) && !isInside(places.commonDir, path));
  return {
    hooks,
    note: { path: join(places.commonDir, "config"), ...(await noteProgram(repository)) },
    huskyMissing: places.huskyMissing,
    lacksScanner: shared && !existsSync(join(repository.root, "node_modules/.bin/aura-scan")),
  };
}

function installIn(folder: HookFolder, name: HookName, { owns }: HookPlaces): InstalledHook {
  const path = join(folder.path, name);
  if (!owns(path)) return { name, path, result: "refused", refusal: { kind: "outside" } };
  return { name, path, ...installHook({ path, own: ownHook(name), runBy: folder.runBy, owns }) };
}
