import { promises as files } from "node:fs";

/** A report's file that could not be written. */
export class ReportFileError extends Error {
  override readonly name = "ReportFileError";
}

/**
 * Writes a report: a file is replaced whole or not at all, behind a link too, and keeps its mode; what is no file
 * (a pipe, `/dev/stdout`) is written to. A new file is for its owner only. Throws `ReportFileError`.
 */
export async function writeReportFile(file: string, text: string): Promise<void> {
  try {
    const there = await statOrNull(file);
    if (there !== null && !there.isFile()) {
      await files.writeFile(file, text);
      return;
    }
    const target = there === null ? file : await files.realpath(file);
    await replaceFile(target, text, there === null ? 0o600 : there.mode & 0o777);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown fault";
    throw new ReportFileError(`the report ${file} could not be written: ${REASONS[code] ?? code}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist (ENOENT)",
  ENOTDIR: "a part of its path is a file (ENOTDIR)",
  EISDIR: "it is a folder (EISDIR)",
  EACCES: "not permitted (EACCES)",
  EPERM: "not permitted (EPERM)",
  EROFS: "the disk is read-only (EROFS)",
  ENOSPC: "the disk is full (ENOSPC)",
};

async function statOrNull(file: string) {
  try {
    return await files.stat(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function replaceFile(file: string, text: string, mode: number): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await files.writeFile(beside, text, { mode });
    await files.rename(beside, file);
  } catch (error) {
    await files.rm(beside, { force: true });
    throw error;
  }
}
