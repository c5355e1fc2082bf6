import type { BaselineEntry } from "../settings/baseline.js";
import type { Allow } from "../settings/settings.js";
import type { InlineWord } from "./inline.js";

/** Where it is said that a finding is fine. */
export type AllowedBy = "inline" | "settings" | "baseline";

/** One saying that a finding is fine. */
export type Allowance =
  | {
      readonly by: "settings";
      readonly reason: string;
      /** The `[[scan.allow]]` table. */
      readonly allow: Allow;
      readonly isNew: boolean;
    }
  | { readonly by: "baseline"; readonly reason: string; readonly isNew: boolean }
  | {
      readonly by: "inline";
      readonly reason: string;
      /** Of the comment, from 1. */
      readonly line: number;
      /** What of the fingerprint stands there; null: it is bound to no value. */
      readonly fingerprint: string | null;
    };

/** All that is said about a finding: what allows it, and comments near it that cannot be understood. */
export type Allowances = {
  readonly fits: readonly Allowance[];
  readonly faults: readonly { readonly line: number; readonly fault: string }[];
};

export const NO_ALLOWANCES: Allowances = { fits: [], faults: [] };

/** The allows that were there before a change: what is not among them is new. */
export type AllowsBefore = {
  /** Conditions of `[[scan.allow]]` tables, as `conditionsKey` writes them. */
  readonly settings: ReadonlySet<string>;
  /** Fingerprints of baseline entries. */
  readonly baseline: ReadonlySet<string>;
  /** Whether a file of this path held a comment that allowed this very finding. */
  readonly inline: (path: string, rule: string, fingerprint: string) => Promise<boolean>;
};

/** Everything that may allow a finding but comments. */
export type Allows = {
  readonly settings: readonly { readonly allow: Allow; readonly isNew: boolean }[];
  readonly baseline: ReadonlyMap<string, BaselineEntry>;
  /** Null: new allows count like any other. */
  readonly before: AllowsBefore | null;
};

/** What of a finding an allowance can ask for; `value` is the secret. */
export type Allowable = {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
  readonly value: string;
};

/** Those allows made ready; `before` tells which of them are new. */
export function readyAllows(
  allows: readonly Allow[],
  baseline: ReadonlyMap<string, BaselineEntry>,
  before: AllowsBefore | null,
): Allows {
  const settings = allows.map((allow) => ({
    allow,
    isNew: before !== null && !before.settings.has(conditionsKey(allow)),
  }));
  return { settings, baseline, before };
}

/** The same for two allowances that ask for the same; the reason does not count. */
export function conditionsKey({ path, rule, fingerprint, pattern, stopwords }: Allow): string {
  return JSON.stringify([path?.source ?? null, rule, fingerprint, pattern?.source ?? null, stopwords]);
}

/** Everything that is said about a finding, in the order in which it counts; `words` are what comments near it say. */
export function allowancesFor(
  allows: Allows,
  finding: Allowable,
  words: readonly InlineWord[] = [],
): Allowances {
  const fits: Allowance[] = [];
  for (const { allow, isNew } of allows.settings) {
    if (isMet(allow, finding)) fits.push({ by: "settings", reason: allow.reason, allow, isNew });
  }
  const known = allows.baseline.get(finding.fingerprint);
  if (known !== undefined) {
    const isNew = allows.before !== null && !allows.before.baseline.has(finding.fingerprint);
    fits.push({ by: "baseline", reason: `${known.state}: ${known.reason}`, isNew });
  }
  const faults: Allowances["faults"][number][] = [];
  for (const word of words) {
    if (word.kind === "fault") faults.push({ line: word.line, fault: word.fault });
    else if (word.rule === finding.rule && finding.fingerprint.startsWith(word.fingerprint ?? ""))
      fits.push({ by: "inline", reason: word.reason, line: word.line, fingerprint: word.fingerprint });
  }
  return fits.length === 0 && faults.length === 0 ? NO_ALLOWANCES : { fits, faults };
}

/** The allowance that counts: the first that is not known to be new; null if there is none. */
export function counting({ fits }: Allowances): Allowance | null {
  return fits.find((fit) => fit.by === "inline" || !fit.isNew) ?? null;
}

/** Whether every condition that is given holds. */
function isMet(allow: Allow, { fingerprint, rule, path, value }: Allowable): boolean {
  return (
    (allow.fingerprint === null || allow.fingerprint === fingerprint) &&
    (allow.rule === null || allow.rule === rule) &&
    (allow.path === null || allow.path.matches(path)) &&
    (allow.stopwords === null || holdsOne(value.toLowerCase(), allow.stopwords)) &&
    (allow.pattern === null || allow.pattern.test(value))
  );
}

function holdsOne(value: string, words: readonly string[]): boolean {
  return words.some((word) => value.includes(word));
}
