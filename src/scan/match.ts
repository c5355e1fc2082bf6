import type { Confidence, Rule, Severity } from "../rules/rule.js";
import { overlapClusters } from "../text/clusters.js";
import { overlaps, type Span } from "../text/lines.js";

/** A rule that matched. Offsets are UTF-16 units of the text searched. */
export type Match = {
  readonly rule: Rule;
  /** The place: from the first byte of the secret to its last. */
  readonly secret: Span;
  /** Where what the rule looks at begins: at the secret, or before it where a name tells what it is. */
  readonly from: number;
  /** Every stretch to hide, in order: the secret, in pieces if it is put together, and what makes a pair with it. */
  readonly pieces: readonly Span[];
  /** What makes a pair with it, and which of `pieces` that is; null: it stands alone. */
  readonly partner: { readonly rule: Rule; readonly spans: readonly Span[] } | null;
  /** The secret as a program would hold it: what stands there, or what that becomes. */
  readonly value: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What the rule's validator said of it, for people; null: nothing. */
  readonly check: string | null;
  /** How the secret is written if not in one piece: `concatenation`, `base64`, …; null: as it is. */
  readonly built: string | null;
  /** Less specific rules that match the same bytes, and the rule of what makes a pair with it. */
  readonly also: readonly string[];
};

/** One place is one finding: of matches that share bytes the most specific stays and names the others. */
export function onePerPlace(found: readonly Match[]): readonly Match[] {
  return overlapClusters(found, (match) => match.secret).flatMap((cluster) => mostSpecific(cluster));
}

function mostSpecific(cluster: readonly Match[]): readonly Match[] {
  if (cluster.length === 1) return cluster;
  const ranked = [...cluster].sort(
    (a, b) =>
      Number(a.confidence === "low") - Number(b.confidence === "low") ||
      Number(a.rule.kind === "generic") - Number(b.rule.kind === "generic") ||
      lengthOf(b.secret) - lengthOf(a.secret) ||
      KIND_RANK[a.rule.kind] - KIND_RANK[b.rule.kind] ||
      // What looks at more says more.
      a.from - b.from,
  );
  const kept: { readonly match: Match; readonly also: Set<string> }[] = [];
  for (const match of ranked) {
    const rivals = kept.filter((other) => overlaps(other.match.secret, match.secret));
    for (const rival of rivals) rival.also.add(match.rule.id);
    if (rivals.length === 0) kept.push({ match, also: new Set(match.also) });
  }
  return kept
    .map(({ match, also }) => ({ ...match, also: [...also].filter((id) => id !== match.rule.id).sort() }))
    .sort((a, b) => a.secret.start - b.secret.start);
}

function lengthOf(span: Span): number {
  return span.end - span.start;
}

const KIND_RANK = { provider: 0, structure: 1, generic: 2 } as const;
