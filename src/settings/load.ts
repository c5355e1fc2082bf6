import { lstatSync, realpathSync, type Stats } from "node:fs";
import { join } from "node:path";
import { isInside } from "../pattern/repository-path.js";
import { codeOf, textOfFile, told, unusable } from "./bounded-file.js";
import { DEFAULTS } from "./defaults.js";
import { parseSettings } from "./parse.js";
import type { Settings } from "./settings.js";

/** Where the settings stand, relative to the repository's root. */
export const SETTINGS_FILE = ".aura/live.toml";

/**
 * The settings of the repository at `root`: those of `.aura/live.toml`, or the defaults where there is no such file.
 * Throws `ConfigError` where there is one that cannot be used, whatever the cause: it never falls back to defaults.
 */
export async function loadSettings(root: string): Promise<Settings> {
  const text = settingsText(root, "");
  return text === null ? DEFAULTS : parseSettings(text, SETTINGS_FILE);
}

/** The settings file of a folder, relative to the root; "" is the root. */
export function settingsFileIn(folder: string): string {
  return folder === "" ? SETTINGS_FILE : `${folder}/${SETTINGS_FILE}`;
}

/**
 * The text of the settings file in `folder`, or null where there is none. Without promises, which Node is slow to load
 * for a file this small. Throws `ConfigError` where it cannot be read.
 */
export function settingsText(root: string, folder: string): string | null {
  const file = settingsFileIn(folder);
  const asked = <T>(step: () => T): T => told(file, step);
  const home = asked(() => realpathSync.native(root));
  for (const path of [join(root, folder, ".aura"), join(root, file)]) {
    // Asked of the link itself: a link to nothing is a fault, and not the same as no file.
    if (asked(() => statsIfThere(path)) === null) return null;
    if (
      !isInside(
        home,
        asked(() => realpathSync.native(path)),
      )
    )
      throw unusable(file, "a symlink leads out of the repository");
  }
  return textOfFile(join(root, file), file);
}

function statsIfThere(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}
