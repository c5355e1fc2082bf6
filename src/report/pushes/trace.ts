import type { Push } from "../../ledger/pushes.js";
import type { LedgerRecord, RecordOf } from "../../ledger/record.js";
import { plainJson } from "../plain-json.js";
import { pullJson, pushJson } from "./push-json.js";
import { pullLine, traceLine } from "./push-words.js";

/** What a trace tells: the newest first. */
export type Trace = { readonly pushes: readonly Push[]; readonly pulls: readonly RecordOf<"pull">[] };

/** The last `count` pushes that were offered to the wire, and the last pulls. What was only kept back is no traffic. */
export function traceOf(pushes: readonly Push[], records: readonly LedgerRecord[], count: number): Trace {
  const pulls = records.filter((record) => record.kind === "pull");
  return { pushes: newest(pushes.filter(isTraffic), count), pulls: newest(pulls, count) };
}

/** Whether a push belongs into a trace. */
export function isTraffic({ record }: Push): boolean {
  return record.state !== "withheld";
}

function newest<Item>(items: readonly Item[], count: number): readonly Item[] {
  return items.slice(Math.max(0, items.length - count)).reverse();
}

/** The trace for people, as the specification shows it. */
export function traceText({ pushes, pulls }: Trace, now: number): string {
  return [
    "recent pushes:",
    ...(pushes.length === 0 ? ["none yet"] : pushes.map((push) => traceLine(push, now))),
    "recent pulls:",
    ...(pulls.length === 0 ? ["none yet"] : pulls.map((pull) => pullLine(pull, now))),
    "",
  ].join("\n");
}

/** The trace for a program. */
export function traceJson({ pushes, pulls }: Trace): string {
  const told = { schema: "aura-scan/trace/1", pushes: pushes.map(pushJson), pulls: pulls.map(pullJson) };
  return `${plainJson(told, 2)}\n`;
}
