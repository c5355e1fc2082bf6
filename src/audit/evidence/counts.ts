import type { Push } from "../../ledger/pushes.js";
import type { ByState, Evidence } from "../../report/evidence/evidence.js";
import { shown, shownOrNull } from "../../report/pushes/shown.js";
import { maskedIn, mayHaveLeft } from "../selection.js";

/** How many pushes are in which state. */
export function stateCounts(pushes: readonly Push[]): ByState {
  const counts = { sent: 0, cleared: 0, failed: 0, blocked: 0, withheld: 0 };
  for (const { state } of pushes) counts[state]++;
  return counts;
}

/** What was cleared to leave, in sums. */
export function sumsOf(pushes: readonly Push[]) {
  const left = pushes.filter(mayHaveLeft);
  return {
    bytes: left.reduce((sum, { record }) => sum + (record.bytes ?? 0), 0),
    bodies: new Set(left.map(({ record }) => record.hash)).size,
    units: new Set(left.map(({ record }) => `${record.path} ${record.aura_id}`)).size,
    with_redactions: left.filter((push) => (maskedIn(push) ?? 0) > 0).length,
    redactions: redactionsIn(left),
  };
}

/** How much went where, the most first. */
export function byMothership(pushes: readonly Push[]): Evidence["motherships"] {
  const sums = new Map<string | null, { pushes: number; bytes: number }>();
  for (const { mothership, record } of pushes.filter(mayHaveLeft)) {
    const sum = sums.get(mothership) ?? { pushes: 0, bytes: 0 };
    sum.pushes++;
    sum.bytes += record.bytes ?? 0;
    sums.set(mothership, sum);
  }
  return [...sums]
    .map(([name, sum]) => ({ name: shownOrNull(name), ...sum }))
    .sort((a, b) => b.pushes - a.pushes);
}

/** How often which detector masked something in what left, the most first. */
export function byDetector(pushes: readonly Push[]): Evidence["detectors"] {
  const sums = new Map<string, { redactions: number; pushes: number }>();
  for (const { record } of pushes.filter(mayHaveLeft))
    for (const { detector, count } of record.redactions) {
      const sum = sums.get(detector) ?? { redactions: 0, pushes: 0 };
      sum.redactions += count;
      sum.pushes++;
      sums.set(detector, sum);
    }
  return [...sums]
    .map(([detector, sum]) => ({ detector: shown(detector), ...sum }))
    .sort((a, b) => b.redactions - a.redactions || (a.detector < b.detector ? -1 : 1));
}

const DAY = 86_400_000;

/** Each day from the first push to the last: one without any is told, too. */
export function byDay(pushes: readonly Push[]): Evidence["days"] {
  const days = new Map<string, Push[]>();
  for (const push of pushes) {
    const day = push.record.at.slice(0, 10);
    const known = days.get(day);
    if (known === undefined) days.set(day, [push]);
    else known.push(push);
  }
  const [first, last] = [...days.keys()].sort().filter((_, at, all) => at === 0 || at === all.length - 1);
  if (first === undefined) return [];
  const count = Math.round((Date.parse(last ?? first) - Date.parse(first)) / DAY) + 1;
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(first) + index * DAY).toISOString().slice(0, 10);
    const own = days.get(day) ?? [];
    return { day, ...stateCounts(own), redactions: redactionsIn(own.filter(mayHaveLeft)) };
  });
}

function redactionsIn(pushes: readonly Push[]): number {
  return pushes.reduce((sum, push) => sum + (maskedIn(push) ?? 0), 0);
}
