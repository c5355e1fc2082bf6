import type { Argv } from "yargs";
import type { Selection } from "../audit/selection.js";
import { momentOf } from "../sources/moment.js";
import type { Repository } from "../sources/repository.js";
import { UsageError } from "./exit.js";
import { textOf } from "./stdin.js";
import type { Terminal } from "./terminal.js";

/** What was typed. */
export type AuditOptions = {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly masked: number | undefined;
  readonly contains: string | undefined;
  readonly unit: string | undefined;
  readonly detector: string | undefined;
  readonly mothership: string | undefined;
  readonly verify: boolean;
  readonly scrub: string | undefined;
  readonly reason: string | undefined;
  readonly evidence: string | undefined;
  readonly json: boolean;
};

/** The options of an audit. */
export function withAudit(argv: Argv): Argv {
  const text = (describe: string) => ({ type: "string", requiresArg: true, describe }) as const;
  return argv
    .option("since", text("What was pushed since then: 7d, 36h, 2w, 2024-05-01, yesterday"))
    .option("until", text("What was pushed up to then"))
    .option("masked", {
      type: "number",
      requiresArg: true,
      describe: "Only what left with so many redactions: 0 is what the mask did not touch",
    })
    .option(
      "contains",
      text("Only what carried this text; - reads it from standard input, so that no shell keeps it"),
    )
    .option("unit", text("Only this function: its aura_id or its name"))
    .option("detector", text("Only where this detector masked something, or this rule blocked"))
    .option("mothership", text("Only what went to this Mothership"))
    .option("verify", { type: "boolean", default: false, describe: "Verify the whole ledger, bodies too" })
    .option("scrub", text("Delete the text of this push's body; its record stays, and the ledger verifies"))
    .option("reason", text("With --scrub: why"))
    .option("evidence", text("Write a page, JSON and checksums for an auditor into this folder"))
    .option("json", {
      type: "boolean",
      default: false,
      describe: "The complete record, for a program to read",
    });
}

/** Which of the things that an audit does is asked for. Throws `UsageError` where they do not fit together. */
export function auditAsked(options: AuditOptions): "list" | "scrub" | "evidence" {
  const { scrub, evidence, reason, contains, masked } = options;
  const narrows = [contains, options.unit, options.detector, options.mothership, masked];
  const isNarrowed = narrows.some((one) => one !== undefined);
  if (reason !== undefined && scrub === undefined) throw new UsageError("--reason goes with --scrub");
  if (scrub !== undefined) {
    if (reason === undefined || reason.trim() === "")
      throw new UsageError(
        '--scrub needs a --reason: what auditors will read, such as "token of the test account"',
      );
    const others = [options.since, options.until, evidence].some((one) => one !== undefined);
    if (isNarrowed || others || options.verify)
      throw new UsageError("--scrub deletes one body: leave everything but --reason out");
    return "scrub";
  }
  if (evidence === undefined) return "list";
  if (isNarrowed) throw new UsageError("--evidence tells of all pushes of a time: leave what narrows it out");
  return "evidence";
}

/** The pushes that are asked for. Throws `UsageError` and `SourceError`. */
export async function selectionOf(
  options: AuditOptions,
  repository: Repository | null,
  now: number = Date.now(),
): Promise<Selection> {
  const { since, until, masked, unit = null, detector = null, mothership = null } = options;
  if (masked !== undefined && !(Number.isSafeInteger(masked) && masked >= 0))
    throw new UsageError("--masked must be a whole number from 0 on");
  const begin = since === undefined ? null : await momentOf(repository, "--since", since, "begin", now);
  const end = until === undefined ? null : await momentOf(repository, "--until", until, "end", now);
  if (begin !== null && end !== null && end < begin)
    throw new UsageError("--until lies before --since: nothing can be in between");
  return {
    since: begin === null ? null : begin * 1000,
    // A second lasts to its end.
    until: end === null ? null : end * 1000 + 999,
    masked: masked ?? null,
    unit,
    detector,
    mothership,
  };
}

/** The text that is looked for, or null. It is kept nowhere and told to nobody. Throws `UsageError` where there is none. */
export async function needleOf({ contains }: AuditOptions, terminal: Terminal): Promise<string | null> {
  if (contains === undefined) return null;
  const needle = contains === "-" ? (await textOf(terminal.stdin)).replace(/\r?\n$/, "") : contains;
  if (needle === "") throw new UsageError("--contains: the text is empty, and would be found everywhere");
  return needle;
}
