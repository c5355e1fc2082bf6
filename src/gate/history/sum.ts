import type { Skipped } from "../../report/report.js";
import type { Marker } from "../../units/unit.js";
import type { Given, Reads } from "./given.js";

/** What all the versions looked at come to, those that an earlier run read among them. */
export function sumOf({ cache: { pairs }, plan }: Given, reads: Reads) {
  const sum = { files: 0, cached: 0, units: 0, bytes: 0 };
  const markers = new Set<Marker>();
  const skipped: Skipped[] = [];
  for (let pair = 0; pair < pairs.size(); pair++) {
    const outcome = plan.isTold(pair) ? pairs.outcome(pair) : null;
    if (outcome === null) continue;
    if (outcome.read) sum.files++;
    if (outcome.read && !reads.has(pair)) sum.cached++;
    sum.units += outcome.units;
    sum.bytes += outcome.bytes;
    if (outcome.local) markers.add("@aura-local");
    if (outcome.public) markers.add("@aura-public");
    const read = reads.get(pair);
    const known = read ?? plan.notable.get(pair);
    for (const reason of known?.skips ?? [])
      skipped.push({ path: read?.shown ?? known?.path ?? "", reason, incomplete: false });
  }
  return { ...sum, markers, skipped };
}

/** Every path once for a reason, in an order that does not tell how the history was read. */
export function inOrder(skipped: readonly Skipped[]): readonly Skipped[] {
  const keyOf = ({ path, reason }: Skipped): string => `${path}\0${reason}`;
  const unique = new Map(skipped.map((one) => [keyOf(one), one]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
