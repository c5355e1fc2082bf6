import { delimiter } from "node:path";
import { namesRepository, withoutRepository } from "../sources/git-environment.js";
import type { Repository } from "../sources/repository.js";

/** Who starts git: a person in this shell, or a client with windows, which has read no shell profile. */
export const STARTERS = ["shell", "desktop"] as const;
export type Starter = (typeof STARTERS)[number];

/** What a session has before any profile is read, and git's own settings. */
const OF_A_SESSION =
  /^(?:HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+|GIT_CONFIG\w*|GIT_CEILING_DIRECTORIES|SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|ProgramData|ProgramFiles.*)$/i;

/** What says how this very command was started, or lets a commit through: no commit of a person runs under it. */
const OURS = /^(?:npm_\w+|AURA_SCAN_SKIP|INIT_CWD|_)$/i;

/** The environment in which git runs the repository's hooks for that starter, before git adds its own to it. */
export function hookEnvironment(
  starter: Starter,
  repository: Repository,
  outside: NodeJS.ProcessEnv,
): Record<string, string> {
  const kept = Object.entries(outside).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (starter === "shell" ? !OURS.test(entry[0]) : OF_A_SESSION.test(entry[0])),
  );
  const environment: Record<string, string> = { ...withoutRepository(Object.fromEntries(kept)) };
  if (namesRepository(repository.environment))
    for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"]) {
      const value = repository.environment[name];
      if (value !== undefined) environment[name] = value;
    }
  const name = Object.keys(environment).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  environment[name] = starter === "shell" ? typedPath(environment[name] ?? "") : desktopPath(outside);
  // Whoever only looks takes no lock.
  return { ...environment, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
}

/** The PATH without what npm and npx put in front for the program that they start. */
function typedPath(path: string): string {
  return path
    .split(delimiter)
    .filter((folder) => !/[\\/]node_modules[\\/]\.bin[\\/]?$|[\\/]node-gyp-bin[\\/]?$/.test(folder))
    .join(delimiter);
}

/** What launchd and systemd give to a program with windows, at the least. */
function desktopPath(outside: NodeJS.ProcessEnv): string {
  if (process.platform !== "win32") return ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].join(delimiter);
  const windows = outside["SystemRoot"] ?? "C:\\Windows";
  return [`${windows}\\system32`, windows].join(delimiter);
}
