import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SETTINGS_FILE } from "../settings/load.js";
import { settingsTemplate } from "../settings/template.js";

/**
 * Puts the template of the settings into the repository at `root` where there are none, and whether it did. What stands there,
 * a link that leads nowhere too, is somebody's own; and where nothing can be written, the defaults hold as before.
 */
export function writeSettingsTemplate(root: string): boolean {
  const file = path.join(root, SETTINGS_FILE);
  try {
    const folder = lstatSync(path.dirname(file), { throwIfNoEntry: false });
    if (folder?.isDirectory() === false) return false;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, settingsTemplate(), { flag: "wx", mode: 0o644 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}
