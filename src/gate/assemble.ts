import type { Finding } from "../scan/finding.js";
import type { Located } from "../scan/located.js";

/** The findings in order of path, place and rule, places that hold the same value sharing a number from 1. */
export function findingsOf(located: readonly Located[]): readonly Finding[] {
  return numbered(located).findings;
}

/** The same, and the key of each number's value; the order does not depend on that of `located`. */
export function numbered(located: readonly Pick<Located, "finding" | "valueKey">[]): {
  readonly findings: readonly Finding[];
  readonly values: readonly string[];
} {
  const sorted = [...located].sort(
    ({ finding: a }, { finding: b }) =>
      compare(a.path, b.path) ||
      a.start.line - b.start.line ||
      a.start.column - b.start.column ||
      compare(a.rule, b.rule) ||
      compare(a.fingerprint, b.fingerprint) ||
      compare(a.commit ?? "", b.commit ?? "") ||
      compare(a.push ?? "", b.push ?? ""),
  );
  const numbers = new Map<string, number>();
  const findings = sorted.map(({ finding, valueKey }) => {
    const secret = numbers.get(valueKey) ?? numbers.size + 1;
    numbers.set(valueKey, secret);
    return { ...finding, secret };
  });
  return { findings, values: [...numbers.keys()] };
}

/** By UTF-16 units: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
