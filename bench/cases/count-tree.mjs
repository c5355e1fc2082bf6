import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** How many files a folder holds, .git left out, and how many bytes. */
export function countTree(folder) {
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== ".git") {
      const inside = countTree(path);
      files += inside.files;
      bytes += inside.bytes;
    } else if (entry.isFile()) {
      files++;
      bytes += statSync(path).size;
    }
  }
  return { files, bytes };
}
