import type { Push } from "../../ledger/pushes.js";
import type { RecordOf } from "../../ledger/record.js";
import type { Verification } from "../../ledger/verify-ledger.js";
import { plainJson } from "../plain-json.js";
import { VERSION } from "../version.js";
import { visible } from "../visible.js";
import { counted } from "../words.js";
import { clockBackWords } from "./clock-back.js";
import { pullJson, pushJson, skipJson } from "./push-json.js";
import { auditLine, skipLine } from "./push-words.js";
import { stateWords } from "./standing.js";

/** What an audit has to tell. */
export type Audit = {
  readonly window: { readonly since: string | null; readonly until: string | null };
  readonly pushes: readonly Push[];
  /** How many pushes the ledger holds in all. */
  readonly known: number;
  readonly pulls: readonly RecordOf<"pull">[];
  /** What git was let do unseen. */
  readonly skips: readonly RecordOf<"skip">[];
  /** Null: the ledger was read and not verified as a whole. */
  readonly verification: Verification | null;
  readonly damage: readonly string[];
};

/** The pushes for people, and what went unseen: one line each, oldest first, and how many they are. */
export function auditText({ pushes, known, skips }: Audit): string {
  const told = [
    ...pushes.map((push) => ({ at: push.record.at, line: auditLine(push) })),
    ...skips.map((skip) => ({ at: skip.at, line: skipLine(skip) })),
  ];
  const lines = told.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ line }) => line);
  const sum =
    pushes.length === 0
      ? `No push that is asked for is in the ledger, which holds ${counted(known, "push", "pushes")}.`
      : `${counted(pushes.length, "push", "pushes")} (${stateWords(pushes)}) of ${known} in the ledger.`;
  const unseen =
    skips.length === 0
      ? []
      : [`${counted(skips.length, "time")} git was let through unseen (AURA_SCAN_SKIP=1).`];
  return `${[...lines, sum, ...unseen].join("\n")}\n`;
}

/** The complete record for a program, without one byte of a body. */
export function auditJson({ window, pushes, known, pulls, skips, verification, damage }: Audit): string {
  const told = {
    schema: "aura-scan/audit/1",
    tool: { name: "aura-scan", version: VERSION },
    window,
    known,
    damage,
    verification: verification === null ? null : verificationJson(verification),
    pushes: pushes.map(pushJson),
    pulls: pulls.map(pullJson),
    skips: skips.map(skipJson),
  };
  return `${plainJson(told, 2)}\n`;
}

/** What a verification found, as JSON has it. */
export function verificationJson({ ok, segments, records, anchors, problems, clock_back }: Verification) {
  return {
    ok,
    segments,
    records,
    anchors,
    problems: problems.map(({ segment, line, what, message }) => ({ segment, line, what, message })),
    clock_back: { times: clock_back.times, records: clock_back.records, most_ms: clock_back.most_ms },
  };
}

/** What a verification found, in words. */
export function verificationText(verification: Verification): string {
  const { ok, segments, records, anchors, problems, clock_back } = verification;
  const held = `${counted(records, "record")} in ${counted(segments, "segment")}${anchors === 0 ? "" : `, ${counted(anchors, "anchor")} of retention`}`;
  const verdict = ok
    ? `The ledger verifies: ${held}; every chain, every segment that another or the witness names, and every body is as it was written.`
    : `The ledger does not verify: ${held}; ${counted(problems.length, "problem")}.`;
  const clock = clockBackWords(clock_back);
  return `${[
    verdict,
    ...problems.map(({ what, message }) => `  ${what}: ${visible(message)}`),
    ...(clock === null ? [] : [`  noted: ${clock}`]),
  ].join("\n")}\n`;
}
