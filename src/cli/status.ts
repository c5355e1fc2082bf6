import { followed } from "../audit/follow.js";
import { damageIn } from "../audit/ledger-at.js";
import { type Push, pushesOf } from "../ledger/pushes.js";
import type { LedgerRecord } from "../ledger/record.js";
import { plainJson } from "../report/plain-json.js";
import { pullJson, pushJson } from "../report/pushes/push-json.js";
import { pullLine, traceLine } from "../report/pushes/push-words.js";
import { standingJson, standingText } from "../report/pushes/standing.js";
import { isTraffic, traceJson, traceOf, traceText } from "../report/pushes/trace.js";
import type { Command } from "./command.js";
import { EXIT, UsageError } from "./exit.js";
import { type LedgerHere, ledgerHere, tellProblems, verifiedHere } from "./ledger-here.js";
import { onceAskedToEnd } from "./signals.js";
import type { Terminal } from "./terminal.js";

type StatusOptions = {
  readonly trace: boolean;
  readonly n: number;
  readonly watch: boolean;
  readonly json: boolean;
};

/** `aura-scan status`, `status --trace --n 20`, `status --watch`: what left of late, and what came. */
export const statusCommand: Command<StatusOptions> = {
  usage: "status",
  about: "What left this machine of late by Live Sync, and what came",
  options: (argv) =>
    argv
      .option("trace", { type: "boolean", default: false, describe: "The last pushes and pulls, one a line" })
      .option("n", { type: "number", default: 20, requiresArg: true, describe: "With --trace: how many" })
      .option("watch", {
        type: "boolean",
        default: false,
        describe: "The trace, and then what comes, until Ctrl+C",
      })
      .option("json", { type: "boolean", default: false, describe: "For a program to read" }),
  async run({ trace, n, watch, json }, terminal) {
    if (!Number.isSafeInteger(n) || n < 1) throw new UsageError("--n must be a whole number from 1 on");
    const ledger = await ledgerHere(terminal.cwd);
    // Who watches sees what comes; who looks once is told of what is missing, too.
    const { problems } = watch ? ledger : verifiedHere(ledger, false);
    tellProblems(problems, terminal);
    const now = Date.now();
    const traced = traceOf(ledger.pushes, ledger.records, n);
    if (!trace && !watch) terminal.out(json ? standingJson(ledger) : standingText(ledger, now));
    else if (!json) terminal.out(traceText(traced, now));
    else if (!watch) terminal.out(traceJson(traced));
    if (watch) await follow(ledger, json, terminal);
    return damageIn(problems).length > 0 ? EXIT.incomplete : EXIT.allow;
  },
};

/** Tells each push and each pull as it comes, and each push that failed; as JSON one object a line. Ends when asked to, or when nobody reads it any more. */
async function follow(
  { folder, records, pushes }: LedgerHere,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const enough = new AbortController();
  const stop = onceAskedToEnd(() => enough.abort());
  const stopLooking = terminal.onceNobodyReads(() => enough.abort());
  const known = new Map(pushes.map((push) => [push.record.record_id, push.record]));
  try {
    for await (const fresh of followed(folder, records, enough.signal)) {
      for (const record of fresh) {
        if (record.kind === "push") known.set(record.record_id, record);
        const line = lineOf(record, known, json);
        if (line !== null) terminal.out(`${line}\n`);
      }
    }
  } finally {
    stopLooking();
    stop();
  }
}

function lineOf(
  record: LedgerRecord,
  known: ReadonlyMap<string, Push["record"]>,
  json: boolean,
): string | null {
  if (record.kind === "pull")
    return json ? plainJson({ kind: "pull", ...pullJson(record) }) : pullLine(record, Date.now());
  const push = pushIn(record, known);
  if (push === null || !isTraffic(push)) return null;
  if (json) return plainJson({ kind: record.kind, ...pushJson(push) });
  return record.kind === "push" || push.state === "failed" ? traceLine(push, Date.now()) : null;
}

/** The push that a record is about, as far as that record tells. */
function pushIn(record: LedgerRecord, known: ReadonlyMap<string, Push["record"]>): Push | null {
  if (record.kind === "push") return pushesOf([record])[0] ?? null;
  if (record.kind !== "state") return null;
  const push = known.get(record.record_id);
  return push === undefined ? null : (pushesOf([push, record])[0] ?? null);
}
