import type { Push } from "../../ledger/pushes.js";
import type { LedgerRecord } from "../../ledger/record.js";
import { plainJson } from "../plain-json.js";
import { counted } from "../words.js";
import { ageWords } from "./push-words.js";

/** What a ledger holds, in few words. */
export type Standing = { readonly pushes: readonly Push[]; readonly records: readonly LedgerRecord[] };

/** The states of a push, in the order in which they are told. */
export const STATES = ["sent", "cleared", "failed", "blocked", "withheld"] as const;

/** `118 sent, 1 cleared, 1 blocked`. */
export function stateWords(pushes: readonly Push[]): string {
  return STATES.flatMap((state) => {
    const count = pushes.filter((push) => push.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  }).join(", ");
}

/** That for people. */
export function standingText({ pushes, records }: Standing, now: number): string {
  const last = pushes.at(-1);
  const pulls = records.filter(({ kind }) => kind === "pull").length;
  const first = records[0]?.at.slice(0, 10);
  if (last === undefined) return `The ledger holds no push yet, and ${counted(pulls, "pull")}.\n`;
  return [
    `The ledger holds ${counted(pushes.length, "push", "pushes")} since ${first} (${stateWords(pushes)}) and ${counted(pulls, "pull")}; the last push was ${ageWords(last.record.at, now)} ago.`,
    "aura-scan status --trace shows the last ones, aura-scan audit all of them.",
    "",
  ].join("\n");
}

/** That for a program. */
export function standingJson({ pushes, records }: Standing): string {
  const states = STATES.map((state) => [state, pushes.filter((push) => push.state === state).length]);
  const told = {
    schema: "aura-scan/status/1",
    pushes: pushes.length,
    states: Object.fromEntries(states),
    pulls: records.filter(({ kind }) => kind === "pull").length,
    first_at: records[0]?.at ?? null,
    last_push_at: pushes.at(-1)?.record.at ?? null,
  };
  return `${plainJson(told, 2)}\n`;
}
