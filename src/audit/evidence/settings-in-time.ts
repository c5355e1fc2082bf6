import type { RecordOf } from "../../ledger/record.js";
import type { Changed, Evidence, InForce } from "../../report/evidence/evidence.js";
import { shown } from "../../report/pushes/shown.js";
import { isWithin, type Window } from "../selection.js";

/** Which settings and policy were in force at the end of the window, and what changed in it. */
export function settingsIn(
  records: readonly RecordOf<"settings">[],
  window: Window,
  todays: string,
): Evidence["settings"] {
  const upToEnd = records.filter(({ at }) => isWithin(at, { since: null, until: window.until }));
  const moments = upToEnd
    .map(inForceBy)
    .filter((one, index, all) => index === 0 || isOther(one, all[index - 1]));
  const changes = moments
    .map((one, index) => ({ ...one, changed: changedBetween(lastUsable(moments.slice(0, index)), one) }))
    .filter(({ at }) => isWithin(at, window));
  const inForce = moments.at(-1) ?? null;
  return {
    in_force: inForce,
    are_todays: inForce === null ? null : inForce.settings_digest === todays,
    changes,
  };
}

function inForceBy(record: RecordOf<"settings">): InForce {
  const { at, settings_digest, policy_digest, settings, policy, fault } = record;
  return {
    at,
    settings_digest,
    policy_digest,
    settings: flat(settings),
    policy: policy === null ? null : flat(policy),
    fault: fault === null ? null : shown(fault),
  };
}

/** Several writers tell the same; each start of a daemon does. */
function isOther(one: InForce, before: InForce | undefined): boolean {
  return (
    one.settings_digest !== before?.settings_digest ||
    one.policy_digest !== before.policy_digest ||
    one.fault !== before.fault
  );
}

function lastUsable(moments: readonly InForce[]): InForce | null {
  return moments.findLast(({ fault }) => fault === null) ?? null;
}

function changedBetween(before: InForce | null, after: InForce): readonly Changed[] {
  // What cannot be read has no keys to compare.
  if (before === null || after.fault !== null) return [];
  const [from, to] = [allOf(before), allOf(after)];
  return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((key) => {
    const change = { key, from: from.get(key) ?? null, to: to.get(key) ?? null };
    return change.from === change.to ? [] : [change];
  });
}

function allOf({ settings, policy }: InForce): ReadonlyMap<string, string> {
  const asked = Object.entries(policy ?? {}).map(([key, value]) => [`policy: ${key}`, value] as const);
  return new Map([...Object.entries(settings), ...asked]);
}

/** `{a: {b: true}}` as `{"a.b": "true"}`; lists as one value, and what is not there as none. */
function flat(table: { readonly [key: string]: unknown }, before = ""): { readonly [key: string]: string } {
  const entries = Object.entries(table).flatMap(([key, value]): readonly (readonly [string, string])[] => {
    const name = `${before}${shown(key)}`;
    if (isTable(value)) return Object.entries(flat(value, `${name}.`));
    return [[name, wordsOf(value)]];
  });
  return Object.fromEntries(entries);
}

function isTable(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wordsOf(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(wordsOf).join(", ");
  return shown(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
}
