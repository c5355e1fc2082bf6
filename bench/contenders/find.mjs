import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The absolute path of a program in `AURA_BENCH_PEERS` (folders, as in PATH) or in PATH; null if it is in neither. */
export function findProgram(name, env = process.env) {
  const folders = `${env.AURA_BENCH_PEERS ?? ""}${delimiter}${env.PATH ?? ""}`.split(delimiter);
  for (const folder of folders.filter((one) => one !== "")) {
    const file = resolve(join(folder, name));
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** What a program says of its version: the first number with dots, or else its first words. */
export function versionOf(program, args) {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: 30_000 });
  return versionIn(`${stdout ?? ""}\n${stderr ?? ""}`);
}

export function versionIn(text) {
  const line = text.trim().split("\n")[0] ?? "";
  return /\d+\.\d+(\.\d+)?[\w.-]*/.exec(text)?.[0] ?? (line === "" ? "no version told" : line.slice(0, 40));
}
