import type { Push } from "../../ledger/pushes.js";
import type { RecordOf, Redactions } from "../../ledger/record.js";
import { visible } from "../visible.js";
import { humanBytes } from "../words.js";
import { shown } from "./shown.js";

/** So much of a commit's id names it. */
const SHORT_ID = 12;

/** `3s`, `5m`, `2h`, `4d`: what is still to come, where a clock went back, is now. */
export function ageWords(iso: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}

/** `2 (1x jwt, 1x bearer)`. */
export function maskedWords(redactions: Redactions): string {
  const sum = redactions.reduce((total, { count }) => total + count, 0);
  const by = redactions.map(({ detector, count }) => `${count}x ${said(detector)}`).join(", ");
  return sum === 0 ? "0" : `${sum} (${by})`;
}

/**
 * One line of the trace: `8s billing::format_invoice 412 B masked: 1 (1x generic-api-key)`. That is one that was sent;
 * what is only cleared, what failed and what was scrubbed has a word more.
 */
export function traceLine(push: Push, now: number): string {
  const { record, state } = push;
  const head = `${ageWords(record.at, now)} ${said(record.aura_id)}`;
  if (record.hash === null) return `${head} ${record.state}${whyWords(record)}`;
  const failed = push.error === null ? " failed" : ` failed: ${said(push.error)}`;
  const notYet = state === "failed" ? failed : state === "cleared" ? " cleared" : "";
  const scrubbed = push.scrubbed === null ? "" : " scrubbed";
  return `${head} ${humanBytes(record.bytes ?? 0)} masked: ${maskedWords(record.redactions)}${notYet}${scrubbed}`;
}

/** `11s from alice billing::fmt 340 B`. */
export function pullLine({ at, peer_id, aura_id, bytes }: RecordOf<"pull">, now: number): string {
  return `${ageWords(at, now)} from ${said(peer_id)} ${said(aura_id)} ${humanBytes(bytes)}`;
}

/** One line of the audit: when, which record, what became of it, the unit, its size, `masked:0`, where it went. */
export function auditLine(push: Push): string {
  const { record, state, mothership, scrubbed, error } = push;
  const to = mothership === null ? "" : ` to ${said(mothership)}`;
  const head = `${record.at} ${record.record_id} ${state} ${said(record.aura_id)}`;
  if (record.hash === null) return `${head} masked:-${to}${whyWords(record)}`;
  const notes = [
    ...(error === null ? [] : [`error: ${said(error)}`]),
    ...(scrubbed === null ? [] : [`scrubbed: ${said(scrubbed.reason)}`]),
  ].map((note) => ` [${note}]`);
  return `${head} ${humanBytes(record.bytes ?? 0)} masked:${maskedWords(record.redactions)}${to}${notes.join("")}`;
}

/** `2026-05-01T10:00:00.000Z skipped pre-push of 4f2a91c30b7e`: which commits, or else on top of which one. */
export function skipLine({ at, hook, head, commits }: RecordOf<"skip">): string {
  const short = (id: string): string => said(id.slice(0, SHORT_ID));
  if (hook === "pre-push") return `${at} skipped pre-push of ${commits.map(short).join(", ") || "nothing"}`;
  return `${at} skipped pre-commit ${head === null ? "of the first commit" : `on top of ${short(head)}`}`;
}

/** Why it did not leave: the rules that blocked it, or else the reasons. */
function whyWords({ rules, reasons }: RecordOf<"push">): string {
  const why = rules.length > 0 ? [...new Set(rules)].join(", ") : reasons.join("; ");
  return why === "" ? "" : ` (${said(why)})`;
}

/** On one line, and without anything that draws on the terminal. */
function said(text: string): string {
  return visible(shown(text));
}
