import type { Push } from "../ledger/pushes.js";

/** What a record's id, or the beginning of one, names. */
export type Found =
  | { readonly what: "push"; readonly push: Push }
  | { readonly what: "none" }
  /** Several begin like that. */
  | { readonly what: "several"; readonly candidates: readonly Push[] };

/** The push of this id, or the only one whose id begins so. Ids are told apart without regard to case. */
export function findPush(pushes: readonly Push[], idOrPrefix: string): Found {
  const wanted = idOrPrefix.trim().toUpperCase();
  const candidates = wanted === "" ? [] : pushes.filter(({ record }) => record.record_id.startsWith(wanted));
  const exact = candidates.find(({ record }) => record.record_id === wanted);
  const [first, second] = exact === undefined ? candidates : [exact];
  if (first === undefined) return { what: "none" };
  return second === undefined ? { what: "push", push: first } : { what: "several", candidates };
}
