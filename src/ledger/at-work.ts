import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { codeOf, orAbsent, orLedgerError } from "./ledger-error.js";
import { placesIn } from "./ledger-folder.js";

/**
 * Which process it is. A number alone does not tell: numbers are used again, and in a container, after a start of the
 * machine or on another one they mean others.
 */
type Process = { readonly pid: number; readonly started: string | null; readonly where: string };

/** Whether the process that left its name is still at work; `elsewhere`: one that cannot be seen from here. */
export type AtWork = "yes" | "no" | "elsewhere";

const read = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
};

/** When the process began, in ticks since the machine did: the 22nd word of /proc/<pid>/stat, the 20th behind its name. */
const startOf = (pid: number): string | null => {
  const words = read(`/proc/${pid}/stat`);
  return words?.slice(words.lastIndexOf(")") + 2).split(" ")[19] ?? null;
};

/** The machine, its last start, and the space in which process numbers mean something. */
function here(): string {
  let space = "";
  try {
    space = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Only Linux has them.
  }
  return [hostname(), read("/proc/sys/kernel/random/boot_id")?.trim() ?? "", space].join(" ");
}

/** Leaves this process's name in a file that is not there yet; whether it is now. */
export function leaveName(path: string): boolean {
  const own: Process = { pid: process.pid, started: startOf(process.pid), where: here() };
  try {
    const file = openSync(path, "wx", 0o600);
    try {
      writeFileSync(file, JSON.stringify(own));
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Whether the process whose name is in the file is at work; where there is no file, none is. */
export function atWork(path: string): AtWork {
  if (orAbsent(() => lstatSync(path)) === null) return "no";
  const left = processOf(read(path) ?? "");
  if (left === null || left.where !== here()) return "elsewhere";
  if (!isRunning(left.pid)) return "no";
  return left.started === null || left.started === startOf(left.pid) ? "yes" : "no";
}

function processOf(text: string): Process | null {
  try {
    const { pid, started, where } = Object(JSON.parse(text));
    if (!Number.isSafeInteger(pid) || pid <= 0 || typeof where !== "string") return null;
    return { pid, started: typeof started === "string" ? started : null, where };
  } catch {
    // It was stopped before it had written its name.
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** No compaction takes as long, in milliseconds; whoever left its name cannot be asked from here. */
const LEFT = 86_400_000;

/**
 * Does the work that one process at a time should do, and tells its result; null where another is at it. A name that a
 * process left that is gone is no hindrance, nor is one that cannot be seen from here and is older than `left`.
 */
export async function alone<Result>(
  path: string,
  work: () => Promise<Result>,
  { what = "begin to compact", left = LEFT } = {},
): Promise<Result | null> {
  const taken = orLedgerError(
    what,
    path,
    () => leaveName(path) || (clearGone(path, left) && leaveName(path)),
  );
  if (!taken) return null;
  try {
    return await work();
  } finally {
    forgetName(path);
  }
}

/** Takes the name away; where it cannot be, it is that of a process that is gone. */
export function forgetName(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (codeOf(error) === null) throw error;
  }
}

/** Two may see the same name that is gone: it is moved first, so that only one of them clears it. */
function clearGone(path: string, left: number): boolean {
  const state = atWork(path);
  const time = orAbsent(() => lstatSync(path).mtimeMs);
  if (state === "yes" || (state === "elsewhere" && time !== null && Date.now() - time < left)) return false;
  const aside = `${path}.${process.pid}`;
  if (orAbsent(() => renameSync(path, aside) ?? true) === null) return true;
  forgetName(aside);
  return true;
}

/** The writers that left their names. */
export function writersIn(folder: string): readonly string[] {
  return orAbsent(() => readdirSync(placesIn(folder).writers)) ?? [];
}

/** Where a writer leaves its name while it is at work. */
export function writerPath(folder: string, writer: string): string {
  return join(placesIn(folder).writers, writer);
}
