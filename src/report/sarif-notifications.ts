import type { Report, Skipped } from "./report.js";
import { artifactLocation, type SarifObject } from "./sarif-locations.js";
import { plainMessage } from "./sarif-results.js";
import type { SarifLevel } from "./sarif-rules.js";
import { counted } from "./words.js";

/** What is left out, and so has to be told. */
export type LeftOut = {
  readonly beyondLimit: number;
  readonly allowed: number;
  /** Of what was not read, this many are named. */
  readonly mostSkipped: number;
};

/** The kinds of notifications, in the order in which `descriptor.index` counts them, and what to do about each. */
const KINDS = {
  "left-out": ["Something is left out of this file.", "The JSON report of the same run has it all."],
  verdict: [
    "Why the run is incomplete, or had nothing to look at.",
    "An incomplete run is no all-clear: what was not read may hold a secret.",
  ],
  "not-read": [
    "Something that was asked for was not read.",
    "Make it readable and scan again; --allow-incomplete lets the run pass without it.",
  ],
  skipped: [
    "Something of a kind that is not looked into was passed over.",
    "Archives, images, fonts and media say nothing before they are unpacked. Unpack and scan what may hold secrets.",
  ],
  notice: ["Something worth knowing that decides nothing.", "Read it; nothing has to be done."],
} as const;

type Kind = keyof typeof KINDS;

/** What each notification's `descriptor` names (section 3.49). */
export const NOTES: readonly SarifObject[] = Object.entries(KINDS).map(([id, [what, help]]) => ({
  id,
  shortDescription: { text: what },
  fullDescription: { text: `${what} ${help}` },
  help: { text: help },
}));

/** What the run has to say besides findings: what it did not read, its reasons, notices, and what is left out here. */
export function sarifNotifications(report: Report, leftOut: LeftOut): readonly SarifObject[] {
  const { skipped } = report.scanned;
  const incomplete = skipped.filter((item) => item.incomplete);
  const passedOver = skipped.filter((item) => !item.incomplete);
  return [
    ...leftOutNotes(leftOut),
    ...reasonNotes(report),
    ...skippedNotes(incomplete, "not-read", "error", leftOut.mostSkipped),
    ...skippedNotes(passedOver, "skipped", "note", leftOut.mostSkipped),
    ...report.notices.map((notice) => note("notice", "note", notice)),
  ];
}

/** A run that blocks says so by its results; one that is incomplete, or had nothing to look at, only here. */
function reasonNotes({ verdict, reasons }: Report): readonly SarifObject[] {
  if (verdict === "block") return [];
  return reasons.map((reason) => note("verdict", verdict === "incomplete" ? "error" : "note", reason));
}

function leftOutNotes({ beyondLimit, allowed }: LeftOut): readonly SarifObject[] {
  const notes: SarifObject[] = [];
  if (beyondLimit > 0) {
    const text = `${counted(beyondLimit, "result")} left out: this file holds the most severe ones only, as many as code scanning takes. The JSON report has them all.`;
    notes.push(note("left-out", "warning", text));
  }
  if (allowed > 0) notes.push(note("left-out", "note", `${counted(allowed, "allowed finding")} left out.`));
  return notes;
}

function skippedNotes(
  items: readonly Skipped[],
  kind: Kind,
  level: SarifLevel,
  most: number,
): readonly SarifObject[] {
  const unlisted = Math.max(0, items.length - most);
  const what = kind === "not-read" ? "not read" : "skipped";
  return [
    ...items.slice(0, most).map((item) => skippedNote(item, kind, level)),
    ...(unlisted === 0
      ? []
      : [note(kind, level, `${counted(unlisted, "more file")} ${what} and not listed here.`)]),
  ];
}

function skippedNote({ path, reason }: Skipped, kind: Kind, level: SarifLevel): SarifObject {
  const location = { physicalLocation: { artifactLocation: artifactLocation(path) } };
  return { ...note(kind, level, `Not read: '${path}': ${reason}`), locations: [location] };
}

function note(kind: Kind, level: SarifLevel, text: string): SarifObject {
  return {
    descriptor: { id: kind, index: Object.keys(KINDS).indexOf(kind) },
    level,
    message: { text: plainMessage(text, "No details were given.") },
  };
}
