import { devNull } from "node:os";

/** An environment for a child process; no variable in it is undefined. */
export type Environment = Readonly<Record<string, string>>;

/**
 * What git sets for its hooks, and people for a repository elsewhere: which repository, index and objects are
 * meant. `commit -a`, `commit -p` and `commit PATH` give their hooks a temporary index this way.
 */
const WHICH_REPOSITORY = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_COMMON_DIR",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_QUARANTINE_PATH",
  "GIT_NAMESPACE",
  "GIT_SHALLOW_FILE",
];

/** Where settings come from and how far up a repository is looked for: the person's own affair, so kept. */
const KEPT = new Set([
  ...WHICH_REPOSITORY,
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_SYSTEM",
  "GIT_CONFIG_NOSYSTEM",
  "GIT_CONFIG_PARAMETERS",
  "GIT_CONFIG_COUNT",
  "GIT_CEILING_DIRECTORIES",
  "GIT_DISCOVERY_ACROSS_FILESYSTEM",
]);

/** Programs and prefixes that mean something to git though they do not begin with `GIT_`. */
const DROPPED = new Set(["EDITOR", "VISUAL", "PAGER", "SSH_ASKPASS", "PREFIX"]);

/** What every git process of ours runs under. */
const FIXED: Environment = {
  // Asked in English, so that "not a git repository" can be told from other failures.
  LC_ALL: "C",
  LANGUAGE: "C",
  // Nothing is refreshed on the side: no lock, no write.
  GIT_OPTIONAL_LOCKS: "0",
  // A blob that a partial clone has not got is an answer, not a download. Git before 2.44 does not know this
  // variable; with no protocol allowed its download fails before any program starts.
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_TERMINAL_PROMPT: "0",
  // Replaced objects and grafted histories show other content than what is pushed.
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_GRAFT_FILE: devNull,
};

/**
 * Options before every git command: the repository's own settings name programs here, and none of them may run.
 * An empty `core.fsmonitor` is off for old git, which takes the value for a program, and new git alike.
 */
export const SAFE_OPTIONS: readonly string[] = [
  "--no-pager",
  "--literal-pathspecs",
  ...[
    "core.fsmonitor=",
    // Grafts are off, which git deprecates by seven lines at every failure.
    "advice.graftFileDeprecated=false",
    `core.hooksPath=${devNull}`,
    "core.sshCommand=false",
    "core.askPass=",
    "credential.helper=",
    "diff.external=",
    "log.showSignature=false",
    "protocol.allow=never",
  ].flatMap((setting) => ["-c", setting]),
];

/** The environment for git: `outside` with only the git variables that are honoured, and with the fixed ones. */
export function gitEnvironment(outside: NodeJS.ProcessEnv): Environment {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(outside)) {
    if (value !== undefined && isKept(name.toUpperCase())) environment[name] = value;
  }
  return { ...environment, ...FIXED };
}

function isKept(name: string): boolean {
  if (!name.startsWith("GIT_")) return !DROPPED.has(name);
  return KEPT.has(name) || /^GIT_CONFIG_(KEY|VALUE)_\d+$/.test(name);
}

/** The same environment without what says which repository is meant. */
export function withoutRepository(environment: Environment): Environment {
  const { ...rest }: Record<string, string> = environment;
  for (const name of WHICH_REPOSITORY) delete rest[name];
  return rest;
}

/** Whether the environment says which repository, index or objects are meant. */
export function namesRepository(environment: Environment): boolean {
  return WHICH_REPOSITORY.some((name) => environment[name] !== undefined);
}
