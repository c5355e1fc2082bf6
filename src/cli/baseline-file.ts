import { mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { refusalReason, replaceFile } from "../files/replace-file.js";
import { isInside } from "../sources/repository.js";

/** The baseline could not be read or written. */
export class BaselineFileError extends Error {
  override readonly name = "BaselineFileError";
}

/** For a file that is new: a baseline is for everybody. */
const MODE = 0o644;

/** The text of the file, or null where there is none. Throws `BaselineFileError`. */
export function baselineText(root: string, file: string): string | null {
  try {
    return readFileSync(path.join(root, file), "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new BaselineFileError(`the baseline ${file} cannot be read (${codeOf(error) ?? "unreadable"})`);
  }
}

/** Writes the file whole or not at all, its folders too, and never outside of `root`. Throws `BaselineFileError`. */
export function writeBaseline(root: string, file: string, text: string): void {
  const place = path.join(root, file);
  try {
    mkdirSync(path.dirname(place), { recursive: true });
    const target = realTarget(place);
    if (!isInside(realpathSync(root), target))
      throw new BaselineFileError(
        `the baseline ${file} is not written: a symlink leads out of the repository`,
      );
    replaceFile(target, Buffer.from(text), modeOf(target));
  } catch (error) {
    if (error instanceof BaselineFileError) throw error;
    throw new BaselineFileError(`the baseline ${file} could not be written: ${refusalReason(error)}`);
  }
}

/** Where the file is, or would be, with no link on the way. */
function realTarget(place: string): string {
  try {
    return realpathSync(place);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    return path.join(realpathSync(path.dirname(place)), path.basename(place));
  }
}

function modeOf(file: string): number {
  try {
    return statSync(file).mode & 0o777;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return MODE;
    throw error;
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
