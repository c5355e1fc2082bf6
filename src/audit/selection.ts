import type { Push } from "../ledger/pushes.js";

/** A time, both ends included, in milliseconds since 1970; null: open on that side. */
export type Window = { readonly since: number | null; readonly until: number | null };

/** Which pushes are asked for; null: any. */
export type Selection = Window & {
  /** So many redactions, no more and no fewer, in what was cleared to leave. */
  readonly masked: number | null;
  /** A unit's `aura_id` or name. */
  readonly unit: string | null;
  /** A detector that struck, or a rule that blocked. */
  readonly detector: string | null;
  readonly mothership: string | null;
};

/** Whether the gate let it leave: only then is there a body, and a number of what was masked in it. */
export function mayHaveLeft({ record }: Push): boolean {
  return record.hash !== null;
}

/** How many stretches were masked in what was cleared to leave; null where nothing was. */
export function maskedIn(push: Push): number | null {
  return mayHaveLeft(push) ? push.record.redactions.reduce((sum, { count }) => sum + count, 0) : null;
}

/** Whether it lies in the window. */
export function isWithin(iso: string, { since, until }: Window): boolean {
  const at = Date.parse(iso);
  return at >= (since ?? Number.NEGATIVE_INFINITY) && at <= (until ?? Number.POSITIVE_INFINITY);
}

/** The pushes that were offered or sent in the window: what waited in the daemon's queue left later. */
export function pushesWithin(pushes: readonly Push[], window: Window): readonly Push[] {
  return pushes.filter(
    ({ record, deliveries }) =>
      isWithin(record.at, window) ||
      deliveries.some(({ at, state }) => state === "sent" && isWithin(at, window)),
  );
}

/** The pushes that are asked for, in their order. */
export function selected(pushes: readonly Push[], selection: Selection): readonly Push[] {
  const { masked, unit, detector, mothership } = selection;
  return pushesWithin(pushes, selection).filter(
    (push) =>
      (masked === null || maskedIn(push) === masked) &&
      (unit === null || push.record.aura_id === unit || push.record.name === unit) &&
      (detector === null || struck(push).includes(detector)) &&
      (mothership === null || push.mothership === mothership),
  );
}

/** The detectors that masked something in it, and the rules that blocked it. */
function struck({ record }: Push): readonly string[] {
  return [...record.redactions.map(({ detector }) => detector), ...record.rules];
}
