import { directivesOn } from "../allow/directive.js";
import { createHash } from "../text/crypto.js";
import { contains, type LineIndex, lineSpan, overlaps, positionAt, type Span } from "../text/lines.js";

/** How much of the line on either side of the secret belongs to its identity, spaces not counted. */
const CONTEXT = 80;

/** How far that is looked for, in UTF-16 units, so that a line of 10 MB costs no more than another. */
export const SURROUNDINGS = 2000;

/** Hands out fingerprints for one file and counts repeats; ask in order of place. */
export type Fingerprints = { readonly of: (rule: string, secret: string, surroundings: string) => string };

/**
 * The fingerprints of the findings at `path` (design section 8, "Identity"): rule, path, the surroundings with
 * every secret cut out, 16 bits of the secret's SHA-256, and a count for repeats. No line, commit or time, so moved
 * lines keep it; another secret in the same place gets a new one; and it gives away 16 bits at most.
 */
export function fingerprints(path: string): Fingerprints {
  const seen = new Map<string, number>();
  return {
    of(rule, secret, surroundings) {
      const check = createHash("sha256").update(secret, "utf8").digest("hex").slice(0, 4);
      const identity = JSON.stringify([rule, path, surroundings, check]);
      const count = (seen.get(identity) ?? 0) + 1;
      seen.set(identity, count);
      return createHash("sha256")
        .update(`aura-scan/fingerprint/1\n${identity}\n${count}`)
        .digest("hex")
        .slice(0, 32);
    },
  };
}

/**
 * The line around a secret without its spaces, every secret on it cut out, at most 80 characters a side. A comment
 * that allows a finding is no part of it: to add one, or to take it away, makes no other finding of it.
 */
export function surroundingsOf(
  text: string,
  lines: LineIndex,
  secret: Span,
  secrets: readonly Span[],
): string {
  const first = lineSpan(lines, text, positionAt(lines, secret.start).line);
  const last = lineSpan(lines, text, positionAt(lines, Math.max(secret.start, secret.end - 1)).line);
  const from = Math.max(first.start, secret.start - SURROUNDINGS);
  const to = Math.max(secret.end, Math.min(last.end, secret.end + SURROUNDINGS));
  const before = cutOut(text, { start: from, end: secret.start }, first, secrets);
  const after = cutOut(text, { start: secret.end, end: to }, last, secrets);
  return `${before.slice(-CONTEXT)}\u0000${after.slice(0, CONTEXT)}`;
}

/** `part` of a `line` without its spaces, its comments that allow something, and its secrets, for which a NUL stands. */
function cutOut(text: string, part: Span, line: Span, secrets: readonly Span[]): string {
  const cuts = withComments(commentsNear(text, part, line, secrets), secrets);
  let out = "";
  let at = part.start;
  for (const { span, shown } of cuts) {
    if (!overlaps(span, part) || span.end <= at) continue;
    out += `${text.slice(at, Math.max(at, span.start))}${shown}`;
    at = Math.min(part.end, span.end);
  }
  return (out + text.slice(at, part.end)).replace(/\s+/g, "");
}

/** The comments that allow something and reach into `part` of a line, but for words inside a secret. */
function commentsNear(text: string, part: Span, line: Span, secrets: readonly Span[]): readonly Span[] {
  const near = {
    start: Math.max(line.start, part.start - SURROUNDINGS),
    end: Math.min(Math.max(line.end, part.end), part.end + SURROUNDINGS),
  };
  return directivesOn(text, near, 0)
    .filter(({ at }) => !secrets.some((secret) => secret.start <= at && at < secret.end))
    .map(({ span }) => span);
}

type Cut = { readonly span: Span; readonly shown: string };

function withComments(comments: readonly Span[], secrets: readonly Span[]): readonly Cut[] {
  const kept = secrets.filter((secret) => !comments.some((comment) => contains(comment, secret)));
  const cuts = kept.map((span) => ({ span, shown: "\u0000" }));
  if (comments.length === 0) return cuts;
  return [...comments.map((span) => ({ span, shown: "" })), ...cuts].sort(
    (a, b) => a.span.start - b.span.start,
  );
}
