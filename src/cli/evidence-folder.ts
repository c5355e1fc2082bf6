import { lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { HALF_WRITTEN } from "../files/replace-file.js";
import { FILES } from "../report/evidence/page.js";
import { visible } from "../report/visible.js";
import { UsageError } from "./exit.js";

/**
 * Makes the folder for evidence, one step after the other: Node's recursive way never ends where a file system tells that
 * a folder is not there and makes none. Refuses one in which other things lie, and any inside of `kept`: those are git's
 * and the ledger's own. Throws `UsageError`, and what the operating system refuses.
 */
export function makeEvidenceFolder(target: string, said: string, kept: readonly string[]): void {
  const missing: string[] = [];
  let there = target;
  while (!isThere(there) && path.dirname(there) !== there) {
    missing.unshift(path.basename(there));
    there = path.dirname(there);
  }
  const real = path.join(realpathSync(there), ...missing);
  const git = real.split(path.sep).includes(".git") ? ".git" : undefined;
  const owner = kept.find((folder) => isInside(realOf(folder), real)) ?? git;
  if (owner !== undefined)
    throw new UsageError(
      `--evidence: ${visible(said)} lies in ${visible(owner)}, where only its own files may be; name another folder`,
    );
  for (const name of missing) {
    there = path.join(there, name);
    mkdirSync(there, { mode: 0o700 });
  }
  if (!statSync(there).isDirectory()) return;
  const names = readdirSync(there);
  if (names.length > 0 && !holdsEvidence(there, names))
    throw new UsageError(
      `--evidence: ${visible(said)} is not empty, and what it holds is no evidence of aura-scan's; name a new folder`,
    );
}

/** Evidence that was made before is replaced, and what was left of such is, too. */
function holdsEvidence(folder: string, names: readonly string[]): boolean {
  const ours: readonly string[] = Object.values(FILES);
  const isOurs = (name: string): boolean =>
    ours.some((own) => name === own || (name.startsWith(`${own}.`) && name.endsWith(HALF_WRITTEN)));
  if (names.every(isOurs)) return true;
  if (!names.includes(FILES.json)) return false;
  try {
    const { schema } = Object(JSON.parse(readFileSync(path.join(folder, FILES.json), "utf8")));
    return typeof schema === "string" && schema.startsWith("aura-scan/evidence/");
  } catch {
    return false;
  }
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function realOf(folder: string): string {
  return isThere(folder) ? realpathSync(folder) : folder;
}

function isInside(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way === "" || (way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}
