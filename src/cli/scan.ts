import { existsSync } from "node:fs";
import path from "node:path";
import { exitCodeOf } from "../gate/decide.js";
import { type OpenOptions, openEngine } from "../gate/open-engine.js";
import type { ShardedRun } from "../gate/shards/sharded-run.js";
import { type RunOnCores, runOnCores } from "../parallel/run-on-cores.js";
import type { Severity } from "../rules/rule.js";
import { SEVERITIES } from "../rules/rule.js";
import type { Engine } from "../scan/engine.js";
import { commitNamed, contentsAt } from "../sources/contents-at.js";
import { folderFiles } from "../sources/folder.js";
import { pathFiles } from "../sources/paths.js";
import { type Repository, repositoryOf } from "../sources/repository.js";
import { stagedFiles } from "../sources/staged.js";
import { stdinItems } from "../sources/stdin.js";
import { treeFiles } from "../sources/tree.js";
import { nearest } from "../toml/nearest.js";
import { UsageError } from "./exit.js";
import { type HistoryOptions, historyAsked, historySource, withHistory } from "./history.js";
import type { Command } from "./parse-arguments.js";
import { progressOn } from "./progress.js";
import { reportTargets, writeReports } from "./reports.js";
import type { AskedShard } from "./shard.js";
import type { Terminal } from "./terminal.js";

/** What was typed. */
export type ScanOptions = ReportingOptions & {
  readonly paths: readonly string[];
  readonly staged: boolean;
  readonly stdin: boolean;
  readonly stdinPath: string | undefined;
  readonly allowsFrom: string | undefined;
  readonly shard: string | undefined;
} & HistoryOptions;

export type ReportingOptions = {
  readonly report: readonly string[];
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly failOn: Severity | undefined;
  readonly allowIncomplete: boolean;
};

/** `aura-scan`, `aura-scan PATH…`, `aura-scan --staged`, `aura-scan --all`, `aura-scan --since X`, `aura-scan -`. */
export const scanCommand: Command<ScanOptions> = {
  usage: "$0 [paths..]",
  about: "Scan the repository, the given paths, what is staged, its history, or standard input (-)",
  options: (argv) =>
    withHistory(withReporting(argv))
      .positional("paths", {
        type: "string",
        array: true,
        default: [],
        describe: "Files and folders; - for standard input",
      })
      .option("staged", { type: "boolean", default: false, describe: "What the next commit would hold" })
      .option("stdin", { type: "boolean", default: false, describe: "Standard input; the same as -" })
      .option("stdin-path", {
        type: "string",
        requiresArg: true,
        describe: "What to call standard input",
      })
      .option("allows-from", {
        type: "string",
        requiresArg: true,
        describe: "Only what this commit already allows counts: origin/main, for a pull request",
      })
      .option("shard", {
        type: "string",
        requiresArg: true,
        describe: "Only this machine's part of all: 3/8; aura-scan report merges the parts",
      }),
  async run(options, terminal) {
    const targets = reportTargets(options.report);
    const source = await sourceOf(options, terminal);
    const asked = options.shard === undefined ? null : await askedShard(options.shard, source.repository);
    const engine = await openEngine(source.root, {
      ...(await comparison(options.allowsFrom, source.repository)),
      ...asked?.openOptions,
    });
    const shard = asked?.of(engine);
    const run = typeof source.run === "function" ? await source.run(engine, shard) : source.run;
    const progress = progressOn(terminal, options.quiet);
    const report = await runOnCores({
      engine,
      ...(shard === undefined ? run : shard.run(run)),
      progress,
      allowIncomplete: options.allowIncomplete,
      ...(options.failOn === undefined ? {} : { failOn: options.failOn }),
    }).finally(progress.end);
    await writeReports(report, targets, terminal, options);
    return exitCodeOf(report.verdict);
  },
};

/** The options of every command that reports. */
export function withReporting<T>(argv: import("yargs").Argv<T>): import("yargs").Argv<T> {
  return argv
    .option("report", {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      describe: "text, json, sarif or html; FORMAT=FILE writes a file; may be given several times",
    })
    .option("fail-on", { choices: SEVERITIES, requiresArg: true, describe: "The least severity that blocks" })
    .option("allow-incomplete", {
      type: "boolean",
      default: false,
      describe: "Pass although something could not be read; the report says so",
    })
    .option("quiet", {
      alias: "q",
      type: "boolean",
      default: false,
      describe: "Say nothing unless something is wrong",
    })
    .option("verbose", {
      alias: "v",
      type: "boolean",
      default: false,
      describe: "Tell everything that was skipped",
    });
}

/** What new allows are told by: this commit, or else HEAD; where there is no commit, all are new. */
async function comparison(
  allowsFrom: string | undefined,
  repository: Repository | null,
): Promise<OpenOptions> {
  if (allowsFrom === undefined) {
    if (repository === null) return { before: async () => [] };
    return { before: contentsAt(repository, repository.hasHead ? ["HEAD"] : []) };
  }
  if (repository === null)
    throw new UsageError("--allows-from needs a git repository, and this folder is in none");
  const commit = await commitNamed(repository, allowsFrom);
  if (commit === null) throw new UsageError("--allows-from: there is no commit of that name here");
  return { before: contentsAt(repository, [commit]), refuseNew: true };
}

type Source = {
  readonly root: string;
  readonly repository: Repository | null;
  readonly run: SourceRun | ((engine: Engine, shard?: ShardedRun) => Promise<SourceRun>);
};

/** The shard that was asked for. */
async function askedShard(text: string, repository: Repository | null): Promise<AskedShard> {
  // Loaded by whoever splits a run: a hook waits for less.
  const { askedShardOf } = await import("./shard.js");
  return askedShardOf(text, repository);
}

/** What a run reads. */
export type SourceRun = Pick<RunOnCores, "mode" | "nothing" | "seesAll" | "itemsOf" | "collector">;

async function sourceOf(options: ScanOptions, terminal: Terminal): Promise<Source> {
  const { cwd } = terminal;
  const fromStdin = options.stdin;
  const history = historyAsked(options, fromStdin || options.staged || options.paths.length > 0);
  if (fromStdin && (options.staged || options.paths.length > 0))
    throw new UsageError("- is standard input and nothing else: leave paths and --staged out");
  if (options.shard !== undefined && fromStdin)
    throw new UsageError("--shard splits files over machines, and standard input is one: leave one out");
  if (options.stdinPath !== undefined && !fromStdin)
    throw new UsageError("--stdin-path names standard input: add -");
  if (options.staged && options.paths.length > 0)
    throw new UsageError("--staged looks at the index: leave the paths out");
  const repository = await repositoryOf(cwd);
  if (history !== null) return historySource(history, repository);
  if (fromStdin) return stdinSource(options, terminal, repository);
  if (options.staged) return stagedSource(repository);
  if (options.paths.length > 0) return await pathsSource(options.paths, cwd, repository);
  return { root: repository?.root ?? cwd, repository, run: wholeTree(cwd, repository) };
}

/** Everything in the repository, or in the folder `cwd` outside of one. */
export function wholeTree(cwd: string, repository: Repository | null): SourceRun {
  return repository === null
    ? {
        mode: "tree",
        itemsOf: (look) => folderFiles(cwd, "", look),
        nothing: "the folder holds no file",
        seesAll: true,
      }
    : {
        mode: "tree",
        itemsOf: (look) => treeFiles(repository, [], look),
        nothing: "the repository holds no file that is not ignored",
        seesAll: true,
      };
}

/** A command that is misspelt reads like a path. */
const OTHER_COMMANDS = [
  "pre-push",
  "preflight",
  "status",
  "audit",
  "show-push",
  "report",
  "rules",
  "baseline",
  "init",
];

function stagedSource(repository: Repository | null): Source {
  if (repository === null)
    throw new UsageError("--staged needs a git repository, and this folder is in none");
  return {
    root: repository.root,
    repository,
    run: { mode: "staged", itemsOf: () => stagedFiles(repository), nothing: "no new content is staged" },
  };
}

async function pathsSource(
  paths: readonly string[],
  cwd: string,
  repository: Repository | null,
): Promise<Source> {
  if (paths.includes("")) throw new UsageError("a path is empty; write . for this folder");
  const [word = "."] = paths;
  const first = path.resolve(cwd, word);
  const command = nearest(word, OTHER_COMMANDS);
  if (command !== null && !existsSync(first)) {
    throw new UsageError(`there is no file or command of that name; did you mean aura-scan ${command}?`);
  }
  const holder = repository ?? (await repositoryOf(path.dirname(first)));
  const root = holder?.root ?? cwd;
  return {
    root,
    repository: holder,
    run: {
      mode: "tree",
      itemsOf: (look) => pathFiles(paths, cwd, holder, look),
      nothing: "the paths given hold no file that is not ignored",
    },
  };
}

function stdinSource(options: ScanOptions, terminal: Terminal, repository: Repository | null): Source {
  const name = options.stdinPath ?? "stdin";
  return {
    root: repository?.root ?? terminal.cwd,
    repository,
    run: {
      mode: "stdin",
      itemsOf: () => stdinItems(terminal.stdin, name),
      nothing: "standard input is empty",
    },
  };
}
