import { type Engine, withoutSecrets } from "../scan/engine.js";
import type { Located } from "../scan/located.js";
import type { Allow } from "../settings/settings.js";

/** A comment that allows a rule, wherever it stands. */
export type SeenAllow = { readonly path: string; readonly line: number; readonly rule: string };

/** Of each kind so many are named; the rest is a number. */
const MOST_NAMED = 20;

/** How much of the fingerprint is given to be written down: more than is asked for, and short enough to read. */
export const WRITTEN_DIGITS = 12;

/** What is wrong with comments near findings: not understood, or bound to no value. */
export function commentNotices(located: readonly Located[]): readonly string[] {
  const faults = new Set<string>();
  const unbound = new Set<string>();
  for (const { finding, allowances } of located) {
    const { path, rule, fingerprint } = finding;
    for (const { line, fault } of allowances.faults)
      faults.add(
        `${path}:${line}: the aura-scan:allow there allows nothing, for ${fault}; it reads aura-scan:allow RULE@FINGERPRINT -- reason.`,
      );
    for (const fit of allowances.fits) {
      if (fit.by !== "inline" || fit.fingerprint !== null) continue;
      const bound = `${rule}@${fingerprint.slice(0, WRITTEN_DIGITS)}`;
      unbound.add(
        `${path}:${fit.line}: the aura-scan:allow there is not bound to a value; write ${bound} in place of ${rule}.`,
      );
    }
  }
  return [...named([...faults], "such comment"), ...named([...unbound], "such comment")];
}

/** The allows that match nothing any more, told only by a run that saw everything. */
export function unusedNotices(
  engine: Engine,
  located: readonly Located[],
  seen: readonly SeenAllow[],
  below: readonly Engine[],
): readonly string[] {
  const settings = new Set<Allow>();
  const comments = new Set<string>();
  const fingerprints = new Set<string>();
  for (const { finding, allowances } of located) {
    fingerprints.add(finding.fingerprint);
    for (const fit of allowances.fits) {
      if (fit.by === "settings") settings.add(fit.allow);
      if (fit.by === "inline")
        comments.add(keyOf({ path: finding.path, line: fit.line, rule: finding.rule }));
    }
  }
  const stated = new Set(
    [engine, ...below].flatMap(({ allows }) => allows.settings.map(({ allow }) => allow)),
  );
  const tables = [...stated].flatMap((allow) => {
    if (settings.has(allow)) return [];
    const { file, number } = allow.origin;
    const words = `${file}: [[scan.allow]] number ${number} (${conditionWords(allow)}) matches nothing any more`;
    return [`${withoutSecrets(words, engine.keywords)}: take it out.`];
  });
  const unused = seen.filter((one) => !comments.has(keyOf(one)));
  return [
    ...named(tables, "such table"),
    ...named(unused.map(unusedWords(engine)), "such comment"),
    ...baselineNotice(engine, fingerprints),
  ];
}

function unusedWords(engine: Engine): (seen: SeenAllow) => string {
  return ({ path, line, rule }) =>
    engine.isRule(rule)
      ? `${path}:${line}: the aura-scan:allow for ${rule} matches nothing any more: take it out.`
      : `${path}:${line}: no active rule has the id that the aura-scan:allow there names.`;
}

function baselineNotice(engine: Engine, fingerprints: ReadonlySet<string>): readonly string[] {
  const unmatched = [...engine.allows.baseline.keys()].filter((known) => !fingerprints.has(known)).length;
  if (unmatched === 0) return [];
  const what = unmatched === 1 ? "one entry matches" : `${unmatched} entries match`;
  return [
    `${engine.settings.baseline}: ${what} nothing any more: aura-scan baseline prune drops what is gone.`,
  ];
}

/** The conditions of a table as it states them, for one to be told from another; never what is asked of the secret. */
function conditionWords({ path, rule, fingerprint, pattern, stopwords }: Allow): string {
  return [
    ...(path === null ? [] : [`path ${path.source}`]),
    ...(rule === null ? [] : [`rule ${rule}`]),
    ...(fingerprint === null ? [] : [`fingerprint ${fingerprint.slice(0, WRITTEN_DIGITS)}…`]),
    ...(pattern === null ? [] : ["a pattern"]),
    ...(stopwords === null ? [] : ["a stopword"]),
  ].join(", ");
}

function keyOf({ path, line, rule }: SeenAllow): string {
  return `${line} ${rule} ${path}`;
}

function named(notices: readonly string[], one: string): readonly string[] {
  const more = notices.length - MOST_NAMED;
  if (more <= 0) return notices;
  return [...notices.slice(0, MOST_NAMED), `And ${more} more ${one}${more === 1 ? "" : "s"}.`];
}
