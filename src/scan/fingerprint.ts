import { createHash } from "node:crypto";
import { type LineIndex, lineSpan, overlaps, positionAt, type Span } from "../text/lines.js";

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

/** The line around a secret without its spaces, every secret on it cut out, at most 80 characters a side. */
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
  const before = withoutSecrets(text, { start: from, end: secret.start }, secrets);
  const after = withoutSecrets(text, { start: secret.end, end: to }, secrets);
  return `${before.slice(-CONTEXT)}\u0000${after.slice(0, CONTEXT)}`;
}

function withoutSecrets(text: string, part: Span, secrets: readonly Span[]): string {
  let out = "";
  let at = part.start;
  for (const secret of secrets) {
    if (!overlaps(secret, part) || secret.end <= at) continue;
    out += `${text.slice(at, Math.max(at, secret.start))}\u0000`;
    at = Math.min(part.end, secret.end);
  }
  return (out + text.slice(at, part.end)).replace(/\s+/g, "");
}
