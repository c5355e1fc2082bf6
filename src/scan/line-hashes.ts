import { looksRandom } from "../randomness/randomness.js";
import { lineHashes } from "../text/line-hash.js";
import { type LineIndex, lineIndex, type Position, type Span } from "../text/lines.js";
import { shannonEntropy } from "../values/entropy.js";
import type { Finding } from "./finding.js";
import type { Located } from "./located.js";

/**
 * What a secret must have in bits, at least, where a hash of 64 bits is made of it: what is left after that is still more
 * than anyone can try. A shorter one could be computed back from the hash, or a guess be tested by it.
 */
const LEAST_BITS = 128;

/**
 * The findings with the hashes of their lines (`line_hash`), where these give nothing away: each secret that the hash is
 * made of must be drawn at random and long. `found` are all findings in `text`; `marked`: its file begins with a byte
 * order mark, which `text` lacks.
 */
export function withLineHashes(found: readonly Located[], text: string, marked: boolean): Located[] {
  const wanted = new Set(found.map(({ finding }) => finding.start.line));
  const mark = marked ? 1 : 0;
  const hashes = lineHashes(marked ? `\ufeff${text}` : text, wanted);
  const lines = lineIndex(text);
  const secrets = found.flatMap(({ finding }) => secretsOf(finding, lines));
  const told = new Map<number, string | null>();
  for (const [line, { hash, end }] of hashes) {
    const seen = { start: lines.starts[line - 1] ?? 0, end: end - mark };
    told.set(line, secrets.every((secret) => keepsItsSecret(text, secret, seen)) ? hash : null);
  }
  return found.map((one) => ({
    ...one,
    finding: { ...one.finding, line_hash: told.get(one.finding.start.line) ?? null },
  }));
}

function secretsOf(finding: Pick<Finding, "start" | "end" | "related">, lines: LineIndex): readonly Span[] {
  return [finding, ...finding.related].map(({ start, end }) => ({
    start: offsetOf(lines, start),
    end: offsetOf(lines, end),
  }));
}

function offsetOf({ starts, length }: LineIndex, { line, column }: Position): number {
  return (starts[line - 1] ?? length) + column - 1;
}

/** Whether nobody learns `secret`, or can test a guess of it, by a hash of what stands in `seen`. */
function keepsItsSecret(text: string, secret: Span, seen: Span): boolean {
  const part = text.slice(Math.max(secret.start, seen.start), Math.min(secret.end, seen.end));
  if (secret.end <= seen.start || seen.end <= secret.start || part === "") return true;
  return looksRandom(part) && shannonEntropy(part) * part.length >= LEAST_BITS;
}
