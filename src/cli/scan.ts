import { exitCodeOf } from "../gate/decide.js";
import { type OpenOptions, openEngine } from "../gate/open-engine.js";
import { runOnCores } from "../parallel/run-on-cores.js";
import type { Engine } from "../scan/engine.js";
import { commitNamed, contentsAt } from "../sources/contents-at.js";
import { likelyRoot } from "../sources/plain-repository.js";
import type { Repository } from "../sources/repository.js";
import type { Command } from "./command.js";
import { UsageError } from "./exit.js";
import { withHistory } from "./history.js";
import { progressOn } from "./progress.js";
import { withRange } from "./range.js";
import { type ReportingOptions, withReporting } from "./reporting-options.js";
import { reportTargets, writeReports } from "./reports.js";
import { type Source, sourceOf, type WhatToScan } from "./scan-source.js";
import type { AskedShard } from "./shard.js";

/** What was typed. */
export type ScanOptions = ReportingOptions & WhatToScan & { readonly allowsFrom: string | undefined };

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
      })
      .option("shard", {
        type: "string",
        requiresArg: true,
        describe: "Only this machine's part of all: 3/8; aura-scan report merges the parts",
      }),
  async run(options, terminal) {
    const targets = reportTargets(options.report);
    if (isSkipped(options)) return (await import("./skip.js")).letCommitThrough(terminal);
    const likely = options.shard === undefined && options.allowsFrom === undefined ? likelyRoot() : null;
    const found = sourceOf(options, terminal);
    // While git looks, rules and settings are read where they are likely to be.
    const ahead = likely === null ? null : openAhead(likely, found);
    const source = await found;
    const asked = options.shard === undefined ? null : await askedShard(options.shard, source.repository);
    const engine =
      ahead !== null && source.root === likely
        ? await ahead
        : await openEngine(source.root, {
            ...(await comparison(options.allowsFrom, source)),
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

/** The engine for what is probably the root of the source that will be `found`. */
function openAhead(root: string, found: Promise<Source>): Promise<Engine> {
  const before: OpenOptions["before"] = async (path) => {
    const { before: known } = await comparison(undefined, await found);
    return known === undefined ? [] : known(path);
  };
  const opening = openEngine(root, { before });
  // Where the root is another, nobody hears of a failure.
  opening.catch(() => undefined);
  return opening;
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

/** The shard that was asked for. */
async function askedShard(text: string, repository: Repository | null): Promise<AskedShard> {
  // Loaded by whoever splits a run: a hook waits for less.
  const { askedShardOf } = await import("./shard.js");
  return askedShardOf(text, repository);
}
