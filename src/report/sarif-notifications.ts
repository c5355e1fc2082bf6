import type { Report, Skipped } from "./report.js";
import { artifactLocation, plainMessage, type SarifObject } from "./sarif-results.js";
import type { SarifLevel } from "./sarif-rules.js";
import { counted } from "./words.js";

/** What was skipped without making the run incomplete (images, archives) can be legion; the upload takes 10 MB. */
const MOST_SKIPPED = 1000;

/** What is left out of the results, and so has to be told. */
export type LeftOut = { readonly beyondLimit: number; readonly allowed: number };

/** What the run has to say besides findings: what it did not read, its reasons, notices, and what is left out here. */
export function sarifNotifications(report: Report, leftOut: LeftOut): readonly SarifObject[] {
  const { skipped } = report.scanned;
  const incomplete = skipped.filter((item) => item.incomplete);
  const passedOver = skipped.filter((item) => !item.incomplete);
  const unlisted = Math.max(0, passedOver.length - MOST_SKIPPED);
  return [
    ...leftOutNotes(leftOut),
    ...reasonNotes(report),
    ...incomplete.map((item) => skippedNote(item, "error")),
    ...passedOver.slice(0, MOST_SKIPPED).map((item) => skippedNote(item, "note")),
    ...(unlisted === 0
      ? []
      : [note("note", `${counted(unlisted, "more file")} skipped and not listed here.`)]),
    ...report.notices.map((notice) => note("note", notice)),
  ];
}

/** A run that blocks says so by its results; one that is incomplete, or had nothing to look at, only here. */
function reasonNotes({ verdict, reasons }: Report): readonly SarifObject[] {
  if (verdict === "block") return [];
  return reasons.map((reason) => note(verdict === "incomplete" ? "error" : "note", reason));
}

function leftOutNotes({ beyondLimit, allowed }: LeftOut): readonly SarifObject[] {
  const notes: SarifObject[] = [];
  if (beyondLimit > 0) {
    const text = `${counted(beyondLimit, "result")} left out: this file holds the most severe ones only, as many as code scanning keeps. The JSON report has them all.`;
    notes.push(note("warning", text));
  }
  if (allowed > 0) notes.push(note("note", `${counted(allowed, "allowed finding")} left out.`));
  return notes;
}

function skippedNote({ path, reason }: Skipped, level: SarifLevel): SarifObject {
  const location = { physicalLocation: { artifactLocation: artifactLocation(path) } };
  return { ...note(level, `Not read: '${path}': ${reason}`), locations: [location] };
}

function note(level: SarifLevel, text: string): SarifObject {
  return { level, message: { text: plainMessage(text, "No details were given.") } };
}
