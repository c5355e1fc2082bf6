import type { Baseline, BaselineEntry, BaselineState } from "../settings/baseline.js";

/** What of a finding stands in a baseline. */
export type KnownFinding = { readonly fingerprint: string; readonly rule: string; readonly path: string };

/** What is thought of the findings that are added. */
export type Judgement = { readonly state: BaselineState; readonly reason: string };

/** What is said of a finding that nobody has looked at. */
export const NOT_JUDGED: Judgement = { state: "open", reason: "known, nobody has looked at it yet" };

/**
 * The baseline with these findings in it. What is there stays as it is, its state and reason too; only a rule or a
 * path that it does not name is filled in.
 */
export function withFindings(baseline: Baseline, findings: readonly (KnownFinding & Judgement)[]): Baseline {
  const entries = new Map(baseline.entries);
  for (const { fingerprint, rule, path, state, reason } of findings) {
    const known = entries.get(fingerprint);
    const entry: BaselineEntry =
      known === undefined
        ? { fingerprint, rule, path, state, reason }
        : { ...known, rule: known.rule ?? rule, path: known.path ?? path };
    entries.set(fingerprint, entry);
  }
  return { ...baseline, entries };
}

/** The baseline without the entries that none of these findings matches. */
export function pruned(baseline: Baseline, found: ReadonlySet<string>): Baseline {
  const entries = new Map([...baseline.entries].filter(([fingerprint]) => found.has(fingerprint)));
  return { ...baseline, entries };
}
