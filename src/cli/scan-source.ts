import { existsSync } from "node:fs";
import path from "node:path";
import type { OpenOptions } from "../gate/open-engine.js";
import type { ShardedRun } from "../gate/shards/sharded-run.js";
import type { Engine } from "../scan/engine.js";
import { pathFiles } from "../sources/paths.js";
import { type Repository, repositoryOf } from "../sources/repository.js";
import { stagedFiles } from "../sources/staged.js";
import { stagedAndNamed } from "../sources/staged-and-named.js";
import { stdinItems } from "../sources/stdin.js";
import { nearest } from "../toml/nearest.js";
import { UsageError } from "./exit.js";
import { type HistoryOptions, historyAsked, historySource } from "./history.js";
import { isRangeAsked, type RangeOptions, rangeAsked } from "./range.js";
import type { SourceRun } from "./source-run.js";
import type { Terminal } from "./terminal.js";
import { wholeTree } from "./whole-tree.js";

/** What was typed about what to look at. */
export type WhatToScan = {
  readonly paths: readonly string[];
  readonly staged: boolean;
  readonly files: boolean;
  readonly stdin: boolean;
  readonly stdinPath: string | undefined;
  readonly shard: string | undefined;
} & HistoryOptions &
  RangeOptions;

/** Where a run reads from. */
export type Source = {
  readonly root: string;
  readonly repository: Repository | null;
  readonly run: SourceRun | ((engine: Engine, shard?: ShardedRun) => Promise<SourceRun>);
  /** What new allows are told by, where that is not HEAD. */
  readonly before?: NonNullable<OpenOptions["before"]>;
};

/** What was asked for. Throws `UsageError` where that does not fit together, and `SourceError`. */
export async function sourceOf(options: WhatToScan, terminal: Terminal): Promise<Source> {
  const { cwd } = terminal;
  const fromStdin = options.stdin;
  const asksElse = fromStdin || options.staged || options.files || options.paths.length > 0;
  const history = historyAsked(options, asksElse);
  const isRange = isRangeAsked(options, asksElse || options.all, options.since !== undefined);
  if (fromStdin && (options.staged || options.files || options.paths.length > 0))
    throw new UsageError("- is standard input and nothing else: leave paths, --staged and --files out");
  if (options.shard !== undefined && fromStdin)
    throw new UsageError("--shard splits files over machines, and standard input is one: leave one out");
  if (options.stdinPath !== undefined && !fromStdin)
    throw new UsageError("--stdin-path names standard input: add -");
  if (options.staged && options.paths.length > 0 && !options.files)
    throw new UsageError("--staged looks at the index: leave the paths out, or add --files");
  const repository = await repositoryOf(cwd);
  if (isRange) return rangeAsked(options, repository);
  if (history !== null) return historySource(history, repository);
  if (fromStdin) return stdinSource(options, terminal, repository);
  if (options.staged || options.files) return stagedSource(options, cwd, repository);
  if (options.paths.length > 0) return await pathsSource(options.paths, cwd, repository);
  return { root: repository?.root ?? cwd, repository, run: wholeTree(cwd, repository) };
}

/** A command that is misspelt reads like a path. */
const OTHER_COMMANDS = [
  "doctor",
  "completion",
  "pre-push",
  "ci",
  "preflight",
  "status",
  "audit",
  "show-push",
  "report",
  "rules",
  "baseline",
  "init",
];

function stagedSource({ files, paths }: WhatToScan, cwd: string, repository: Repository | null): Source {
  if (repository === null)
    throw new UsageError(
      `${files ? "--files" : "--staged"} needs a git repository, and this folder is in none`,
    );
  const run: SourceRun = files
    ? {
        mode: "staged",
        itemsOf: () => stagedAndNamed(repository, paths, cwd),
        nothing: "no new content is staged, and no other file is named",
      }
    : { mode: "staged", itemsOf: () => stagedFiles(repository), nothing: "no new content is staged" };
  return { root: repository.root, repository, run };
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

function stdinSource(options: WhatToScan, terminal: Terminal, repository: Repository | null): Source {
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
