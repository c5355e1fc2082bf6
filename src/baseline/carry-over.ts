import type { ForeignEntry, ForeignFault } from "./foreign-entry.js";
import type { Judgement, KnownFinding } from "./update.js";

/** One of our findings, as far as another scanner's entry can be about it. */
export type FoundHere = KnownFinding & {
  readonly firstLine: number;
  readonly lastLine: number;
  /** SHA-1 of the secret in hex; it stays in memory. */
  readonly sha1: string;
};

/** What could be carried over, and what could not, with the reason. */
export type CarriedOver = {
  readonly findings: readonly (KnownFinding & Judgement)[];
  readonly left: readonly ForeignFault[];
};

/**
 * Each entry of another scanner matched to our findings at its path: those of its secret, where it has the hash of
 * one, else those on its line. From then on the fingerprint counts, and with it the value.
 */
export function carriedOver(entries: readonly ForeignEntry[], found: readonly FoundHere[]): CarriedOver {
  const byPath = new Map<string, FoundHere[]>();
  for (const one of found) {
    const there = byPath.get(one.path);
    if (there === undefined) byPath.set(one.path, [one]);
    else there.push(one);
  }
  const findings = new Map<string, KnownFinding & Judgement>();
  const left: ForeignFault[] = [];
  for (const entry of entries) {
    const there = byPath.get(entry.path) ?? [];
    const meant = there.filter((one) => isMeant(entry, one));
    for (const { fingerprint, rule, path } of meant) {
      const known = findings.get(fingerprint);
      if (known !== undefined && known.state !== "open") continue;
      findings.set(fingerprint, { fingerprint, rule, path, state: entry.state, reason: entry.reason });
    }
    if (meant.length === 0) left.push({ origin: entry.origin, fault: whyNot(entry, there.length > 0) });
  }
  return { findings: [...findings.values()], left };
}

function isMeant(entry: ForeignEntry, found: FoundHere): boolean {
  if (entry.sha1 !== null) return entry.sha1 === found.sha1;
  return found.firstLine <= entry.line && entry.line <= found.lastLine;
}

function whyNot({ path, line, sha1 }: ForeignEntry, isKnownPath: boolean): string {
  if (!isKnownPath) return `nothing is found in ${path}, so nothing is to be allowed there`;
  return sha1 === null
    ? `nothing is found on line ${line} of ${path}; the file may have changed since`
    : `no secret that is found in ${path} is the one that it means`;
}
