import { exitCodeOf } from "../gate/decide.js";
import { openEngine } from "../gate/open-engine.js";
import { runScan } from "../gate/run-scan.js";
import type { Report } from "../report/report.js";
import { visible } from "../report/visible.js";
import { auraRefs } from "../sources/aura-refs.js";
import { contentsThere } from "../sources/contents-at.js";
import { pushOfPreCommit } from "../sources/pre-commit-refs.js";
import { type PushedRef, parsePushLines } from "../sources/push-lines.js";
import { pushedFiles } from "../sources/pushed.js";
import { repositoryOf } from "../sources/repository.js";
import type { Command } from "./command.js";
import { UsageError } from "./exit.js";
import { type ReportingOptions, withReporting } from "./reporting-options.js";
import { reportTargets, writeReports } from "./reports.js";
import { textOf } from "./stdin.js";

type PrePushOptions = ReportingOptions & {
  /** The remote's name, or its URL if it has no name. It may hold a password, so it is never printed. */
  readonly remote: string | undefined;
  /** It may hold a password, too. */
  readonly url: string | undefined;
};

/** `aura-scan pre-push "$@"`, as git's pre-push hook: what does this push bring that the remote has not? */
export const prePushCommand: Command<PrePushOptions> = {
  usage: "pre-push [remote] [url]",
  about: "Scan what a push brings; for git's pre-push hook, which names the refs on standard input",
  options: (argv) =>
    withReporting(argv)
      .positional("remote", { type: "string", describe: "The remote's name, as git tells the hook" })
      .positional("url", { type: "string", describe: "Where the push goes, as git tells the hook" }),
  async run(options, terminal) {
    const targets = reportTargets(options.report);
    const repository = await repositoryOf(terminal.cwd);
    if (repository === null)
      throw new UsageError("pre-push needs a git repository, and this folder is in none");
    const lines = parsePushLines(await textOf(terminal.stdin));
    const told = lines.length > 0 ? null : await pushOfPreCommit(repository, process.env);
    const refs = told?.refs ?? lines;
    const named = options.remote === undefined ? null : { name: options.remote, url: options.url ?? null };
    const target = told?.target ?? named;
    if (process.env["AURA_SCAN_SKIP"] === "1")
      return (await import("./skip.js")).letPushThrough(repository, refs, terminal);
    const byAura = await auraRefs(repository, refs);
    const scanned = await runScan({
      engine: await openEngine(repository.root, {
        before: contentsThere(repository, refs, target),
      }),
      mode: "pre-push",
      items: pushedFiles(repository, [...refs, ...byAura], target),
      nothing:
        refs.length + byAura.length === 0 ? "nothing is pushed" : "the push brings no new file content",
      allowIncomplete: options.allowIncomplete,
      ...(options.failOn === undefined ? {} : { failOn: options.failOn }),
    });
    const report = { ...scanned, notices: [...scanned.notices, ...auraNotices(scanned, byAura)] };
    await writeReports(report, targets, terminal, options);
    return exitCodeOf(report.verdict);
  },
};

/** A secret in a note stands at a path that nobody knows: whoever is stopped by it is told where to look. */
function auraNotices({ verdict }: Report, byAura: readonly PushedRef[]): readonly string[] {
  if (verdict === "allow" || byAura.length === 0) return [];
  const names = byAura.map(({ localRef }) => visible(localRef)).join(", ");
  return [`Aura pushes refs by itself with every push, so these were looked at too: ${names}.`];
}
