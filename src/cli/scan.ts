import { existsSync } from "node:fs";
import path from "node:path";
import { exitCodeOf } from "../gate/decide.js";
import { type OpenOptions, openEngine } from "../gate/open-engine.js";
import { runOnCores } from "../parallel/run-on-cores.js";
import { REPORT_FORMATS } from "../report/render.js";
import type { Severity } from "../rules/rule.js";
import { SEVERITIES } from "../rules/rule.js";
import type { Engine } from "../scan/engine.js";
import { commitNamed, contentsAt } from "../sources/contents-at.js";
import { folderFiles } from "../sources/folder.js";
import { pathFiles } from "../sources/paths.js";
import { type Repository, repositoryOf } from "../sources/repository.js";
import { stagedFiles } from "../sources/staged.js";
import { stagedAndNamed } from "../sources/staged-and-named.js";
import { stdinItems } from "../sources/stdin.js";
import { treeFiles } from "../sources/tree.js";
import { nearest } from "../toml/nearest.js";
import { UsageError } from "./exit.js";
import { type HistoryOptions, historyAsked, historySource, withHistory } from "./history.js";
import type { Command } from "./parse-arguments.js";
import { progressOn } from "./progress.js";
import { isRangeAsked, type RangeOptions, rangeAsked, withRange } from "./range.js";
import { reportTargets, writeReports } from "./reports.js";
import type { SourceRun } from "./source-run.js";
import type { Terminal } from "./terminal.js";

/** What was typed. */
export type ScanOptions = ReportingOptions & {
  readonly paths: readonly string[];
  readonly staged: boolean;
  readonly files: boolean;
  readonly stdin: boolean;
  readonly stdinPath: string | undefined;
  readonly allowsFrom: string | undefined;
} & HistoryOptions &
  RangeOptions;

export type ReportingOptions = {
  readonly report: readonly string[];
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly failOn: Severity | undefined;
  readonly allowIncomplete: boolean;
  readonly category: string | undefined;
  readonly includeAllowed: boolean;
};

/** `aura-scan`, `aura-scan PATH…`, `aura-scan --staged`, `--range A..B`, `--branch X`, `--all`, `--since X`, `aura-scan -`. */
export const scanCommand: Command<ScanOptions> = {
  usage: "$0 [paths..]",
  about: "Scan the repository, the given paths, what is staged, its history, or standard input (-)",
  options: (argv) =>
    withHistory(withRange(withReporting(argv)))
      .positional("paths", {
        type: "string",
        array: true,
        default: [],
        describe: "Files and folders; - for standard input",
      })
      .option("staged", { type: "boolean", default: false, describe: "What the next commit would hold" })
      .option("files", {
        type: "boolean",
        default: false,
        describe: "For hook managers that name files: what is staged, and the named files that are not",
      })
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
      }),
  async run(options, terminal) {
    const targets = reportTargets(options.report);
    if (isSkipped(options)) return (await import("./skip.js")).letCommitThrough(terminal);
    const source = await sourceOf(options, terminal);
    const engine = await openEngine(source.root, await comparison(options.allowsFrom, source));
    const progress = progressOn(terminal, options.quiet);
    const report = await runOnCores({
      engine,
      ...(typeof source.run === "function" ? await source.run(engine) : source.run),
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
      describe: `${REPORT_FORMATS.join(", ")}; FORMAT=FILE writes a file; may be given several times`,
    })
    .option("category", {
      type: "string",
      requiresArg: true,
      describe: "What this run is called where reports of several are kept (SARIF's automationDetails.id)",
    })
    .option("include-allowed", {
      type: "boolean",
      default: false,
      describe: "Write allowed findings too in sarif (as suppressed), gitlab, junit, csv and gitleaks",
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

/** What new allows are told by: this commit, else what a range begins at, else HEAD; without a commit, all are new. */
async function comparison(
  allowsFrom: string | undefined,
  { repository, before }: Source,
): Promise<OpenOptions> {
  if (allowsFrom === undefined) {
    if (before !== undefined) return { before };
    if (repository === null) return { before: async () => [] };
    return { before: contentsAt(repository, repository.hasHead ? ["HEAD"] : []) };
  }
  if (repository === null)
    throw new UsageError("--allows-from needs a git repository, and this folder is in none");
  const commit = await commitNamed(repository, allowsFrom);
  if (commit === null) throw new UsageError("--allows-from: there is no commit of that name here");
  return { before: contentsAt(repository, [commit]), refuseNew: true };
}

/** Only the gate before a commit can be skipped: whoever scans something else wants it scanned. */
function isSkipped(options: ScanOptions): boolean {
  return process.env["AURA_SCAN_SKIP"] === "1" && (options.staged || options.files);
}

type Source = {
  readonly root: string;
  readonly repository: Repository | null;
  readonly run: SourceRun | ((engine: Engine) => Promise<SourceRun>);
  /** What new allows are told by, where that is not HEAD. */
  readonly before?: NonNullable<OpenOptions["before"]>;
};

async function sourceOf(options: ScanOptions, terminal: Terminal): Promise<Source> {
  const { cwd } = terminal;
  const fromStdin = options.stdin;
  const asksElse = fromStdin || options.staged || options.files || options.paths.length > 0;
  const history = historyAsked(options, asksElse);
  const isRange = isRangeAsked(options, asksElse || options.all, options.since !== undefined);
  if (fromStdin && (options.staged || options.files || options.paths.length > 0))
    throw new UsageError("- is standard input and nothing else: leave paths, --staged and --files out");
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
  "ci",
  "preflight",
  "status",
  "audit",
  "show-push",
  "rules",
  "baseline",
  "init",
];

function stagedSource({ files, paths }: ScanOptions, cwd: string, repository: Repository | null): Source {
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
