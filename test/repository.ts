import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A real git repository in a temporary folder, cut off from the machine's own git settings. */
export type TestRepository = {
  /** The absolute, real path of the repository's folder. */
  readonly root: string;
  /** Writes a file below the root, its folders too; returns its absolute path. */
  readonly write: (path: string, content: string | Uint8Array) => string;
  /** Runs git in the root and returns what it printed, its last line break cut off; throws if git fails. */
  readonly git: (...args: readonly string[]) => string;
  /** The same with more environment (`GIT_INDEX_FILE`, …) or with standard input. */
  readonly gitWith: (
    options: {
      readonly env?: NodeJS.ProcessEnv;
      readonly input?: string | Uint8Array;
      readonly cwd?: string;
    },
    ...args: readonly string[]
  ) => string;
  /** `git add` with `--force`, so that no ignore rule gets in a test's way. */
  readonly add: (...paths: readonly string[]) => void;
  /** Commits the index (an empty commit is fine) and returns the commit's id. */
  readonly commit: (message?: string) => string;
  /** Deletes the folder. */
  readonly remove: () => void;
};

/**
 * The environment of the tests without one `GIT_*` variable of the outside (a hook that runs the tests sets
 * several), and with no system or personal settings.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: process.platform === "win32" ? "NUL" : "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
    LC_ALL: "C",
  };
}

/** Makes this process's own environment that of {@link cleanEnvironment}; call it in `beforeAll`. */
export function isolateGit(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("GIT_")) delete process.env[name];
  Object.assign(process.env, cleanEnvironment());
}

/** A new temporary folder's real path. */
export function temporaryFolder(): string {
  return realpathSync.native(mkdtempSync(join(tmpdir(), "aura-scan-")));
}

/** A new empty repository, on branch `main`; `args` go to `git init` (`--bare`, `--object-format=sha256`). */
export async function makeRepository(...args: readonly string[]): Promise<TestRepository> {
  const repository = repositoryAt(temporaryFolder());
  repository.git("init", "--quiet", "--initial-branch=main", ...args);
  return repository;
}

/** The repository whose folder this is, or will be. */
export function repositoryAt(root: string): TestRepository {
  const gitWith: TestRepository["gitWith"] = (options, ...command) =>
    execFileSync("git", command, {
      cwd: options.cwd ?? root,
      env: { ...cleanEnvironment(), ...options.env },
      input: options.input ?? "",
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 1 << 28,
    }).replace(/\r?\n$/, "");
  const git: TestRepository["git"] = (...command) => gitWith({}, ...command);
  return {
    root,
    git,
    gitWith,
    write(path, content) {
      const target = join(root, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      return target;
    },
    add: (...paths) => void git("add", "--force", "--", ...paths),
    commit(message = "a commit") {
      git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", message);
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
