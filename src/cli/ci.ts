import type { Argv } from "yargs";
import { type Decision, decisionOf } from "../ci/decision.js";
import type { Surroundings } from "../ci/plan.js";
import { isGithub, planOf } from "../ci/plan-of.js";
import { exitCodeOf } from "../gate/decide.js";
import { type OpenOptions, openEngine } from "../gate/open-engine.js";
import { runOnCores } from "../parallel/run-on-cores.js";
import type { Report } from "../report/report.js";
import { visible } from "../report/visible.js";
import { counted } from "../report/words.js";
import { blottedLine } from "../scan/blot.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { parseSettings } from "../settings/parse.js";
import { commitFiles } from "../sources/commit-files.js";
import { commitNamed, contentsAt } from "../sources/contents-at.js";
import { rangeFiles } from "../sources/range.js";
import { type Repository, repositoryOf } from "../sources/repository.js";
import type { SourceItem } from "../sources/source.js";
import { ConfigError } from "../toml/config-error.js";
import type { Command } from "./command.js";
import { UsageError } from "./exit.js";
import { deafened, eventPayload, tellGithub } from "./github-actions.js";
import { progressOn } from "./progress.js";
import { type ReportingOptions, withReporting } from "./reporting-options.js";
import { type ReportTarget, reportTargets, writeReports } from "./reports.js";
import type { SourceRun } from "./source-run.js";
import type { Terminal } from "./terminal.js";

type CiOptions = ReportingOptions & {
  readonly base: string | undefined;
  readonly allowsFrom: string | undefined;
  readonly refuseNewAllows: boolean;
};

/** `aura-scan ci`: what did this change bring, by what the CI system says and this clone holds? */
export const ciCommand: Command<CiOptions> = {
  usage: "ci",
  about: "Scan what a pull request, push or merge queue brings, as the CI system tells it",
  options: (argv) => withComparison(withReporting(argv)),
  run: (options, terminal) => runInCi(options, terminal, process.env),
};

function withComparison<T>(argv: Argv<T>): Argv<T> {
  return argv
    .option("base", {
      type: "string",
      requiresArg: true,
      describe: "Compare with this commit, whatever the CI system says: origin/main",
    })
    .option("refuse-new-allows", {
      type: "boolean",
      default: false,
      describe: "Allows that the change itself brings do not count",
    })
    .option("allows-from", {
      type: "string",
      requiresArg: true,
      describe: "Only what this commit already allows counts",
    });
}

/** The same with the variables of `surroundings`. */
export async function runInCi(
  options: CiOptions,
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<0 | 1 | 3> {
  const targets = reportTargets(options.report);
  if (options.base === "") throw new UsageError("--base is empty; name a commit: origin/main");
  const repository = await repositoryOf(terminal.cwd);
  if (repository === null) throw new UsageError("ci needs a git repository, and this folder is in none");
  const payload = isGithub(surroundings) ? await eventPayload(surroundings) : null;
  const decision = await decisionOf(
    repository,
    planOf(surroundings, payload, { base: options.base ?? null }),
  );
  const line = visible(blottedLine(decision.line, []));
  if (!options.quiet || decision.kind === "incomplete") terminal.err(`aura-scan ci: ${line}\n`);
  const engine = await openEngine(repository.root, await comparison(options, repository, decision));
  const progress = progressOn(terminal, options.quiet);
  const report = await runOnCores({
    engine,
    ...runOf(repository, decision, options.allowIncomplete),
    progress,
    allowIncomplete: options.allowIncomplete,
    ...(options.failOn === undefined ? {} : { failOn: options.failOn }),
  }).finally(progress.end);
  // Whoever reads the text has read the line.
  const isText = ({ format }: ReportTarget) => format === "text";
  const told: Report = { ...report, notices: [...withoutContent(decision, report), ...report.notices] };
  const noted: Report = { ...told, notices: [`${line}.`, ...told.notices] };
  const onGithub = isGithub(surroundings);
  // Names of files are a stranger's words, and GitHub takes orders from what is printed.
  const deaf = onGithub ? deafened(terminal) : terminal;
  await writeReports(told, targets.filter(isText), deaf, options);
  await writeReports(
    noted,
    targets.filter((target) => !isText(target)),
    terminal,
    options,
  );
  if (onGithub) await tellGithub(noted, targets, terminal, surroundings);
  return exitCodeOf(report.verdict);
}

/** Why the report counts fewer commits than were decided on. */
function withoutContent(decision: Decision, { scanned }: Report): readonly string[] {
  if (decision.kind !== "commits") return [];
  const all = decision.commits.length;
  const others = all - scanned.commits;
  if (others <= 0) return [];
  const bring = others === 1 ? "brings" : "bring";
  return [
    `${others} of the ${counted(all, "commit")} ${bring} no content of ${others === 1 ? "its" : "their"} own (a merge, a deletion, what stood there before), and ${others === 1 ? "is" : "are"} not counted as read.`,
  ];
}

function runOf(repository: Repository, decision: Decision, allowIncomplete: boolean): SourceRun {
  switch (decision.kind) {
    case "commits":
      return {
        mode: "range",
        itemsOf: () =>
          rangeFiles(repository, [{ tips: [decision.tip], known: decision.known }], decision.commits),
        nothing: "those commits brought no new content",
      };
    case "files":
      return {
        mode: "tree",
        itemsOf: () => commitFiles(repository, decision.tip),
        nothing: "the commit holds no file",
      };
    case "incomplete":
      return {
        mode: "range",
        itemsOf: () => whatIsHere(repository, decision, allowIncomplete),
        nothing: "no commit is here",
      };
  }
}

/** That nothing is sure; where somebody lets that pass, at least the files that are checked out are read. */
async function* whatIsHere(
  repository: Repository,
  { reason, tip }: Decision & { readonly kind: "incomplete" },
  allowIncomplete: boolean,
): AsyncGenerator<SourceItem> {
  yield { kind: "skipped", path: ".git", reason, incomplete: true };
  if (allowIncomplete && tip !== null) yield* commitFiles(repository, tip);
}

/**
 * What new allows are told by. A change cannot take back that new allows are refused: what was there before, or what
 * was typed, has refused them.
 */
async function comparison(
  { allowsFrom, refuseNewAllows }: CiOptions,
  repository: Repository,
  decision: Decision,
): Promise<OpenOptions> {
  if (allowsFrom !== undefined) {
    const commit = await commitNamed(repository, allowsFrom);
    if (commit === null) throw new UsageError("--allows-from: there is no commit of that name here");
    return { before: contentsAt(repository, [commit]), refuseNew: true };
  }
  // Where files are read because nothing is new, what the commit itself allows is not new either.
  const known =
    decision.kind === "files" ? [decision.tip] : decision.kind === "commits" ? decision.known : [];
  const before = contentsAt(repository, known);
  const refuses = refuseNewAllows || (await refusedBefore(before));
  return refuses ? { before, refuseNew: true } : { before };
}

async function refusedBefore(before: NonNullable<OpenOptions["before"]>): Promise<boolean> {
  for (const content of await before(SETTINGS_FILE)) {
    try {
      const settings = await parseSettings(Buffer.from(content).toString("utf8"), SETTINGS_FILE);
      if (settings.newAllows === "refuse") return true;
    } catch (error) {
      // Settings that could not be used then are no reason against those that mend them.
      if (!(error instanceof ConfigError)) throw error;
    }
  }
  return false;
}
