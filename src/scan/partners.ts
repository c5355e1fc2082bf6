import { lineIndex, positionAt } from "../text/lines.js";
import { type Match, onePerPlace } from "./match.js";

/**
 * Makes one finding of two halves: a match whose rule names partners, and the nearest match of one of them within
 * the rule's lines. Without one it counts, counts little or not at all, as its rule says. Parts, which are
 * never told alone, take no place.
 */
export function withPartners(text: string, found: readonly Match[]): readonly Match[] {
  const seekers = found.filter((match) => match.rule.partners.length > 0);
  const whole = found.filter((match) => !match.rule.part);
  if (seekers.length === 0) return onePerPlace(whole);
  const partnerOf = nearestPartners(text, found);
  const standing = whole.filter((match) => match.rule.alone !== "nothing" || partnerOf(match) !== null);
  const kept = onePerPlace(standing.map((match) => paired(match, partnerOf(match))));
  const absorbed = new Set(kept.flatMap((match) => partnersHidden(match)));
  return kept.filter((match) => match.rule.partners.length > 0 || !absorbed.has(placeOf(match.secret)));
}

function paired(match: Match, partner: Match | null): Match {
  const { rule } = match;
  if (partner === null) {
    return rule.partners.length > 0 && rule.alone === "low" ? { ...match, confidence: "low" } : match;
  }
  return {
    ...match,
    severity: rule.withPartner ?? match.severity,
    pieces: [...match.pieces, ...partner.pieces].sort((a, b) => a.start - b.start),
    partner: { rule: partner.rule, spans: partner.pieces },
    also: [...new Set([...match.also, partner.rule.id])].sort(),
  };
}

/** The places of what a pair holds beside its own secret. */
function partnersHidden(match: Match): readonly string[] {
  const inSecret = (start: number): boolean => start >= match.secret.start && start < match.secret.end;
  return match.pieces.filter((piece) => !inSecret(piece.start)).map(placeOf);
}

function placeOf({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${start}-${end}`;
}

/** The nearest match of one of a rule's partners, in lines and then in characters. */
function nearestPartners(text: string, found: readonly Match[]): (match: Match) => Match | null {
  const byRule = grouped(found);
  const lines = lineIndex(text);
  const lineOf = (offset: number): number => positionAt(lines, offset).line;
  const known = new Map<Match, Match | null>();
  return (match) => {
    const told = known.get(match);
    if (told !== undefined) return told;
    let nearest: Match | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of match.rule.partners.flatMap((id) => neighbours(byRule.get(id) ?? [], match))) {
      const isBefore = candidate.secret.end <= match.secret.start;
      const [from, to] = isBefore
        ? [candidate.secret.end, match.secret.start]
        : [match.secret.end, candidate.secret.start];
      if (to < from || to - from >= least || lineOf(to) - lineOf(from) > match.rule.partnerLines) continue;
      least = to - from;
      nearest = candidate;
    }
    known.set(match, nearest);
    return nearest;
  };
}

/** The matches of a rule that stand right before and right behind `match`; `sorted` is in order of place. */
function neighbours(sorted: readonly Match[], match: Match): readonly Match[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.secret.start ?? 0) < match.secret.start) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(Math.max(0, low - 1), low + 2);
}

function grouped(found: readonly Match[]): ReadonlyMap<string, readonly Match[]> {
  const groups = new Map<string, Match[]>();
  for (const match of [...found].sort((a, b) => a.secret.start - b.secret.start)) {
    const group = groups.get(match.rule.id) ?? [];
    groups.set(match.rule.id, group);
    group.push(match);
  }
  return groups;
}
