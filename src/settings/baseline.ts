import { ConfigError, type ConfigProblem } from "../toml/config-error.js";

/**
 * A baseline: findings that a team knows and accepts, one a line, sorted, nothing secret and no line numbers in it:
 *
 *     # comment
 *     3f0c…(32 hex digits)  generic-assignment  src/legacy.ts  -- rotated in March
 *
 * Only the fingerprint counts; rule and path are for people. Gives the reason for each fingerprint.
 * Throws `ConfigError` for a line that is not of this form.
 */
export function parseBaseline(text: string, file: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const problems: ConfigProblem[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const entry = line.trim();
    if (entry === "" || entry.startsWith("#")) continue;
    const parts = /^([0-9a-f]{32})(?:\s+.*?)?\s--\s+(\S.*)$/.exec(entry);
    const [, fingerprint, reason] = parts ?? [];
    if (fingerprint === undefined || reason === undefined) {
      const message = "a baseline line reads: fingerprint rule path -- reason";
      problems.push({ file, line: index + 1, column: 1, message });
    } else reasons.set(fingerprint, reason);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return reasons;
}
