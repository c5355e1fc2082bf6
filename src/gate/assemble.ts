import type { Finding } from "../scan/finding.js";
import type { Located } from "../scan/located.js";

/** The findings in order of path, place and rule, places that hold the same value sharing a number from 1. */
export function findingsOf(located: readonly Located[]): readonly Finding[] {
  const sorted = [...located].sort(
    ({ finding: a }, { finding: b }) =>
      compare(a.path, b.path) ||
      a.start.line - b.start.line ||
      a.start.column - b.start.column ||
      compare(a.rule, b.rule),
  );
  const numbers = new Map<string, number>();
  return sorted.map(({ finding, valueKey }) => {
    const secret = numbers.get(valueKey) ?? numbers.size + 1;
    numbers.set(valueKey, secret);
    return { ...finding, secret };
  });
}

/** By UTF-16 units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
