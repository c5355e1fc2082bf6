import { accepts } from "../rules/acceptance.js";
import type { Rule } from "../rules/rule.js";
import { overlapClusters } from "../text/clusters.js";
import { overlaps, type Span } from "../text/lines.js";
import { unescapedView } from "../text/unescaped-view.js";
import { identifierSecrets, mayBeGrownIn } from "./identifier-parts.js";
import type { Keywords } from "./keywords.js";

/** A rule that matched: `secret` is the stretch to hide. Offsets are UTF-16 units of the text searched. */
export type Match = {
  readonly rule: Rule;
  readonly secret: Span;
  /** Less specific rules that match the same bytes. */
  readonly also: readonly string[];
};

/**
 * The secrets in `text`, one for each place, in order of place. A rule's pattern runs only around its keywords:
 * since every match holds one and none is longer than the pattern's extent, that finds what a run over the whole
 * text would find. Escape sequences are no part of the word behind them: see `unescapedView`. A pattern without a bound runs over the whole text.
 */
export function secretsIn(text: string, keywords: Keywords): readonly Match[] {
  const places = new Map<Rule, Places>();
  keywords.visit(text, (rule, at, length) => {
    const known = places.get(rule) ?? { windows: [], tokens: [], reach: rule.pattern.extent().most };
    places.set(rule, known);
    addWindow(known, at, length, text.length);
    if (mayBeGrownIn(text, rule, at)) known.tokens.push(at);
  });
  const found: Candidate[] = [];
  for (const [rule, { windows, tokens }] of places) {
    for (const window of windows) {
      const part = text.slice(window.start, window.end);
      const view = unescapedView(part);
      for (const seen of view === part ? [part] : [part, view]) {
        for (const { secret } of rule.pattern.matches(seen)) {
          if (secret.end === secret.start || !accepts(rule, part.slice(secret.start, secret.end))) continue;
          const place = { start: window.start + secret.start, end: window.start + secret.end };
          if (rule.kind !== "provider" || !isPartOfBlob(text, place)) found.push({ rule, secret: place });
        }
      }
    }
    for (const secret of identifierSecrets(text, rule, tokens)) found.push({ rule, secret });
  }
  return onePerPlace(found);
}

/** A run of base64 this long that goes on beyond a token is an image, an archive or a program, not a place for one. */
const BLOB = 256;

/** Whether the token is only a piece of a long run of base64: any prefix turns up in enough random letters. */
function isPartOfBlob(text: string, token: Span): boolean {
  let start = token.start;
  let end = token.end;
  while (token.start - start < BLOB && isBase64(text.charCodeAt(start - 1))) start--;
  while (end - token.end < BLOB && isBase64(text.charCodeAt(end))) end++;
  const beyond = text.slice(start, token.start) + text.slice(token.end, end);
  return end - start >= BLOB && /[+/]/.test(beyond);
}

function isBase64(unit: number): boolean {
  const isLetter = (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
  return isLetter || (unit >= 48 && unit <= 57) || unit === 43 || unit === 47;
}

/** Where a rule is to be tried: windows around its keywords, and tokens that may have grown into a longer word. */
type Places = {
  readonly windows: { start: number; end: number }[];
  readonly tokens: number[];
  readonly reach: number;
};

/** A stretch that holds every possible match around a keyword, and one character of context on each side. */
function addWindow({ windows, reach }: Places, at: number, length: number, textLength: number): void {
  const last = windows.at(-1);
  if (!Number.isFinite(reach)) {
    if (last === undefined) windows.push({ start: 0, end: textLength });
    return;
  }
  const start = Math.max(0, at + length - reach - 1);
  const end = Math.min(textLength, at + reach + 1);
  if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
  else windows.push({ start, end });
}

/** One place is one finding: of matches that share bytes the most specific stays and names the others. */
function onePerPlace(found: readonly Candidate[]): readonly Match[] {
  return overlapClusters(found, (match) => match.secret).flatMap((cluster) => mostSpecific(cluster));
}

type Candidate = { readonly rule: Rule; readonly secret: Span };

function mostSpecific(cluster: readonly Candidate[]): readonly Match[] {
  const [only] = cluster;
  if (only !== undefined && cluster.length === 1) return [{ ...only, also: [] }];
  const ranked = [...cluster].sort(
    (a, b) =>
      Number(a.rule.kind === "generic") - Number(b.rule.kind === "generic") ||
      lengthOf(b.secret) - lengthOf(a.secret) ||
      KIND_RANK[a.rule.kind] - KIND_RANK[b.rule.kind],
  );
  const kept: (Candidate & { readonly also: Set<string> })[] = [];
  for (const match of ranked) {
    const rivals = kept.filter((other) => overlaps(other.secret, match.secret));
    for (const rival of rivals) rival.also.add(match.rule.id);
    if (rivals.length === 0) kept.push({ ...match, also: new Set() });
  }
  return kept
    .sort((a, b) => a.secret.start - b.secret.start)
    .map(({ rule, secret, also }) => ({
      rule,
      secret,
      also: [...also].filter((id) => id !== rule.id).sort(),
    }));
}

function lengthOf(span: Span): number {
  return span.end - span.start;
}

const KIND_RANK = { provider: 0, structure: 1, generic: 2 } as const;
