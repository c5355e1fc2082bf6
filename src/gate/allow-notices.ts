import type { Skipped } from "../report/report.js";
import type { NoticeParts, PlacedNotice } from "../report/shard-part.js";
import { type Engine, withoutSecrets } from "../scan/engine.js";
import type { Located } from "../scan/located.js";
import { markerMix } from "../scope/scope.js";
import type { Allow } from "../settings/settings.js";
import type { Marker } from "../units/unit.js";
import { compare } from "./assemble.js";

/** A comment that allows a rule, wherever it stands. */
export type SeenAllow = { readonly path: string; readonly line: number; readonly rule: string };

/** Of each kind so many are named; the rest is a number. */
const MOST_NAMED = 20;

/** How much of the fingerprint is given to be written down: more than is asked for, and short enough to read. */
export const WRITTEN_DIGITS = 12;

/** What there is to tell of allows; `seesAll`: the run sees all that there is, so that what matches nothing can be told. */
export async function noticeParts(
  engine: Engine,
  located: readonly Located[],
  seen: readonly SeenAllow[],
  seesAll: boolean,
): Promise<NoticeParts> {
  const { below } = engine;
  return {
    ...commentsNear(located),
    settings: await below.notices(),
    unused: seesAll ? unusedAllows(engine, await below.used(), located, seen) : null,
  };
}

/** All notices of a run that gave these. */
export function allNotices(
  markers: Iterable<Marker>,
  parts: NoticeParts,
  skipped: readonly Skipped[],
): readonly string[] {
  const mix = markerMix(markers);
  const readAll = !skipped.some((item) => item.incomplete);
  return [...(mix === null ? [] : [mix]), ...noticesOf(parts, readAll)];
}

/** The notices that these parts give; `readAll`: nothing that was asked for is lacking, else nothing counts as unused. */
function noticesOf({ faults, unbound, settings, unused }: NoticeParts, readAll: boolean): readonly string[] {
  return [
    ...named(textsOf(faults), "such comment"),
    ...named(textsOf(unbound), "such comment"),
    ...settings,
    ...(unused === null || !readAll
      ? []
      : [
          ...named(
            unused.tables.filter(({ matched }) => !matched).map(({ text }) => text),
            "such table",
          ),
          ...named(textsOf(unused.comments), "such comment"),
          ...baselineNotice(unused.baseline),
        ]),
  ];
}

/** Each once, in order of their places, however the source was read. */
function textsOf(placed: readonly PlacedNotice[]): readonly string[] {
  const sorted = [...placed].sort(
    (a, b) => compare(a.path, b.path) || a.line - b.line || compare(a.text, b.text),
  );
  return [...new Set(sorted.map(({ text }) => text))];
}

/** What is wrong with comments near findings: not understood, or bound to no value. */
function commentsNear(located: readonly Located[]): Pick<NoticeParts, "faults" | "unbound"> {
  const faults = new Map<string, PlacedNotice>();
  const unbound = new Map<string, PlacedNotice>();
  for (const { finding, allowances } of located) {
    const { path, rule, fingerprint } = finding;
    for (const { line, fault } of allowances.faults) {
      const text = `${path}:${line}: the aura-scan:allow there allows nothing, for ${fault}; it reads aura-scan:allow RULE@FINGERPRINT -- reason.`;
      faults.set(text, { path, line, text });
    }
    for (const fit of allowances.fits) {
      if (fit.by !== "inline" || fit.fingerprint !== null) continue;
      const bound = `${rule}@${fingerprint.slice(0, WRITTEN_DIGITS)}`;
      const text = `${path}:${fit.line}: the aura-scan:allow there is not bound to a value; write ${bound} in place of ${rule}.`;
      unbound.set(text, { path, line: fit.line, text });
    }
  }
  return { faults: [...faults.values()], unbound: [...unbound.values()] };
}

/** The allows that match nothing of this; of tables, all that are stated. */
function unusedAllows(
  engine: Engine,
  below: readonly Engine[],
  located: readonly Located[],
  seen: readonly SeenAllow[],
): NoticeParts["unused"] {
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
  const { allows, keywords } = engine;
  const stated = new Set([engine, ...below].flatMap((one) => one.allows.settings.map(({ allow }) => allow)));
  const tables = [...stated].map((allow) => {
    const { file, number } = allow.origin;
    const words = `${file}: [[scan.allow]] number ${number} (${conditionWords(allow)}) matches nothing any more`;
    const text = `${withoutSecrets(words, keywords)}: take it out.`;
    return { file: withoutSecrets(file, keywords), number, matched: settings.has(allow), text };
  });
  const { baseline } = engine.settings;
  const matched = [...allows.baseline.keys()].filter((known) => fingerprints.has(known)).length;
  return {
    tables,
    comments: seen
      .filter((one) => !comments.has(keyOf(one)))
      .map((one) => ({ path: one.path, line: one.line, text: unusedWords(engine, one) })),
    baseline: baseline === null ? null : { file: baseline, known: allows.baseline.size, matched },
  };
}

function unusedWords(engine: Engine, { path, line, rule }: SeenAllow): string {
  return engine.isRule(rule)
    ? `${path}:${line}: the aura-scan:allow for ${rule} matches nothing any more: take it out.`
    : `${path}:${line}: no active rule has the id that the aura-scan:allow there names.`;
}

function baselineNotice(baseline: NonNullable<NoticeParts["unused"]>["baseline"]): readonly string[] {
  if (baseline === null || baseline.known === baseline.matched) return [];
  const unmatched = baseline.known - baseline.matched;
  const what = unmatched === 1 ? "one entry matches" : `${unmatched} entries match`;
  return [`${baseline.file}: ${what} nothing any more: aura-scan baseline prune drops what is gone.`];
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
